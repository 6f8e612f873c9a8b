// Every form marked data-send goes through the queue; a form marked data-sure asks first.
import { ask } from "./queue.js";
import { box, sheet, found } from "./page.js";
import { sure } from "./sure.js";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-send]");
  if (!form) return;
  event.preventDefault();
  const values = new FormData(form, event.submitter);
  if (form.id === "scan") return scan(form, values);
  if (form.dataset.busy) return;
  if (form.dataset.sure && !(await sure(form.dataset.sure))) return;
  form.dataset.busy = "yes";
  const went = await ask("POST", form.getAttribute("action"), { values, target: form.dataset.target });
  delete form.dataset.busy;
  if (went && form.hasAttribute("data-close-after")) sheet.close();
});

// A form that looks something up shows its answer in the sheet.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-find]");
  if (!form) return;
  event.preventDefault();
  ask("GET", `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`, { target: "#sheet" });
});

function scan(form, values) {
  if (!values.get("code").trim()) return;
  box.value = "";
  found.replaceChildren();
  ask("POST", form.getAttribute("action"), { values });
}
