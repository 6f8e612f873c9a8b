// Whoever closes the window while bills wait is asked first. They stay on this device, but nobody sends them then.
import { waiting } from "./database.js";

let unsent = false;

async function look() {
  unsent = (await waiting()).length > 0;
}

document.addEventListener("till:changed", look);
look();

// Going from one page of the till to another loses nothing, and a page that changes by itself must not ask.
let isOwnWay = false;
export const goTo = (address) => {
  isOwnWay = true;
  location.replace(address);
};

window.addEventListener("beforeunload", (event) => {
  if (unsent && !isOwnWay) event.preventDefault();
});
