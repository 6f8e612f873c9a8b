// What one register of one organization keeps in this browser: `goods` by id and by code, `queue` of bills that are not
// in the books yet, in the order of their numbers, and `state`: terms, counter, cart and how far the goods were read.
export const told = document.querySelector("#offline")?.dataset ?? {};

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(told.database, 1);
    asked.onupgradeneeded = () => {
      const database = asked.result;
      database.createObjectStore("goods", { keyPath: "id" }).createIndex("codes", "codes", { multiEntry: true });
      database.createObjectStore("queue", { autoIncrement: true });
      database.createObjectStore("state");
    };
    asked.onsuccess = () => {
      // Whoever signs out in another window takes it away.
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

// The answer of one request inside `transact`.
export const got = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// `work` gets the stores by name; all that it writes is kept, or nothing. With "strict" it is on the disk before anybody
// is told, so that it is there after a power cut too; that takes its time.
export async function transact(names, mode, work, durability = "relaxed") {
  const transaction = (await open()).transaction(names, mode, { durability });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("given up"));
  });
  try {
    const value = await work(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
    await done;
    return value;
  } catch (problem) {
    done.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // it has ended by itself
    }
    throw problem;
  }
}

export const state = (key) => transact(["state"], "readonly", (stores) => got(stores.state.get(key)));
export const keep = (key, value) => transact(["state"], "readwrite", (stores) => got(stores.state.put(value, key)));

// Bills that wait, with the keys they are kept under, the oldest first.
export const waiting = () =>
  transact(["queue"], "readonly", async ({ queue }) => {
    const [keys, bills] = await Promise.all([got(queue.getAllKeys()), got(queue.getAll())]);
    return bills.map((bill, i) => ({ key: keys[i], bill }));
  });

// Other windows of this till hear that the cart or the queue is another one.
const channel = told.database ? new BroadcastChannel(told.database) : null;
export const tell = () => {
  channel?.postMessage("changed");
  document.dispatchEvent(new CustomEvent("till:changed"));
};
channel?.addEventListener("message", () => {
  for (const name of ["till:changed", "till:elsewhere"]) document.dispatchEvent(new CustomEvent(name));
});
