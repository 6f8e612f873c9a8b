// The service worker of one shop's tills. It keeps what the till's pages are made of, and opens a till from that when
// the shop's server cannot be reached. What it keeps comes in self.KEPT, from the script that imports this one; a
// change of any file is another name of the cache, and so another worker.
/* global self, caches, fetch, Response, Request */
const { prefix, name, scope, files } = self.KEPT;
const PATIENCE = 5000; // ms until a till that does not come is opened from what was kept
const GATEWAY_IS_ALONE = new Set([502, 503, 504]);
const OF_A_TILL = /^([0-9a-f-]{36})\/(.*)$/;

const tillOf = (address) => (address.pathname.startsWith(scope) ? address.pathname.slice(scope.length) : "");
const pageOf = (address) => `${address.pathname}offline/`;

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

async function keepAll() {
  const cache = await caches.open(name);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })));
  for (const page of await keptPages()) {
    const answer = await fetch(page, { cache: "no-store", redirect: "manual" });
    if (!answer.ok) throw new Error(`${page} cannot be kept`); // the worker before this one goes on
    await cache.put(page, answer);
  }
}

// The tills that the worker before this one could open.
async function keptPages() {
  const pages = new Set();
  for (const other of await ownCaches()) {
    for (const request of await (await caches.open(other)).keys()) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(scope)) pages.add(pathname);
    }
  }
  return pages;
}

const ownCaches = async () => (await caches.keys()).filter((other) => other.startsWith(prefix) && other !== name);

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const other of await ownCaches()) await caches.delete(other);
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

// The till that is open asks for its own page to be kept as it is now.
self.addEventListener("message", (event) => {
  const page = String(event.data?.keep ?? "");
  if (page.startsWith(scope)) event.waitUntil(keepPage(page));
});

async function keepPage(page) {
  const answer = await fetch(page, { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (answer?.ok) await (await caches.open(name)).put(page, answer);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  const [, register, rest] = OF_A_TILL.exec(tillOf(address)) ?? [];
  if (request.mode === "navigate" && register) {
    if (request.method === "GET" && !rest) event.respondWith(till(event, address));
    else event.respondWith(otherPage(event, `${scope}${register}/`));
  } else if (request.method === "GET" && files.includes(address.pathname)) event.respondWith(file(event, address));
});

// Where the others of a till's pages cannot be reached, there is the till.
async function otherPage(event, home) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (problem) {
    if (await (await caches.open(name)).match(`${home}offline/`)) return Response.redirect(home, 303);
    throw problem;
  }
}

// Pages that were opened from what is kept; what they ask for is not waited for.
const openedFromHere = new Set();

// The till itself where there is a connection, else the page that was kept for it.
async function till(event, address) {
  const kept = await (await caches.open(name)).match(pageOf(address));
  if (!kept) return (await event.preloadResponse) ?? fetch(event.request);
  const asked = Promise.resolve(event.preloadResponse).then((answer) => answer ?? fetch(event.request));
  const answer = await inTime(asked);
  if (answer && !GATEWAY_IS_ALONE.has(answer.status)) return answer;
  openedFromHere.add(event.resultingClientId);
  return kept;
}

// A page that came from the server has its files from there too, so that the two are of one version.
async function file(event, address) {
  const kept = await (await caches.open(name)).match(address.pathname);
  if (!kept) return fetch(event.request);
  if (openedFromHere.has(event.clientId)) return kept;
  return (await inTime(fetch(event.request))) ?? kept;
}

const inTime = (asked) =>
  Promise.race([asked.catch(() => null), new Promise((answer) => setTimeout(answer, PATIENCE, null))]);
