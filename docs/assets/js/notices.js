// Tells what of an address was ignored, and why.

import { ownImageIn, readAddress, stageIn } from "./address.js";
import { button, element } from "./controls.js";
import { unpacked } from "./packing.js";

const LONGEST = 40; // characters of a strange value worth showing

/** @typedef {{digits: number, stages: string[]}} Known */

/**
 * One sentence for everything in an address that names nothing.
 * @param {string} query
 * @param {string} hash
 * @param {Known} known
 */
export function faultsIn(query, hash, known) {
  const given = new URLSearchParams(query);
  const understood = readAddress(query, known);
  const own = ownImageIn(hash);
  const linked = hash.startsWith("#stage-") ? stageIn(hash) : null;
  return [
    ...(given.has("digit") && !("digit" in understood) ? [told("digit", `name one of ${known.digits} images by 0 to ${known.digits - 1}`, given.get("digit"))] : []),
    ...(given.has("stage") && !("stage" in understood) ? [told("stage", "name a stage", given.get("stage"))] : []),
    ...(linked !== null && !known.stages.includes(linked) ? [told("stage", "name a stage", linked)] : []),
    ...(own && !unpacked(own.code) ? [told(own.kind, "hold exactly one packed image", own.code)] : []),
  ];
}

/**
 * @param {string} name
 * @param {string} rule
 * @param {string | null} value
 */
function told(name, rule, value) {
  const letters = Array.from(value ?? "");
  const shown = letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("")}…` : letters.join("");
  return `In the address, “${name}” must ${rule}; got “${shown}”; it was ignored.`;
}

/**
 * Show, now and whenever the fragment changes, what was ignored.
 * @param {HTMLElement} place
 * @param {Known} known
 */
export function mountNotices(place, known) {
  const text = element("p", "notice__text");
  const root = element("div", "notice", text, button("notice__close", "Dismiss", "×", () => (root.hidden = true)));
  const listening = new AbortController();

  function show() {
    const faults = faultsIn(location.search, location.hash, known);
    root.hidden = faults.length === 0;
    text.textContent = faults.join(" ");
  }

  text.setAttribute("role", "status");
  place.append(root);
  addEventListener("hashchange", show, { signal: listening.signal });
  show();
  return {
    dispose() {
      listening.abort();
      root.remove();
    },
  };
}
