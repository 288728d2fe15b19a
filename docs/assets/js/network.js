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
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
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
  let tensor = { shape: input.shape, values: Float32Array.from(image, (level) => Math.fround(level / 255)) };
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
  relu: (_, input) => input.values.map((value) => Math.max(value, 0)),
  max_pool2d: (layer, input) => pool(layer, input, (largest, value) => Math.max(largest, value), -Infinity, 1),
  average_pool2d: (layer, input) => pool(layer, input, (sum, value) => sum + value, 0, 1 / layer.pool_size ** 2),
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
 * @param {Layer} layer
 * @param {Tensor} input
 * @param {Weights} weights
 */
function convolve(layer, input, { kernel, bias }) {
  const [height, width, depth] = input.shape;
  const [rows, columns, filters] = layer.shape;
  const size = layer.kernel_size;
  const top = borderBefore(layer, height, rows);
  const left = borderBefore(layer, width, columns);
  const maps = new Float32Array(rows * columns * filters);
  for (let row = 0, cell = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, cell += filters) {
      for (let filter = 0; filter < filters; filter += 1) maps[cell + filter] = bias[filter];
      for (let y = 0; y < size; y += 1) {
        const from = row * layer.strides + y - top;
        if (from < 0 || from >= height) continue;
        for (let x = 0; x < size; x += 1) {
          const at = column * layer.strides + x - left;
          if (at < 0 || at >= width) continue;
          for (let channel = 0; channel < depth; channel += 1) {
            const value = input.values[(from * width + at) * depth + channel];
            if (value === 0) continue;
            const weight = ((y * size + x) * depth + channel) * filters;
            for (let filter = 0; filter < filters; filter += 1) maps[cell + filter] += value * kernel[weight + filter];
          }
        }
      }
    }
  }
  return maps;
}

/**
 * @param {Layer} layer
 * @param {Tensor} input
 * @param {(sofar: number, value: number) => number} combine
 * @param {number} start
 * @param {number} factor
 */
function pool(layer, input, combine, start, factor) {
  const [rows, columns, channels] = layer.shape;
  const size = layer.pool_size;
  const pooled = new Float32Array(rows * columns * channels);
  for (let index = 0; index < pooled.length; index += 1) {
    const channel = index % channels;
    const column = Math.trunc(index / channels) % columns;
    const row = Math.trunc(index / channels / columns);
    let sofar = start;
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        const cell = (row * size + y) * input.shape[1] + column * size + x;
        sofar = combine(sofar, input.values[cell * channels + channel]);
      }
    }
    pooled[index] = sofar * factor;
  }
  return pooled;
}

/**
 * @param {Layer} layer
 * @param {Tensor} input
 * @param {Weights} weights
 */
function dense(layer, input, { kernel, bias }) {
  const units = layer.shape[0];
  const scores = Float64Array.from(bias);
  input.values.forEach((value, index) => {
    for (let unit = 0; unit < units; unit += 1) scores[unit] += value * kernel[index * units + unit];
  });
  return Float32Array.from(scores);
}

/**
 * @param {Layer} _
 * @param {Tensor} input
 */
function softmax(_, input) {
  const largest = Math.max(...input.values);
  const powers = Array.from(input.values, (score) => Math.exp(score - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}
