// What a reader can do beyond scrolling. Loaded after the scroll, which works without it.

import { onReady } from "./chapter.js";
import { mountFollow } from "./follow.js";
import { mountFrames } from "./frames.js";
import { mountInspector } from "./inspector.js";
import { mountLabs } from "./labs.js";
import { bytesOf } from "./network.js";
import { mountNotices } from "./notices.js";
import { mountTips } from "./tips.js";
import { mountWorkshop } from "./workshop.js";

/** Let the browser answer its reader before it goes on: one long task would hold the page up. */
function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * Give a scrolly figure its studio.
 * @param {HTMLElement} scrolly
 * @param {any} digits the samples, and which of them is the hero
 */
async function furnish(scrolly, { hero, samples }) {
  const handle = /** @type {any} */ (scrolly).scroll;
  mountFollow(scrolly, handle, bytesOf(samples[hero].image));
  await pause();
  mountWorkshop(scrolly, handle);
  await pause();
  const stages = handle.exhibit.scene.stages.map((/** @type {{name: string}} */ { name }) => name);
  mountNotices(scrolly, { digits: samples.length, stages });
  mountInspector(/** @type {any} */ (scrolly));
}

onReady(async () => {
  mountTips();
  await pause();
  mountFrames();
  const data = /** @type {any} */ (globalThis).chapterData;
  if (!data) return;
  for (const scrolly of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".scrolly"))) {
    await furnish(scrolly, data.digits);
  }
  await pause();
  mountLabs(data);
});
