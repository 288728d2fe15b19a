// Numbers as coloured cells on a canvas.

import { levelIndex, levels } from "./colour.js";

/**
 * The colours of every map, as red, green, blue, red, …
 * @typedef {Record<string, Uint8Array>} Palette
 * @typedef {{columns: number, values: ArrayLike<number>, map: string, scale: number}} Cells
 */

/**
 * @param {import("./scene.js").Scene} scene
 * @param {string} theme
 * @returns {Palette}
 */
export function paletteOf(scene, theme) {
  return Object.fromEntries(Object.entries(scene.maps[theme]).map(([name, stops]) => [name, levels(stops)]));
}

/**
 * Fill one pixel; nothing is allocated, for a sheet has hundreds.
 * @param {Uint8ClampedArray} pixels
 * @param {number} cell
 * @param {Uint8Array} colours
 * @param {number} level
 */
export function setPixel(pixels, cell, colours, level) {
  const at = cell * 4;
  const from = level * 3;
  pixels[at] = colours[from];
  pixels[at + 1] = colours[from + 1];
  pixels[at + 2] = colours[from + 2];
  pixels[at + 3] = 255;
}

/**
 * Make the canvas one pixel a cell, and fill it.
 * @param {HTMLCanvasElement} canvas
 * @param {Cells} cells
 * @param {Palette} palette
 */
export function paintCells(canvas, cells, palette) {
  const rows = Math.ceil(cells.values.length / cells.columns);
  const pixels = new ImageData(cells.columns, rows);
  for (let cell = 0; cell < cells.values.length; cell += 1) {
    setPixel(pixels.data, cell, palette[cells.map], levelIndex(cells.values[cell], cells.map, cells.scale));
  }
  [canvas.width, canvas.height] = [cells.columns, rows];
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).putImageData(pixels, 0, 0);
}
