// The numbers a scene shows: the twin of genfigs/scenes/exhibit.py. No DOM in here.

/**
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").Tensor} Tensor
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {{network: Network, scene: Scene, tensors: Record<string, Tensor>, image: Uint8Array, label: number | string | null}} Exhibit
 * @typedef {{rows: number, columns: number, values: Float32Array, map: string, scale: number}} Picture
 * @typedef {{cell: number, unit: number, strength: number}} Vote
 */

const PROBES = 3;

/**
 * The largest magnitude in a stage's tensor: the value at the end of its colour map.
 * @param {Exhibit} exhibit
 * @param {string} stage
 */
export function scaleOf(exhibit, stage) {
  if (stageNamed(exhibit.scene, stage).map === "ink") return 1;
  return exhibit.tensors[stage].values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/**
 * @param {Scene} scene
 * @param {string} name
 */
export function stageNamed(scene, name) {
  const stage = scene.stages.find((one) => one.name === name);
  if (!stage) throw new RangeError(`no stage ${name}`);
  return stage;
}

/**
 * What the actor image `stage/channel` shows; of a vector, `stage/run` is the run-th part of `columns` numbers.
 * @param {Exhibit} exhibit
 * With a `block` size only the largest cell of every block is left.
 * @param {{image: string, rows: number, columns: number, block?: number}} sheet
 * @returns {Picture}
 */
export function pictureOf(exhibit, { image, rows, columns, block = 0 }) {
  const [name, part] = image.split("/");
  const { shape, values } = exhibit.tensors[name];
  const { map } = stageNamed(exhibit.scene, name);
  const scale = scaleOf(exhibit, name);
  const index = Number(part);
  if (shape.length === 1) {
    return { rows, columns, values: values.subarray(index * columns, (index + 1) * columns), map, scale };
  }
  const cells = new Float32Array(rows * columns);
  for (let cell = 0; cell < cells.length; cell += 1) cells[cell] = values[cell * shape[2] + index];
  return { rows, columns, values: block ? winnersOf(cells, rows, columns, block) : cells, map, scale };
}

/**
 * `values` with zeros wherever a cell is not the largest of its block.
 * @param {Float32Array} values
 * @param {number} rows
 * @param {number} columns
 * @param {number} size
 */
function winnersOf(values, rows, columns, size) {
  const kept = new Float32Array(values.length);
  for (let top = 0; top + size <= rows; top += size) {
    for (let left = 0; left + size <= columns; left += size) {
      const cells = Array.from({ length: size * size }, (_, cell) => {
        return (top + Math.trunc(cell / size)) * columns + left + (cell % size);
      });
      const largest = Math.max(...cells.map((cell) => values[cell]));
      for (const cell of cells) if (values[cell] === largest) kept[cell] = largest;
    }
  }
  return kept;
}

/**
 * The brightest cell in each third of the rows of a stage's first channel.
 * @param {Exhibit} exhibit
 * @param {string} image
 */
export function probesOf(exhibit, image) {
  const { shape, values } = exhibit.tensors[image.split("/")[0]];
  const [rows, columns, channels] = shape;
  const found = [];
  for (let third = 0; third < PROBES; third += 1) {
    const start = Math.trunc((rows * third) / PROBES) * columns;
    const stop = Math.trunc((rows * (third + 1)) / PROBES) * columns;
    let best = start;
    for (let cell = start; cell < stop; cell += 1) {
      if (values[cell * channels] > values[best * channels]) best = cell;
    }
    found.push({ row: Math.trunc(best / columns), column: best % columns, value: values[best * channels] });
  }
  return found;
}

/**
 * The `count` strongest products of weight and activation, weakest first; `strength` is relative to the strongest.
 * @param {Exhibit} exhibit
 * @param {string} layer
 * @param {number} count
 * @returns {Vote[]}
 */
export function votesOf(exhibit, layer, count) {
  const names = Object.keys(exhibit.tensors);
  const inputs = exhibit.tensors[names[names.indexOf(layer) - 1]].values;
  const { kernel } = exhibit.network.weights[layer];
  const units = kernel.length / inputs.length;
  const products = kernel.map((weight, index) => weight * inputs[Math.trunc(index / units)]);
  const sizes = products.map(Math.abs);
  const sorted = sizes.slice().sort(); // numbers alone sort many times faster than their indices
  const [least, strongest] = [sorted[Math.max(sorted.length - count, 0)], sorted[sorted.length - 1] || 1];
  const strong = Array.from(sizes.keys()).filter((index) => sizes[index] >= least);
  const order = strong.sort((i, j) => sizes[i] - sizes[j] || i - j);
  return order.slice(-count).map((index) => ({
    cell: Math.trunc(index / units),
    unit: index % units,
    strength: products[index] / strongest,
  }));
}
