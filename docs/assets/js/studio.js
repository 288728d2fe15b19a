// What a reader can do beyond scrolling. Loaded after the scroll, which works without it.

import { onReady } from "./chapter.js";
import { mountInspector } from "./inspector.js";
import { mountLabs } from "./labs.js";

/** Let every scrolly figure that has started be asked, and start the figures to play with. */
function equip() {
  for (const scrolly of document.querySelectorAll(".scrolly")) {
    if ("scroll" in scrolly) mountInspector(/** @type {any} */ (scrolly));
  }
  const data = /** @type {any} */ (globalThis).chapterData;
  if (data) mountLabs(data);
}

onReady(equip);
