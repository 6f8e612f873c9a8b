// A form marked data-needs-sent is for when all bills are in the books: the shift cannot be closed before, nor the
// device be unpaired. What waits is sent at once.
import { told, waiting } from "./database.js";
import { send } from "./outbox.js";
import "./waiting.js";

for (const form of document.querySelectorAll("form[data-needs-sent]")) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.allSent) return;
    event.preventDefault();
    await send();
    if ((await waiting()).length) return refuse(form, event.submitter);
    form.dataset.allSent = "yes";
    form.requestSubmit(event.submitter);
  });
}

// Said beside the button: the form may be longer than the screen.
function refuse(form, button) {
  form.querySelector("[data-unsent-said]")?.remove();
  const around = document.createElement("div");
  around.className = "notice is-refusal";
  around.dataset.unsentSaid = "";
  around.role = "alert";
  const said = document.createElement("p");
  said.textContent = told.unsent;
  around.append(said);
  (button ?? form.lastElementChild).before(around);
}

send();
