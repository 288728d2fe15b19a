// What a reader can do beyond scrolling. Loaded after the scroll, which works without it.

import { onReady } from "./chapter.js";

onReady(() => {});
