// Opens the interviewer's pages where there is no line: always the server's answer first, else the last one it gave.
"use strict";

const STORE = "lyhord-samtal";
const PATIENCE_MS = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const fromServer = async (request) => {
  const answer = await fetch(request);
  if (request.mode === "navigate" && (answer.type === "opaqueredirect" || answer.status === 403)) {
    await caches.delete(STORE); // signed out: the pages are nobody's here
  } else if (answer.ok && !answer.redirected) {
    const store = await caches.open(STORE);
    await store.put(request, answer.clone());
  }
  return answer;
};

const stored = async (request) => {
  const store = await caches.open(STORE);
  return store.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
};

const patiently = async (request) => {
  const answer = fromServer(request);
  const waited = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS, null); });
  try {
    const first = await Promise.race([answer, waited]);
    return first || (await stored(request)) || (await answer);
  } catch (error) {
    const found = await stored(request);
    if (found) return found;
    throw error;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) {
    event.respondWith(patiently(request));
  }
});
