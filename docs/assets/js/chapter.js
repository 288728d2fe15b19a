// Finds the scrolly figures of the page and starts them.

import { mountScrolly } from "./scrolly.js";

/** Start every scrolly figure of the page. */
function start() {
  const data = /** @type {any} */ (globalThis).chapterData;
  if (!data) return;
  for (const scrolly of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".scrolly"))) {
    /** @type {any} */ (scrolly).scroll = mountScrolly(scrolly, data);
  }
}

/**
 * Run `begin` as soon as the page can be changed.
 * @param {() => void} begin
 */
export function onReady(begin) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
}

onReady(start);
