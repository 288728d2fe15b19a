// A reader's own image travels: drawn, from a photo, or out of a link. Wires the panel to the scroll.

import { ownImageIn, withState } from "./address.js";
import { asPlaced, centred } from "./centring.js";
import { levels } from "./colour.js";
import { trace } from "./network.js";
import { packed, quantised, unpacked } from "./packing.js";
import { buildDoors, buildPanel } from "./workshoppanel.js";
import { themeName } from "./scrolly.js";
import { paintInk } from "./tray.js";
import { listenForFiles, readPhoto } from "./upload.js";
import { verdictOf } from "./verdict.js";

/**
 * @typedef {import("./centring.js").Sheet} Sheet
 * @typedef {import("./workshoppanel.js").Kind} Kind
 */

/**
 * @param {HTMLElement} scrolly
 * @param {ReturnType<typeof import("./scrolly.js").mountScrolly>} handle
 */
export function mountWorkshop(scrolly, handle) {
  const { network, scene } = handle.exhibit;
  const names = network.class_names;
  const panel = buildPanel(names, update);
  const doors = buildDoors(open);
  const listening = new AbortController();
  const { signal } = listening;
  /** @type {Record<Kind, Sheet | null>} */
  const sheets = { drawing: panel.pad.paper.sheet, photo: null };
  /** @type {Kind} */
  let kind = "drawing";
  /** @type {Element | null} */
  let opener = null;
  let own = { image: new Uint8Array(784), fragment: "", kind };
  let theme = "";
  let reading = 0;

  /** @param {Kind} wanted */
  function open(wanted) {
    kind = wanted;
    if (!panel.root.open) opener = document.activeElement;
    panel.open(kind);
    dress();
    if (sheets[kind]?.ink.some(Boolean)) update();
    else answer(new Uint8Array(784), true);
    panel.root.dataset.ready = String(sheets[kind] !== null);
  }

  /** Send what lies on the sheet. */
  function update(resting = true) {
    const sheet = sheets[kind];
    if (!sheet) return;
    const views = { placed: asPlaced(sheet), centred: centred(sheet) };
    const image = quantised(panel.keep.input.checked ? views.placed : views.centred);
    panel.root.dataset.ready = "true";
    show(image, kind === "photo" ? "your photo" : "your drawing", kind);
    answer(image, resting);
    paintPair(views);
  }

  /**
   * @param {Uint8Array} image
   * @param {string} label
   * @param {Kind} from
   */
  function show(image, label, from) {
    own = { image, fragment: `${from}=${packed(image)}`, kind: from };
    handle.send(image, label, own.fragment);
  }

  /**
   * Say what the network makes of an image; aloud only when the pen rests.
   * @param {Uint8Array} image
   * @param {boolean} resting
   */
  function answer(image, resting) {
    const tensors = handle.exhibit.image === image ? handle.exhibit.tensors : trace(network, image);
    const { values } = /** @type {import("./network.js").Tensor} */ (Object.values(tensors).at(-1));
    const said = verdictOf(values, names, !image.some(Boolean));
    panel.answers.show(values);
    panel.verdict.textContent = said;
    if (resting) panel.spoken.textContent = said;
  }

  /** @param {Record<"placed" | "centred", Uint8Array>} views */
  function paintPair(views) {
    const colours = levels(scene.maps[themeName()].ink);
    paintInk(panel.pair.placed.canvas, views.placed, colours);
    paintInk(panel.pair.centred.canvas, views.centred, colours);
    panel.root.dataset.sent = panel.keep.input.checked ? "placed" : "centred";
  }

  function repaint() {
    const current = handle.exhibit.image === own.image;
    for (const door of doors) {
      if (current && door.dataset.kind === own.kind) door.setAttribute("aria-current", "true");
      else door.removeAttribute("aria-current");
    }
    if (panel.root.open) dress();
  }

  /** Paint the open panel in the colours of the theme. */
  function dress() {
    if (theme === themeName()) return;
    theme = themeName();
    panel.pad.repaint(scene.maps[theme].ink);
    paintPhoto();
    const sheet = sheets[kind] ?? sheets.drawing;
    if (sheet) paintPair({ placed: asPlaced(sheet), centred: centred(sheet) });
  }

  /** Show the ink that was found in the photo, on the paper of the theme. */
  function paintPhoto() {
    const sheet = sheets.photo;
    if (!sheet) return;
    const colours = levels(scene.maps[theme].ink);
    const pixels = new ImageData(sheet.width, sheet.height);
    sheet.ink.forEach((level, cell) => {
      pixels.data.set([colours[3 * level], colours[3 * level + 1], colours[3 * level + 2], 255], 4 * cell);
    });
    Object.assign(panel.photo.canvas, { width: sheet.width, height: sheet.height });
    panel.photo.canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  }

  /** @param {Blob} file */
  async function take(file) {
    reading += 1;
    const turn = reading;
    if (!panel.root.open || kind !== "photo") open("photo");
    panel.say("Reading the photo …");
    try {
      const sheet = await readPhoto(file);
      if (turn !== reading) return; // a later photo overtook this one
      sheets.photo = sheet;
      panel.say("");
      paintPhoto();
      update();
    } catch (error) {
      if (turn === reading) panel.say(/** @type {Error} */ (error).message);
    }
  }

  /** Show the image that the address holds; what it holds instead is told elsewhere. */
  function restore() {
    const found = ownImageIn(location.hash);
    const image = found && unpacked(found.code);
    if (!image || `#${own.fragment}` === location.hash) return;
    show(image, `the ${found.kind} in the link`, /** @type {Kind} */ (found.kind));
  }

  async function copyLink() {
    const mine = handle.exhibit.image === own.image;
    const stage = /** @type {string} */ (scrolly.dataset.stage);
    const href = mine ? withState(location.href, { digit: own.fragment, stage }) : location.href;
    try {
      await navigator.clipboard.writeText(href);
      panel.say("Link copied.");
    } catch {
      history.replaceState(history.state, "", href);
      panel.say("This page may not copy. The link is in the address bar.");
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key === "Escape") panel.root.close();
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && kind === "drawing") panel.pad.undo();
    else return;
    event.preventDefault();
  }

  function onClose() {
    if (panel.root.contains(document.activeElement) || document.activeElement === document.body) {
      /** @type {HTMLElement | null} */ (opener)?.focus({ preventScroll: true });
    }
  }

  scrolly.append(panel.root);
  scrolly.querySelector(".tray")?.append(...doors);
  scrolly.addEventListener("exhibit", repaint, { signal });
  panel.root.addEventListener("keydown", onKey, { signal });
  panel.root.addEventListener("close", onClose, { signal });
  panel.keep.input.addEventListener("change", () => update(), { signal });
  panel.copy.addEventListener("click", copyLink, { signal });
  panel.swap.addEventListener("click", () => open(kind === "drawing" ? "photo" : "drawing"), { signal });
  panel.photo.input.addEventListener("change", () => {
    const file = panel.photo.input.files?.[0];
    panel.photo.input.value = ""; // so that the same file can be chosen again
    if (file) take(file);
  }, { signal });
  listenForFiles(panel.root, take, signal);
  addEventListener("hashchange", restore, { signal });
  repaint();
  restore();
  return {
    dispose() {
      listening.abort();
      panel.pad.dispose();
      panel.root.remove();
      for (const door of doors) door.remove();
    },
  };
}
