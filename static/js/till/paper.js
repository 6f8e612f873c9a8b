// Prints the page one is on.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-paper]")) window.print();
});
