// Says how many bills wait and since when, what keeps them from going, and what can be done about it.
import { state, told, waiting } from "./database.js";
import { leaveRefused, remarks, renumberAll, tryAgain, understood } from "./outbox.js";

const bar = document.querySelector("#waiting");
const place = document.querySelector("#outbox");
const plural = new Intl.PluralRules(document.documentElement.lang);
const EVERY = 30_000; // ms; the age is told in minutes

const WAYS = {
  gap: () => [told.gap, button(told.renumber, renumberAll)],
  refused: () => [told.refused, button(told.toOwner, leaveRefused), button(told.again, tryAgain)],
  noShift: () => [told.noShift, link(told.toShift, told.till), button(told.again, tryAgain)],
  unpaired: () => [told.unpaired, link(told.toPair, told.pair), button(told.again, tryAgain)],
  signIn: () => [told.signIn, link(told.toSignIn, `/accounts/login/?next=${encodeURIComponent(told.till)}`)],
  renumbered: () => [told.renumbered, button(told.understood, understood)],
  cloned: () => [`${told.renumbered} ${told.cloned}`, link(told.toPair, told.pair), button(told.understood, understood)],
  total: () => [told.total, button(told.understood, understood)],
};

async function show() {
  const bills = await waiting();
  bar.hidden = !bills.length;
  if (bills.length) say(bills);
  const stop = bills.length ? await state("stop") : null;
  const said = [...(stop ? [stop] : []), ...((await remarks()) ?? []).slice(-1)];
  if (place.dataset.shown === JSON.stringify(said)) return;
  place.dataset.shown = JSON.stringify(said);
  place.replaceChildren(...said.map(notice));
}

function say(bills) {
  const minutes = Math.floor((Date.now() - Date.parse(bills[0].bill.sent.occurred_at)) / 60_000);
  const many = plural.select(bills.length) === "one" ? told.one : told.many;
  const words = [many.replace("{n}", bills.length)];
  if (minutes > 0) words.push(told.oldest.replace("{n}", minutes));
  const text = words.join(", ");
  if (bar.textContent !== text) bar.textContent = text;
}

function notice({ kind, number, sentence }) {
  const [words, ...ways] = WAYS[kind]();
  const around = document.createElement("div");
  around.className = "notice is-amber";
  const said = document.createElement("p");
  said.textContent = words.replace("{what}", number ?? "").replace("{why}", sentence ?? "");
  around.append(said, ...ways);
  return around;
}

function button(text, work) {
  const made = document.createElement("button");
  made.className = "button";
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", async () => {
    made.disabled = true;
    await work();
    await show();
  });
  return made;
}

function link(text, address) {
  const made = document.createElement("a");
  made.className = "button";
  made.textContent = text;
  made.href = address;
  return made;
}

document.addEventListener("till:changed", show);
setInterval(show, EVERY);
show();
