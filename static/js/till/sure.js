// A question in the page's own words: Enter does it, Escape leaves everything as it is.
const dialog = document.querySelector("#sure");

export function sure(question) {
  dialog.querySelector("[data-question]").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}
