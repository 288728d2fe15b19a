// Cells of tensors: where they are, which is strongest, which others they come from. No DOM in here.

import { borderBefore } from "./network.js";

/**
 * A cell of a stage; of a vector, `column` is the index and the others are 0.
 * @typedef {{channel: number, row: number, column: number}} Cell
 * The cells of a stage that another cell depends on: every combination of these rows, columns and channels.
 * @typedef {{stage: string, rows: number[], columns: number[], channels: number[]}} Field
 * @typedef {import("./network.js").Layer} Layer
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").Tensor} Tensor
 * @typedef {Record<string, Tensor>} Tensors
 */

/**
 * Rows, columns and channels of a shape; a vector is one row.
 * @param {number[]} shape
 */
export function gridOf(shape) {
  const [rows, columns, channels] = shape.length === 1 ? [1, shape[0], 1] : shape;
  return { rows, columns, channels };
}

/**
 * @param {number[]} shape
 * @param {number} index
 * @returns {Cell}
 */
export function cellAt(shape, index) {
  const { columns, channels } = gridOf(shape);
  const position = Math.trunc(index / channels);
  return { channel: index % channels, row: Math.trunc(position / columns), column: position % columns };
}

/**
 * @param {number[]} shape
 * @param {Cell} cell
 */
export function indexOf(shape, { channel, row, column }) {
  const { columns, channels } = gridOf(shape);
  return (row * columns + column) * channels + channel;
}

/**
 * Whether a shape has such a cell.
 * @param {number[]} shape
 * @param {Cell} cell
 */
export function hasCell(shape, { channel, row, column }) {
  const grid = gridOf(shape);
  return channel < grid.channels && row < grid.rows && column < grid.columns;
}

/**
 * The cell with the largest number: by size in maps, by value in vectors.
 * @param {Tensor} tensor
 */
export function strongestCell({ shape, values }) {
  const weight = shape.length === 1 ? (/** @type {number} */ value) => value : Math.abs;
  let best = 0;
  for (let index = 1; index < values.length; index += 1) if (weight(values[index]) > weight(values[best])) best = index;
  return cellAt(shape, best);
}

/**
 * From the image to the stage itself: the cells of each that a cell depends on.
 * @param {Network} network
 * @param {string} stage
 * @param {Cell} cell
 * @returns {Field[]}
 */
export function fieldsOf({ layers }, stage, cell) {
  let field = { stage, rows: [cell.row], columns: [cell.column], channels: [cell.channel] };
  const fields = [field];
  for (let index = layers.findIndex(({ name }) => name === stage); index > 0; index -= 1) {
    const before = layers[index - 1];
    field = { ...field, ...READS[layers[index].kind](field, layers[index], before.shape), stage: before.name };
    fields.unshift(field);
  }
  return fields;
}

/** @type {Record<string, (field: Field, layer: Layer, shape: number[]) => Partial<Field>>} */
const READS = {
  conv2d: (field, layer, [height, width, depth]) => ({
    rows: windows(field.rows, layer.kernel_size, layer.strides, borderBefore(layer, height, layer.shape[0]), height),
    columns: windows(field.columns, layer.kernel_size, layer.strides, borderBefore(layer, width, layer.shape[1]), width),
    channels: range(depth),
  }),
  relu: () => ({}),
  max_pool2d: blocks,
  average_pool2d: blocks,
  flatten: ({ columns }, _, shape) => {
    const cells = columns.map((index) => cellAt(shape, index));
    const all = (/** @type {keyof Cell} */ axis) => [...new Set(cells.map((cell) => cell[axis]))];
    return { rows: all("row"), columns: all("column"), channels: all("channel") };
  },
  dense: (_, layer, [inputs]) => ({ columns: range(inputs) }),
  softmax: (_, layer, [scores]) => ({ columns: range(scores) }),
};

/**
 * @param {Field} field
 * @param {Layer} layer
 * @param {number[]} shape
 */
function blocks({ rows, columns }, { pool_size: size }, [height, width]) {
  return { rows: windows(rows, size, size, 0, height), columns: windows(columns, size, size, 0, width) };
}

/**
 * What windows at these positions cover along one axis; what lies over the border is left out.
 * @param {number[]} positions
 * @param {number} size
 * @param {number} stride
 * @param {number} border
 * @param {number} limit
 */
function windows(positions, size, stride, border, limit) {
  const covered = positions.flatMap((position) => range(size).map((step) => position * stride - border + step));
  return [...new Set(covered)].filter((place) => place >= 0 && place < limit);
}

/** @param {number} count */
function range(count) {
  return Array.from({ length: count }, (_, index) => index);
}

/**
 * The cell of stage `to` that belongs to a cell of stage `from`: the same place in the image, and the same channel where
 * channels go on; otherwise the strongest.
 * @param {Network} network
 * @param {Tensors} tensors
 * @param {string} from
 * @param {Cell} cell
 * @param {string} to
 * @returns {Cell}
 */
export function followed(network, tensors, from, cell, to) {
  const { layers } = network;
  const [start, stop] = [from, to].map((stage) => layers.findIndex(({ name }) => name === stage));
  const passed = layers.slice(Math.min(start, stop) + 1, Math.max(start, stop) + 1).map(({ kind }) => kind);
  const [here, there] = [tensors[from], tensors[to]];
  if (passed.every((kind) => kind === "flatten" || kind === "softmax")) return cellAt(there.shape, indexOf(here.shape, cell));
  if (here.shape.length === 1 || there.shape.length === 1) return strongestCell(there);
  const place = middleOf(network, from, cell);
  const nearest = (/** @type {"row" | "column"} */ axis, /** @type {number} */ count) =>
    range(count).reduce((best, at) => (distance(axis, at) < distance(axis, best) ? at : best), 0);
  const distance = (/** @type {"row" | "column"} */ axis, /** @type {number} */ at) =>
    Math.abs(middleOf(network, to, { channel: 0, row: 0, column: 0, [axis]: at })[axis] - place[axis]);
  const found = { channel: cell.channel, row: nearest("row", there.shape[0]), column: nearest("column", there.shape[1]) };
  if (!passed.includes("conv2d")) return found;
  const position = { stage: to, rows: [found.row], columns: [found.column], channels: range(there.shape[2]) };
  return { ...found, channel: fullest(there, position) };
}

/**
 * The middle of what a cell sees of the image.
 * @param {Network} network
 * @param {string} stage
 * @param {Cell} cell
 */
function middleOf(network, stage, cell) {
  const [{ rows, columns }] = fieldsOf(network, stage, cell);
  const middle = (/** @type {number[]} */ places) => (places[0] + places[places.length - 1]) / 2;
  return { row: middle(rows), column: middle(columns) };
}

/**
 * The channel with the most in a field, whatever the sign.
 * @param {Tensor} tensor
 * @param {Field} field
 */
export function fullest({ shape, values }, { rows, columns, channels }) {
  const amount = (/** @type {number} */ channel) =>
    rows.reduce((sum, row) => columns.reduce((part, column) => part + Math.abs(values[indexOf(shape, { channel, row, column })]), sum), 0);
  const amounts = channels.map(amount);
  return channels[amounts.indexOf(Math.max(...amounts))];
}
