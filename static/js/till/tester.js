// Shows how fast the keys came, and the separator that cannot be seen. The next scan replaces the last one.
const box = document.querySelector("#tried");
const speed = document.querySelector("[data-speed]");
let times = [];

box.select();

box.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "]") {
    event.preventDefault();
    box.setRangeText("{GS}", box.selectionStart, box.selectionEnd, "end");
  }
  if (event.key === "Enter") return;
  if (times.length && event.timeStamp - times.at(-1) > 1000) times = [];
  times.push(event.timeStamp);
  const pace = times.length > 1 ? (times.at(-1) - times[0]) / (times.length - 1) : 0;
  speed.textContent = `${times.length} ${speed.dataset.keys} · ${pace.toFixed(0)} ${speed.dataset.pace}`;
});
