// The sample images as buttons: choose which one travels.

import { levels } from "./colour.js";
import { element } from "./controls.js";
import { bytesOf } from "./network.js";
import { setPixel } from "./paint.js";

/** @typedef {{image: string, label: number, prediction: number}} Sample */

/**
 * @param {{samples: Sample[], names: string[], maps: Record<string, Record<string, string[]>>}} data
 * @param {(index: number) => void} choose
 */
export function buildTray({ samples, names, maps }, choose) {
  const canvases = samples.map(() => Object.assign(document.createElement("canvas"), { width: 28, height: 28 }));
  const buttons = samples.map((sample, index) => {
    const wrong = sample.prediction !== sample.label;
    const words = wrong ? [element("span", "tray__words", `read as ${names[sample.prediction]}`)] : [];
    const made = /** @type {HTMLButtonElement} */ (element("button", "tray__image", canvases[index], ...words));
    made.type = "button";
    made.classList.toggle("is-mistaken", wrong);
    const read = wrong ? `, which the network reads as ${names[sample.prediction]}` : "";
    made.setAttribute("aria-label", `Send ${names[sample.label]}${read}`);
    made.title = wrong ? `${names[sample.label]}, read as ${names[sample.prediction]}` : names[sample.label];
    made.addEventListener("click", () => choose(index));
    return made;
  });
  const root = element("div", "tray", element("div", "tray__images", ...buttons));
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "The image that travels");
  let painted = "";
  return {
    root,
    /** @param {string} theme */
    repaint(theme) {
      if (theme === painted) return;
      painted = theme;
      const colours = levels(maps[theme].ink);
      samples.forEach((sample, index) => paintInk(canvases[index], bytesOf(sample.image), colours));
    },
    /** @param {number | string | null} chosen */
    mark(chosen) {
      buttons.forEach((one, index) => one.setAttribute("aria-pressed", String(index === chosen)));
    },
  };
}

/**
 * Paint an image of 28 x 28 levels.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} image
 * @param {Uint8Array} colours
 */
export function paintInk(canvas, image, colours) {
  const pixels = new ImageData(28, 28);
  image.forEach((level, cell) => setPixel(pixels.data, cell, colours, level));
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
}
