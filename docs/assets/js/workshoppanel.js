// The panel for a reader's own image: paper to draw on or a photo, how it is centred, and what the network answers.

import { buildAnswers } from "./answers.js";
import { button, element } from "./controls.js";
import { mountPad } from "./pad.js";
import { cautionOf } from "./verdict.js";

const TITLES = { drawing: "Draw your own", photo: "Upload or paste a photo" };
const SHORT = { drawing: "Draw", photo: "Photo" }; // where there is little room

/** @typedef {keyof typeof TITLES} Kind */

/**
 * A button that its words name.
 * @param {string} label
 * @param {() => void} [onClick]
 */
function wordButton(label, onClick = () => {}) {
  const made = /** @type {HTMLButtonElement} */ (element("button", "studio__button", label));
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** @param {string} caption */
function thumbnail(caption) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 28, height: 28 });
  canvas.setAttribute("aria-hidden", "true");
  const root = element("figure", "studio__thumbnail", canvas, element("figcaption", "", caption));
  return { canvas, root };
}

/** A switch that keeps the image where it was put. */
function buildSwitch() {
  const input = Object.assign(document.createElement("input"), { type: "checkbox" });
  input.setAttribute("role", "switch");
  const label = element("label", "studio__switch", input, " Do not centre");
  return { input, root: label };
}

/** Where a photo is chosen or dropped, and then shown. */
function buildPhoto() {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*" });
  input.className = "studio__file";
  input.setAttribute("aria-label", "Choose a photo");
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  const hint = element("p", "studio__hint", "Choose a photo, drop it here, or paste it.");
  return { input, canvas, root: element("div", "studio__photo", canvas, hint, input) };
}

/**
 * The panel's elements; nothing in it listens yet but the pad.
 * @param {string[]} names
 * @param {(resting: boolean) => void} drawn
 */
export function buildPanel(names, drawn) {
  const pad = mountPad(drawn);
  const photo = buildPhoto();
  const answers = buildAnswers(names);
  const pair = { placed: thumbnail("as placed"), centred: thumbnail("centred") };
  const keep = buildSwitch();
  const title = element("p", "studio__title");
  title.id = "studio-title";
  const close = button("studio__close", "Close", "×", () => root.close());
  const undo = wordButton("Undo", pad.undo);
  const clear = wordButton("Clear", pad.clear);
  for (const one of [undo, clear]) one.classList.add("is-for-drawing");
  const copy = wordButton("Copy link");
  const swap = wordButton("Photo instead");
  const verdict = element("p", "studio__verdict");
  const spoken = element("p", "studio__spoken");
  const notice = element("p", "studio__notice");
  spoken.setAttribute("role", "status");
  notice.setAttribute("role", "status");
  const privacy = "Nothing you draw, paste or choose leaves your machine. A link carries the image itself, in its last part.";
  const root = /** @type {HTMLDialogElement} */ (
    element(
      "dialog",
      "studio",
      element("div", "studio__head", title, close),
      element("div", "studio__work", element("div", "studio__paper", pad.root, photo.root), answers.root),
      element("div", "studio__tools", undo, clear, copy, swap, pad.state),
      notice,
      element("div", "studio__pair", pair.placed.root, element("span", "studio__arrow", "→"), pair.centred.root, keep.root),
      verdict,
      spoken,
      element("p", "studio__caution", cautionOf(names)),
      element("p", "studio__caution", privacy),
    )
  );
  root.setAttribute("aria-labelledby", title.id);
  return {
    ...{ root, pad, photo, answers, pair, keep, copy, swap, verdict, spoken, notice },
    /** @param {Kind} kind */
    open(kind) {
      root.dataset.kind = kind;
      title.textContent = TITLES[kind];
      notice.textContent = "";
      swap.textContent = kind === "drawing" ? "Photo instead" : "Draw instead";
      if (!root.open) root.show();
      (kind === "drawing" ? pad.canvas : photo.input).focus({ preventScroll: true });
    },
    /** @param {string} text */
    say: (text) => (notice.textContent = text),
  };
}

/**
 * The tray's two doors to the panel.
 * @param {(kind: Kind) => void} open
 */
export function buildDoors(open) {
  return /** @type {Kind[]} */ (Object.keys(TITLES)).map((kind) => {
    const words = [SHORT[kind], TITLES[kind]].map((text) => element("span", "", text));
    const door = /** @type {HTMLButtonElement} */ (element("button", "tray__door", ...words));
    door.type = "button";
    Object.assign(door.dataset, { kind });
    door.setAttribute("aria-label", TITLES[kind]);
    door.setAttribute("aria-haspopup", "dialog");
    door.addEventListener("click", () => open(kind));
    return door;
  });
}
