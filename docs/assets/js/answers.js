// The probability of every class as a row with a bar.

import { element } from "./controls.js";
import { percentOf } from "./verdict.js";

/** @param {string[]} names */
export function buildAnswers(names) {
  const rows = names.map((name) => {
    const bar = element("span", "answers__bar");
    const share = element("span", "answers__share");
    return { bar, share, root: element("li", "answers__row", element("span", "answers__name", name), bar, share) };
  });
  const root = element("ol", "answers", ...rows.map((row) => row.root));
  root.setAttribute("aria-label", "Probability of each class");
  return {
    root,
    /** @param {Float32Array} probabilities */
    show(probabilities) {
      const most = Math.max(...probabilities);
      rows.forEach(({ bar, share, root: row }, unit) => {
        bar.style.setProperty("--share", String(probabilities[unit]));
        share.textContent = percentOf(probabilities[unit]);
        row.classList.toggle("is-chosen", probabilities[unit] === most);
      });
    },
  };
}
