// The figures of the page that can be played with, each started when it comes near the view.

import { mountBillLab } from "./billlab.js";
import { mountDecksLab } from "./deckslab.js";
import { mountShiftLab } from "./shiftlab.js";

const NEAR = "600px"; // of scrolling before a figure shows

/** @type {Record<string, (figure: HTMLElement, data: any) => any>} by the figure's id */
const LABS = {
  "figure-shifts": mountShiftLab,
  "figure-equivariance": mountDecksLab,
  "figure-bill": mountBillLab,
};

/**
 * Wait for each of the figures to come near, then start it; return how to end them all.
 * @param {any} data chapter-data.js
 */
export function mountLabs(data) {
  /** @type {Promise<{dispose: () => void}>[]} */
  const mounted = [];
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        mounted.push(Promise.resolve(LABS[target.id](/** @type {HTMLElement} */ (target), data)));
      }
    },
    { rootMargin: NEAR },
  );
  for (const id of Object.keys(LABS)) {
    const figure = document.getElementById(id);
    if (figure) watcher.observe(figure);
  }
  return {
    async dispose() {
      watcher.disconnect();
      for (const lab of await Promise.all(mounted)) lab.dispose();
    },
  };
}
