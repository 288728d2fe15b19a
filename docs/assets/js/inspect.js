// How one number of the network came about, in terms that add up as printed. No DOM in here.

import { cellAt, indexOf } from "./cells.js";
import { line, printed, sumLines } from "./decimal.js";
import { scaleOf, stageNamed } from "./exhibit.js";
import { borderBefore } from "./network.js";

/**
 * @typedef {import("./cells.js").Cell} Cell
 * @typedef {import("./decimal.js").Line} Line
 * @typedef {import("./exhibit.js").Exhibit} Exhibit
 * @typedef {import("./network.js").Layer} Layer
 * @typedef {import("./network.js").Tensor} Tensor
 * A few numbers in rows and columns; `outside` marks zeros that pad the border, `chosen` the one that counts.
 * @typedef {{name: string, columns: number, values: number[], map: string, scale: number, outside?: boolean[], chosen?: number}} Grid
 * What one channel contributes: its grids, and the lines that add up to its part.
 * @typedef {{channel: number, grids: Grid[], lines: Line[]}} Part
 * @typedef {{place: string, value: string, summary: string, parts: Part[], lines: Line[]}} Explanation
 * @typedef {{exhibit: Exhibit, layer: Layer, before: Layer, input: Tensor, cell: Cell, index: number, value: number}} Question
 */

const VOTES = 8; // votes of a dense layer told one by one
const FINE = 6; // decimals of exponentials, most of which are small
const SHARE = 4; // decimals of a probability

/**
 * @param {Exhibit} exhibit
 * @param {string} stage
 * @param {Cell} cell
 * @returns {Explanation}
 */
export function explain(exhibit, stage, cell) {
  const { layers } = exhibit.network;
  const at = layers.findIndex(({ name }) => name === stage);
  const layer = layers[at];
  const before = layers[Math.max(at - 1, 0)];
  const index = indexOf(layer.shape, cell);
  const value = exhibit.tensors[stage].values[index];
  const answer = EXPLAIN[layer.kind]({ exhibit, layer, before, input: exhibit.tensors[before.name], cell, index, value });
  return { place: placeOf(exhibit, layer, cell), value: answer.lines[answer.lines.length - 1].text, ...answer };
}

/** @type {Record<string, (question: Question) => Omit<Explanation, "place" | "value">>} */
const EXPLAIN = {
  input: explainPixel,
  conv2d: explainConvolution,
  relu: explainRectifier,
  max_pool2d: explainLargest,
  average_pool2d: explainAverage,
  flatten: explainFlatten,
  dense: explainVotes,
  softmax: explainShare,
};

/**
 * @param {Exhibit} exhibit
 * @param {Layer} layer
 * @param {Cell} cell
 */
export function placeOf({ network }, { kind, shape }, { channel, row, column }) {
  if (shape.length === 3) return `row ${row}, column ${column}, channel ${channel}`;
  return kind === "flatten" ? `number ${column}` : `class ${network.class_names[column]}`;
}

/** @param {Question} question */
function explainPixel({ exhibit, index, value }) {
  const summary = "One pixel of the image: its grey level, from 0 for paper to 255 for ink, divided by 255.";
  return { summary, parts: [], lines: [line("total", { name: "grey level", formula: `${exhibit.image[index]} ÷ 255 ≈` }, printed(value))] };
}

/** @param {Question} question */
function explainConvolution(question) {
  const { exhibit, layer, before, cell, value } = question;
  const { kernel, bias } = exhibit.network.weights[layer.name];
  const inputs = kernel.length / bias.length;
  const parts = Array.from({ length: before.shape[2] }, (_, channel) => contribution(question, channel));
  const largest = Math.max(...parts.flatMap(({ grids }) => grids[2].values.map(Math.abs)));
  for (const { grids } of parts) grids[2].scale = largest;
  const terms = parts.map(({ channel, grids }) => ({ name: `channel ${channel}`, value: total(grids[2].values) }));
  const window = `${layer.kernel_size} × ${layer.kernel_size}`;
  const where = parts.length > 1 ? `${window} cells in each of ${parts.length} channels` : `${window} cells`;
  const summary = `A weighted sum: ${inputs} numbers, ${where}, times ${inputs} weights, plus the bias.`;
  return { summary, parts, lines: sumLines([...terms, { name: "bias", value: bias[cell.channel] }], { name: "sum", value }) };
}

/**
 * What one input channel adds to a convolution: patch, kernel and products.
 * @param {Question} question
 * @param {number} channel
 * @returns {Part}
 */
function contribution({ exhibit, layer, before, input, cell }, channel) {
  const [height, width, depth] = input.shape;
  const { kernel_size: columns, strides } = layer;
  const [rows, filters] = [layer.shape[0], layer.shape[2]];
  const top = cell.row * strides - borderBefore(layer, height, rows);
  const left = cell.column * strides - borderBefore(layer, width, layer.shape[1]);
  const { kernel } = exhibit.network.weights[layer.name];
  const steps = Array.from({ length: columns * columns }, (_, step) => step);
  const places = steps.map((step) => ({ channel, row: top + Math.trunc(step / columns), column: left + (step % columns) }));
  const outside = places.map(({ row, column }) => row < 0 || column < 0 || row >= height || column >= width);
  const patch = places.map((place, step) => (outside[step] ? 0 : input.values[indexOf(input.shape, place)]));
  const weights = steps.map((step) => kernel[(step * depth + channel) * filters + cell.channel]);
  const products = patch.map((value, step) => value * weights[step]);
  const { map } = stageNamed(exhibit.scene, before.name);
  const terms = products.map((value) => ({ name: "product", value }));
  const largest = kernel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return {
    channel,
    grids: [
      { name: before.name, columns, values: patch, map, scale: scaleOf(exhibit, before.name), outside },
      { name: "weights", columns, values: weights, map: "signed", scale: largest },
      { name: "products", columns, values: products, map: "signed", scale: 0 },
    ],
    lines: sumLines(terms, { name: `channel ${channel}`, value: total(products) }),
  };
}

/** @param {Question} question */
function explainRectifier({ before, input, index, value }) {
  const text = printed(input.values[index]);
  const summary = input.values[index] > 0 ? "A positive number stays as it is." : "A number that is not positive becomes zero.";
  const lines = [line("term", { name: `${before.name}, same place` }, text), line("total", { name: "the larger of", formula: `${text} and 0` }, printed(value))];
  return { summary, parts: [], lines };
}

/**
 * The block that a pooled cell reads.
 * @param {Question} question
 * @returns {Grid}
 */
function candidates({ exhibit, layer, before, input, cell }) {
  const columns = layer.pool_size;
  const values = Array.from({ length: columns * columns }, (_, step) => {
    const place = { ...cell, row: cell.row * columns + Math.trunc(step / columns), column: cell.column * columns + (step % columns) };
    return input.values[indexOf(input.shape, place)];
  });
  return { name: before.name, columns, values, map: stageNamed(exhibit.scene, before.name).map, scale: scaleOf(exhibit, before.name) };
}

/** @param {Question} question */
function explainLargest(question) {
  const { cell, value } = question;
  const grid = candidates(question);
  const all = grid.values.map((candidate) => printed(candidate)).join(", ");
  const summary = `The largest of ${grid.values.length} numbers goes on; where exactly it stood is forgotten.`;
  const grids = [{ ...grid, chosen: grid.values.indexOf(value) }];
  return { summary, parts: [{ channel: cell.channel, grids, lines: [] }], lines: [line("total", { name: "the largest of", formula: all }, printed(value))] };
}

/** @param {Question} question */
function explainAverage(question) {
  const { cell, value } = question;
  const grid = candidates(question);
  const count = grid.values.length;
  const terms = grid.values.map((one) => ({ name: "", formula: `${printed(one)} ÷ ${count}`, value: one / count }));
  const parts = [{ channel: cell.channel, grids: [grid], lines: [] }];
  return { summary: `The mean of ${count} numbers: each counts for one part in ${count}.`, parts, lines: sumLines(terms, { name: "mean", value }) };
}

/** @param {Question} question */
function explainFlatten({ exhibit, before, index, value }) {
  const name = `${before.name}, ${placeOf(exhibit, before, cellAt(before.shape, index))}`;
  const [, columns, channels] = before.shape;
  const { row, column, channel } = cellAt(before.shape, index);
  const formula = `(${row} × ${columns} + ${column}) × ${channels} + ${channel} = ${index}`;
  return { summary: `The same number as at ${name}: only its place is new.`, parts: [], lines: [line("total", { name: "place", formula }, printed(value))] };
}

/** @param {Question} question */
function explainVotes({ exhibit, layer, input, index, value }) {
  const { kernel, bias } = exhibit.network.weights[layer.name];
  const { layers } = exhibit.network;
  const maps = layers[layers.indexOf(layer) - 2];
  const products = Array.from(input.values, (one, at) => one * kernel[at * bias.length + index]);
  const order = Array.from(products.keys()).sort((i, j) => Math.abs(products[j]) - Math.abs(products[i]) || i - j);
  const votes = order.slice(0, VOTES).map((at) => ({
    name: placeOf(exhibit, maps, cellAt(maps.shape, at)),
    formula: `${printed(input.values[at])} × ${printed(kernel[at * bias.length + index])}`,
    value: products[at],
  }));
  const others = order.slice(VOTES).map((at) => products[at]);
  const rest = others.length ? [{ name: `the other ${others.length} votes`, value: total(others) }] : [];
  const summary = `${products.length} numbers times ${products.length} weights, plus the bias. The strongest votes come first.`;
  return { summary, parts: [], lines: sumLines([...votes, ...rest, { name: "bias", value: bias[index] }], { name: "score", value }) };
}

/** @param {Question} question */
function explainShare({ exhibit, input, index, value }) {
  const largest = Math.max(...input.values);
  const powers = Array.from(input.values, (score) => Math.exp(score - largest));
  const terms = powers.map((power, unit) => ({
    name: exhibit.network.class_names[unit],
    formula: `exp(${printed(input.values[unit])} − ${largest < 0 ? `(${printed(largest)})` : printed(largest)})`,
    value: power,
  }));
  const sum = total(powers);
  const formula = `${printed(powers[index], FINE)} ÷ ${printed(sum, FINE)} ≈`;
  const summary = `The exponential of one score, divided by the sum of all ${powers.length}. The largest score is taken off first, which changes no share.`;
  return {
    summary,
    parts: [],
    lines: [...sumLines(terms, { name: "sum", value: sum }, FINE), line("total", { name: "share", formula }, printed(value, SHARE))],
  };
}

/** @param {number[]} values */
function total(values) {
  return values.reduce((sum, value) => sum + value, 0);
}
