// Keeps the app itself on the phone; what people record is not its business. `self.SHELL`, set by the script
// that imports this one, names every file with its hash: a changed file is a new worker, fetched whole before it
// takes over, so a phone never runs half of two versions.
importScripts(
  "/static/vendor/workbox-core.prod.js",
  "/static/vendor/workbox-routing.prod.js",
  "/static/vendor/workbox-strategies.prod.js",
  "/static/vendor/workbox-precaching.prod.js",
);

const { core, precaching, routing } = workbox;

core.setCacheNameDetails({ prefix: "dondoc-kiem-tra" });
self.skipWaiting();
core.clientsClaim();
precaching.precacheAndRoute(self.SHELL);
precaching.cleanupOutdatedCaches();

// With or without network a page of the app opens at once, from the phone. With a query it is asked of the server.
routing.registerRoute(
  new routing.NavigationRoute(precaching.createHandlerBoundToURL("/kiem-tra/vo"), {
    allowlist: [/^\/kiem-tra(\/\d+)?$/],
  }),
);
