// Opens the recorder without a net: keeps the recorder's own files and one page without anybody's name, and nothing else.
// Pages of people are never kept: a cache does not ask who is signed in. The server puts VERSION, SHELL and FILES in front
// of this (supervision/observationer/views/offline.py); a new version keeps its files whole before it takes over.

const KEPT = `optager-${VERSION}`;
const RECORDER = /^\/optager\/[0-9a-f-]{36}$/i;

self.addEventListener("install", (event) => {
  const whole = [SHELL, ...FILES].map((address) => new Request(address, { cache: "no-cache" }));
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(whole)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address));
  else if (FILES.includes(address.pathname + address.search)) event.respondWith(file(request));
});

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
}

/** The recorder from the device at once; any other page from the server, and without a net the recorder's way back in. */
async function page(request, address) {
  if (RECORDER.test(address.pathname)) return (await kept(SHELL)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (problem) {
    const shell = await kept(SHELL);
    if (shell) return shell;
    throw problem;
  }
}

async function file(request) {
  return (await kept(request)) ?? fetch(request);
}

async function kept(request) {
  const cache = await caches.open(KEPT);
  return cache.match(request);
}
