// The dense networks that play against the chapter's, and an image that moves. No DOM in here.

import { bytesOf, trace } from "./network.js";

/** @typedef {import("./network.js").Network} Rival */
/** @typedef {{label: number, probability: number}} Answer */

/**
 * The dense networks by name; their kernels come as whole levels with one scale per unit.
 * @param {Record<string, any>} packed contenders.js
 * @param {string[]} classNames
 * @returns {Record<string, Rival>}
 */
export function readRivals(packed, classNames) {
  return Object.fromEntries(
    Object.entries(packed).map(([name, { layers, weights }]) => [
      name,
      { layers, weights: Object.fromEntries(Object.entries(weights).map(unpack)), class_names: classNames },
    ]),
  );
}

/** @param {[string, any]} stage @returns {[string, Record<string, Float32Array>]} */
function unpack([stage, { levels, scales, bias }]) {
  const whole = new Int8Array(bytesOf(levels).buffer);
  const units = new Float32Array(bytesOf(scales).buffer);
  const kernel = Float32Array.from(whole, (level, index) => level * units[index % units.length]);
  return [stage, { kernel, bias: new Float32Array(bytesOf(bias).buffer) }];
}

/**
 * The most probable class.
 * @param {Rival} network
 * @param {Uint8Array} image
 * @returns {Answer}
 */
export function answerOf(network, image) {
  const tensors = trace(network, image);
  const { values } = tensors[network.layers[network.layers.length - 1].name];
  const probability = Math.max(...values);
  return { label: values.indexOf(probability), probability };
}

/**
 * The image moved down and to the right on a square field `margin` pixels wider on every side.
 * @param {Uint8Array} image
 * @param {{rows: number, columns: number}} place
 * @param {number} margin
 */
export function placed(image, { rows, columns }, margin) {
  const size = Math.sqrt(image.length);
  const side = size + 2 * margin;
  const field = new Uint8Array(side * side);
  image.forEach((level, cell) => {
    const row = Math.trunc(cell / size) + margin + rows;
    const column = (cell % size) + margin + columns;
    if (row >= 0 && row < side && column >= 0 && column < side) field[row * side + column] = level;
  });
  return field;
}

/**
 * What a network sees of a field: its middle.
 * @param {Uint8Array} field
 * @param {number} margin
 */
export function seenOf(field, margin) {
  const side = Math.sqrt(field.length);
  const size = side - 2 * margin;
  return Uint8Array.from({ length: size * size }, (_, cell) => {
    return field[(Math.trunc(cell / size) + margin) * side + (cell % size) + margin];
  });
}
