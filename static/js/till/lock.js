// A till that nobody touches for a while waits for a PIN. Only a paired device can, so only there is anything done.
const form = document.querySelector("form[data-leave]");
let timer = 0;

function rest() {
  clearTimeout(timer);
  timer = setTimeout(() => form.submit(), Number(form.dataset.leave) * 1000);
}

if (form) {
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, rest, { capture: true, passive: true });
  rest();
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-lock]")) form.submit();
  });
}
