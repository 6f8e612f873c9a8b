// Goods to tap: a category opens in place of what is shown, and there is a way back.
import { ask } from "./queue.js";

document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-tiles]");
  if (way) ask("GET", way.dataset.tiles, { target: "#tiles" });
});
