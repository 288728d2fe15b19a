// Finds the scrolly figures of the page and starts them.

import { mountScrolly } from "./scrolly.js";

/** Start every scrolly figure of the page. */
function start() {
  const data = /** @type {any} */ (globalThis).chapterData;
  if (!data) return;
  for (const scrolly of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".scrolly"))) {
    Object.assign(scrolly, mountScrolly(scrolly, data));
  }
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
