// What a first layer costs, by formula: the twin of genfigs/experiments/bill.py. No DOM in here.

/**
 * Parameters and multiplications of a dense layer with one neuron per input.
 * @param {number} side
 * @param {number} channels
 */
export function denseBill(side, channels) {
  const inputs = side * side * channels;
  return { parameters: inputs * inputs + inputs, multiplications: inputs * inputs };
}

/**
 * The same of a convolution.
 * @param {number} side
 * @param {number} channels
 * @param {{filters: number, kernel_size: number, strides: number, padding: string}} convolution
 */
export function convolutionBill(side, channels, { filters, kernel_size: size, strides, padding }) {
  const cells = Math.ceil((side - (padding === "valid" ? size - 1 : 0)) / strides);
  const weights = size * size * channels;
  return { parameters: (weights + 1) * filters, multiplications: cells * cells * filters * weights };
}
