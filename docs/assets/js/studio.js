// What a reader can do beyond scrolling. Loaded after the scroll, which works without it.

import { onReady } from "./chapter.js";
import { mountInspector } from "./inspector.js";

/** Let every scrolly figure that has started be asked. */
function equip() {
  for (const scrolly of document.querySelectorAll(".scrolly")) {
    if ("scroll" in scrolly) mountInspector(/** @type {any} */ (scrolly));
  }
}

onReady(equip);
