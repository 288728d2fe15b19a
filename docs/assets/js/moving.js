// How far the maps of a moved image are from the moved maps: the twin of genfigs/figures/equivariance.py. No DOM.

/** @typedef {import("./network.js").Tensor} Stack */

/**
 * The number of cells nearest to a shift; the smaller of two that are equally near.
 * @param {number} pixels
 * @param {number} jump
 */
export function wholeCells(pixels, jump) {
  return Math.max(Math.ceil((2 * pixels - jump) / (2 * jump)), 0);
}

/**
 * The pixels between neighbouring cells, by stage, as far as stages have rows and columns.
 * @param {any[]} layers
 * @returns {Record<string, number>}
 */
export function jumpsOf(layers) {
  /** @type {Record<string, number>} */
  const jumps = {};
  let jump = 1;
  for (const layer of layers) {
    if (layer.shape.length !== 3) break;
    jump *= layer.strides ?? layer.pool_size ?? 1;
    jumps[layer.name] = jump;
  }
  return jumps;
}

/**
 * One channel of a tensor.
 * @param {Stack} tensor
 * @param {number} channel
 */
export function sheetOf({ shape, values }, channel) {
  return Float32Array.from({ length: shape[0] * shape[1] }, (_, cell) => values[cell * shape[2] + channel]);
}

/**
 * The channel with the most to show: the largest sum of magnitudes.
 * @param {Stack} tensor
 */
export function loudest(tensor) {
  const sums = Array.from({ length: tensor.shape[2] }, (_, channel) => {
    return sheetOf(tensor, channel).reduce((sum, value) => sum + Math.abs(value), 0);
  });
  return sums.indexOf(Math.max(...sums));
}

/**
 * `moved` less `still` moved to the right; zero where new columns come in.
 * @param {Float32Array} still
 * @param {Float32Array} moved
 * @param {number} width
 * @param {number} columns
 */
export function differenceOf(still, moved, width, columns) {
  return moved.map((value, cell) => (cell % width < columns ? 0 : value - still[cell - columns]));
}
