// What this device is set to, kept in the browser: `sounds` and `print` are on until somebody turns them off.
const KEY = "till-settings";

function all() {
  try {
    return { sounds: true, print: true, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { sounds: true, print: true };
  }
}

export const setting = (name) => all()[name];

for (const box of document.querySelectorAll("input[data-setting]")) {
  box.checked = setting(box.dataset.setting);
  box.addEventListener("change", () => {
    localStorage.setItem(KEY, JSON.stringify({ ...all(), [box.dataset.setting]: box.checked }));
  });
}
