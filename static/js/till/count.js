// The sum of a drawer while it is counted. Amounts are whole hundredths.
const form = document.querySelector("form[data-count]");
const written = new Intl.NumberFormat(form.dataset.currency === "INR" ? "en-IN" : document.documentElement.lang, {
  style: "currency",
  currency: form.dataset.currency,
});

function hundredths(text) {
  const [whole, part = ""] = text.trim().replace(/[,\s]/g, "").split(".");
  if (!/^\d*$/.test(whole) || !/^\d{0,2}$/.test(part)) return 0n;
  return BigInt((whole || "0") + part.padEnd(2, "0"));
}

const plain = (amount) => `${amount / 100n}.${String(amount % 100n).padStart(2, "0")}`;

function work() {
  let sum = 0n;
  for (const input of form.querySelectorAll("[data-worth]")) {
    const worth = (hundredths(input.value) * hundredths(input.dataset.worth)) / 100n;
    sum += worth;
    input.closest("tr").querySelector("[data-worth-sum]").textContent = worth ? written.format(plain(worth)) : "";
  }
  form.querySelector("[data-sum]").value = written.format(plain(sum));
}

form.addEventListener("input", work);
work();

// Enter goes to the next row, and after the last one to the button.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-worth]")) return;
  event.preventDefault();
  const stops = [...form.querySelectorAll("[data-worth], button")];
  stops[stops.indexOf(event.target) + 1].focus();
});
