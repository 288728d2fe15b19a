// What the figures to play with share: sheets of cells on canvases, the theme, words for ears.

import { levelIndex, levels } from "./colour.js";
import { element } from "./controls.js";

const PATIENCE = 500; // milliseconds of rest before a change is read out

/** The theme in force and its colour maps. @param {Record<string, Record<string, string[]>>} maps */
export function themeMaps(maps) {
  return maps[document.body.dataset.mdColorScheme === "slate" ? "dark" : "light"];
}

/**
 * Put what can be played with above its still, and show it now and whenever the theme changes.
 * @param {HTMLElement} figure
 * @param {HTMLElement} lab
 * @param {() => void} show
 * @param {{dispose: () => void}} teller
 */
export function standBefore(figure, lab, show, teller) {
  const theme = new MutationObserver(show);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  figure.prepend(lab);
  show();
  return {
    dispose() {
      theme.disconnect();
      teller.dispose();
      lab.remove();
    },
  };
}

/**
 * A canvas of `rows` × `columns` cells; style sheets enlarge it.
 * @param {string} className
 * @param {number} rows
 * @param {number} columns
 */
export function sheetCanvas(className, rows, columns) {
  const canvas = /** @type {HTMLCanvasElement} */ (element("canvas", className));
  Object.assign(canvas, { width: columns, height: rows });
  return canvas;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {string[]} stops
 * @param {string} map
 * @param {number} scale
 */
export function paintSheet(canvas, values, stops, map, scale) {
  const colours = levels(stops);
  const pixels = new ImageData(canvas.width, canvas.height);
  for (let cell = 0; cell < values.length; cell += 1) {
    const level = 3 * levelIndex(values[cell], map, scale);
    pixels.data.set([colours[level], colours[level + 1], colours[level + 2], 255], 4 * cell);
  }
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
}

/** A line that is read out once it has come to rest. */
export function buildTeller() {
  const root = element("p", "lab__status");
  root.setAttribute("aria-live", "polite");
  let waiting = 0;
  return {
    root,
    /** @param {string} text */
    say(text) {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => (root.textContent = text), PATIENCE);
    },
    dispose: () => clearTimeout(waiting),
  };
}

/**
 * A labelled slider over whole numbers.
 * @param {string} label
 * @param {{min: number, max: number, value: number}} range
 * @param {(value: number) => void} onInput
 */
export function buildSlider(label, { min, max, value }, onInput) {
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: String(min), max: String(max), step: "1", value: String(value) });
  input.addEventListener("input", () => onInput(Number(input.value)));
  return { root: element("label", "lab__slider", element("span", "lab__label", label), input), input };
}
