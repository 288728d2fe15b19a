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
 * @param {number} value
 * @param {Cells} cells
 * @param {Palette} palette
 */
export function colourOf(value, { map, scale }, palette) {
  const level = levelIndex(value, map, scale) * 3;
  return palette[map].subarray(level, level + 3);
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
    pixels.data.set(colourOf(cells.values[cell], cells, palette), cell * 4);
    pixels.data[cell * 4 + 3] = 255;
  }
  [canvas.width, canvas.height] = [cells.columns, rows];
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).putImageData(pixels, 0, 0);
}
