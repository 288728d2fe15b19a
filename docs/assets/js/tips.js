// Words and numbers that explain themselves: what an element's title says, at a pointer, a tap, or the keyboard's focus.

import { element } from "./controls.js";

const TOLD = ".md-content :is(abbr, data):is([title], [aria-describedby])";
const GAP = 6; // pixels between a word and its explanation

/** Explain words from now on. One explanation is open at a time, and it stays while the pointer is on it. */
export function mountTips() {
  const tip = element("div", "tip");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  /** @type {HTMLElement | null} */
  let owner = null;

  function close() {
    if (!owner) return;
    owner.title = tip.textContent ?? "";
    owner.removeAttribute("aria-describedby");
    owner = null;
    tip.remove();
  }

  /** @param {HTMLElement} word */
  function open(word) {
    close();
    owner = word;
    tip.textContent = word.title;
    word.removeAttribute("title");
    word.setAttribute("aria-describedby", tip.id);
    word.closest("main")?.append(tip);
    const { left, bottom } = word.getBoundingClientRect();
    tip.style.left = `${scrollX + Math.max(Math.min(left, innerWidth - tip.offsetWidth - GAP), GAP)}px`;
    tip.style.top = `${scrollY + bottom + GAP}px`;
  }

  /** @param {Event} event */
  function turn({ target, type }) {
    const here = /** @type {HTMLElement} */ (target);
    const word = /** @type {HTMLElement | null} */ (here.closest(TOLD));
    if (word ? word !== owner : here !== tip || type === "click") word ? open(word) : close();
  }

  for (const word of document.querySelectorAll(".md-content abbr")) /** @type {HTMLElement} */ (word).tabIndex = 0;
  for (const event of ["pointerover", "focusin", "click"]) addEventListener(event, turn);
  addEventListener("keydown", ({ key }) => key === "Escape" && close());
}
