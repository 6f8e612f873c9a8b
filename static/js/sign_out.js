// Whoever signs out leaves nothing of the till on this device; while bills wait to be sent nobody can.
const MINE = "till ";

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.isWiped) return;
    event.preventDefault();
    const names = await databases();
    const counts = await Promise.all(names.map(waiting));
    if (counts.some((count) => count > 0)) return refuse(form);
    await wipe(names);
    form.dataset.isWiped = "yes";
    form.requestSubmit();
  });
}

async function databases() {
  const all = (await window.indexedDB?.databases?.()) ?? [];
  return all.map(({ name }) => name).filter((name) => name.startsWith(MINE));
}

function waiting(name) {
  return new Promise((resolve) => {
    const asked = indexedDB.open(name);
    asked.onerror = () => resolve(0);
    asked.onsuccess = () => {
      const database = asked.result;
      if (!database.objectStoreNames.contains("queue")) {
        database.close();
        return resolve(0);
      }
      const counted = database.transaction("queue").objectStore("queue").count();
      counted.onsuccess = () => {
        database.close();
        resolve(counted.result);
      };
    };
  });
}

async function wipe(names) {
  await Promise.all(names.map((name) => new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  })));
  const kept = (await window.caches?.keys()) ?? [];
  await Promise.all(kept.filter((name) => name.startsWith(MINE)).map((name) => caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.filter(({ scope }) => scope.endsWith("/till/")).map((worker) => worker.unregister()));
}

function refuse(form) {
  form.querySelector("[role=alert]")?.remove();
  const said = document.createElement("p");
  said.role = "alert";
  said.className = "notice is-refusal";
  said.textContent = form.dataset.signOut;
  form.append(said);
}
