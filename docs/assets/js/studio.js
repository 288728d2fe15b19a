// Starts the figures of the page that can be played with.

import { mountLabs } from "./labs.js";

/** Start them if the page has numbers to play with. */
function openStudio() {
  const data = /** @type {any} */ (globalThis).chapterData;
  if (data) mountLabs(data);
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", openStudio);
else openStudio();
