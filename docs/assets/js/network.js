// The network, forward: every stage's tensor for one image. No DOM in here.

/**
 * @typedef {{shape: number[], values: Float32Array}} Tensor row by row, column by column, channel by channel
 * @typedef {Record<string, any> & {name: string, kind: string, shape: number[]}} Layer
 * @typedef {{layers: Layer[], weights: Record<string, Record<string, Float32Array>>, class_names: string[]}} Network
 * @typedef {{kernel: Float32Array, bias: Float32Array}} Weights
 */

/**
 * Bytes from base64.
 * @param {string} text
 */
export function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = letters.charCodeAt(index);
  return bytes;
}

/**
 * The network with its weights unpacked from base64.
 * @param {any} data network.json
 * @returns {Network}
 */
export function readNetwork(data) {
  /** @type {Network["weights"]} */
  const weights = {};
  for (const stage in data.weights) {
    weights[stage] = {};
    for (const name in data.weights[stage]) {
      weights[stage][name] = new Float32Array(bytesOf(data.weights[stage][name]).buffer);
    }
  }
  return { layers: data.layers, weights, class_names: data.class_names };
}

/**
 * Every stage's tensor by name. Units: `image` is 0 (paper) to 255 (ink).
 * @param {Network} network
 * @param {Uint8Array} image
 * @returns {Record<string, Tensor>}
 */
export function trace(network, image) {
  const [input, ...layers] = network.layers;
  let tensor = { shape: input.shape, values: new Float32Array(image.length) };
  for (let pixel = 0; pixel < image.length; pixel += 1) tensor.values[pixel] = image[pixel] / 255;
  const tensors = { [input.name]: tensor };
  for (const layer of layers) {
    const values = APPLY[layer.kind](layer, tensor, /** @type {any} */ (network.weights[layer.name]));
    tensor = { shape: layer.shape, values };
    tensors[layer.name] = tensor;
  }
  return tensors;
}

/** @type {Record<string, (layer: Layer, input: Tensor, weights: Weights) => Float32Array>} */
const APPLY = {
  conv2d: convolve,
  relu: rectify,
  max_pool2d: pool,
  average_pool2d: pool,
  flatten: (_, input) => input.values,
  dense,
  softmax,
};

/**
 * Rows of zeros before the first when the border is padded; the odd one comes last, as in Keras.
 * @param {Layer} layer
 * @param {number} size
 * @param {number} outputSize
 */
export function borderBefore(layer, size, outputSize) {
  if (layer.padding === "valid") return 0;
  return Math.max((outputSize - 1) * layer.strides + layer.kernel_size - size, 0) >> 1;
}

/**
 * What one output cell reads: values that are not zero, and where the kernel's lanes hold their weights.
 * @typedef {{count: number, values: Float64Array, weights: Int32Array}} Patch
 */

const LANES = 4; // filters weighed side by side, their sums in registers

/** @type {WeakMap<Float32Array, Float64Array>} */
const LANED = new WeakMap();

/**
 * @param {Layer} layer
 * @param {Tensor} input
 * @param {Weights} weights
 */
function convolve(layer, input, { kernel, bias }) {
  const [height, width, depth] = input.shape;
  const [rows, columns, filters] = layer.shape;
  const top = borderBefore(layer, height, rows);
  const left = borderBefore(layer, width, columns);
  const lanes = inLanes(kernel, filters);
  const patch = emptyPatch(kernel.length / filters);
  const maps = new Float32Array(rows * columns * filters);
  for (let row = 0, cell = 0; row < rows; row += 1) {
    const firstRow = row * layer.strides - top;
    for (let column = 0; column < columns; column += 1, cell += filters) {
      const firstColumn = column * layer.strides - left;
      patch.count = 0;
      for (let y = Math.max(firstRow, 0); y < Math.min(firstRow + layer.kernel_size, height); y += 1) {
        const from = Math.max(firstColumn, 0);
        const to = Math.min(firstColumn + layer.kernel_size, width);
        const weight = ((y - firstRow) * layer.kernel_size + from - firstColumn) * depth;
        collect(patch, input.values, (y * width + from) * depth, (y * width + to) * depth, weight);
      }
      weigh(patch, lanes, bias, maps, cell);
    }
  }
  return maps;
}

/**
 * @param {Layer} layer
 * @param {Tensor} input
 * @param {Weights} weights
 */
function dense(layer, input, { kernel, bias }) {
  const [units] = layer.shape;
  const patch = emptyPatch(input.values.length);
  const scores = new Float32Array(units);
  collect(patch, input.values, 0, input.values.length, 0);
  weigh(patch, inLanes(kernel, units), bias, scores, 0);
  return scores;
}

/** @param {number} size */
function emptyPatch(size) {
  return { count: 0, values: new Float64Array(size), weights: new Int32Array(size) };
}

/**
 * Add a run of inputs to a patch. Zeros are left out: most of an image is paper, most of a rectified map is zero.
 * @param {Patch} patch
 * @param {Float32Array} values
 * @param {number} start
 * @param {number} stop
 * @param {number} weight the place of the first input's weight
 */
function collect(patch, values, start, stop, weight) {
  for (let at = start; at < stop; at += 1, weight += 1) {
    const value = values[at];
    if (value === 0) continue;
    patch.values[patch.count] = value;
    patch.weights[patch.count] = weight * LANES;
    patch.count += 1;
  }
}

/**
 * Write, from `cell` on, the weighted sum of a patch for every filter, plus its bias.
 * @param {Patch} patch
 * @param {Float64Array} lanes
 * @param {Float32Array} bias
 * @param {Float32Array} maps
 * @param {number} cell
 */
function weigh({ count, values, weights }, lanes, bias, maps, cell) {
  for (let filter = 0, start = 0; filter < bias.length; filter += LANES, start += values.length * LANES) {
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let index = 0; index < count; index += 1) {
      const value = values[index];
      const lane = start + weights[index];
      first += value * lanes[lane];
      second += value * lanes[lane + 1];
      third += value * lanes[lane + 2];
      fourth += value * lanes[lane + 3];
    }
    maps[cell + filter] = first + bias[filter];
    if (filter + 1 < bias.length) maps[cell + filter + 1] = second + bias[filter + 1];
    if (filter + 2 < bias.length) maps[cell + filter + 2] = third + bias[filter + 2];
    if (filter + 3 < bias.length) maps[cell + filter + 3] = fourth + bias[filter + 3];
  }
}

/**
 * A kernel's weights, four filters at a time: for every input, the weights of those four; zeros complete the last four.
 * @param {Float32Array} kernel
 * @param {number} filters
 */
function inLanes(kernel, filters) {
  let lanes = LANED.get(kernel);
  if (lanes) return lanes;
  const inputs = kernel.length / filters;
  lanes = new Float64Array(Math.ceil(filters / LANES) * LANES * inputs);
  for (let index = 0; index < kernel.length; index += 1) {
    const filter = index % filters;
    const group = Math.trunc(filter / LANES);
    lanes[(group * inputs + Math.trunc(index / filters)) * LANES + (filter % LANES)] = kernel[index];
  }
  LANED.set(kernel, lanes);
  return lanes;
}

/**
 * @param {Layer} _
 * @param {Tensor} input
 */
function rectify(_, { values }) {
  const kept = new Float32Array(values.length);
  for (let index = 0; index < values.length; index += 1) if (values[index] > 0) kept[index] = values[index];
  return kept;
}

/**
 * @param {Layer} layer
 * @param {Tensor} input
 */
function pool(layer, { shape, values }) {
  const [rows, columns, channels] = layer.shape;
  const size = layer.pool_size;
  const average = layer.kind === "average_pool2d";
  const pooled = new Float32Array(rows * columns * channels);
  for (let row = 0, index = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const corner = (row * shape[1] + column) * size;
      for (let channel = 0; channel < channels; channel += 1, index += 1) {
        let largest = -Infinity;
        let sum = 0;
        for (let y = 0; y < size; y += 1) {
          for (let x = 0; x < size; x += 1) {
            const value = values[(corner + y * shape[1] + x) * channels + channel];
            largest = value > largest ? value : largest;
            sum += value;
          }
        }
        pooled[index] = average ? sum / size ** 2 : largest;
      }
    }
  }
  return pooled;
}

/**
 * @param {Layer} _
 * @param {Tensor} input
 */
function softmax(_, { values }) {
  const largest = Math.max(...values);
  const powers = Array.from(values, (score) => Math.exp(score - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}
