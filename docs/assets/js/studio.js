// What a reader can do beyond scrolling. Loaded after the scroll, which works without it.

import { onReady } from "./chapter.js";
import { mountLabs } from "./labs.js";

onReady(() => {
  const data = /** @type {any} */ (globalThis).chapterData;
  if (data) mountLabs(data);
});
