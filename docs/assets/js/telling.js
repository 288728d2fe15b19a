// What a stage did to one image, in words: the twin of genfigs/scenes/telling.py. No DOM in here.

/** @typedef {import("./exhibit.js").Exhibit} Exhibit */
/** @typedef {import("./network.js").Tensor} Tensor */
/** @typedef {import("./scene.js").Stage} Stage */

/**
 * One or two sentences with the stage's shape and what can be seen in it.
 * @param {Stage} stage
 * @param {Exhibit} exhibit
 */
export function tell(stage, exhibit) {
  return `${stage.title}, ${stage.shape.join(" × ")}: ${TELLERS[stage.stem](exhibit.tensors[stage.name], exhibit)}`;
}

/**
 * A whole number with commas; `toLocaleString` would load the rules of every language first.
 * @param {number} count
 */
export function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @type {Record<string, (tensor: Tensor, exhibit: Exhibit) => string>} */
const TELLERS = {
  input: ({ values }, exhibit) => {
    const shown = typeof exhibit.label === "number" ? nameOf(exhibit, exhibit.label) : (exhibit.label ?? "your drawing");
    return `it shows ${shown} in grey levels; ${share(values, (value) => value > 0)} of the pixels carry ink.`;
  },
  conv: ({ shape, values }) => {
    const range = `${signed(Math.min(...values))} to ${signed(Math.max(...values))}`;
    const negative = share(values, (value) => value < 0);
    return `${shape[2]} feature maps with values from ${range}; ${negative} of them are negative.`;
  },
  relu: ({ shape, values }) => {
    const lit = new Set();
    values.forEach((value, index) => value !== 0 && lit.add(index % shape[2]));
    const dark = shape[2] - lit.size;
    const silent = dark ? ` ${dark === 1 ? "One map" : `${dark} maps`} stayed empty.` : "";
    return `negative numbers became zero; ${share(values, (value) => value > 0)} of the numbers are left.${silent}`;
  },
  pool: ({ shape, values }) => {
    const [rows, columns, channels] = shape;
    const kept = `one number of every block is left, up to ${Math.max(...values).toFixed(1)}`;
    return `${channels} maps of ${rows} × ${columns} cells; ${kept}.`;
  },
  flatten: ({ values }) => {
    const above = values.filter((value) => value > 0).length;
    return `the same numbers in one line; ${above} of ${values.length} are above zero.`;
  },
  dense: ({ values }, exhibit) => {
    const [first, second] = ranking(values);
    const then = `${nameOf(exhibit, second)} with ${signed(values[second])}`;
    return `one score per class; ${nameOf(exhibit, first)} has the largest, ${signed(values[first])}, then ${then}.`;
  },
  softmax: ({ values }, exhibit) => {
    const [winner] = ranking(values);
    const given = `the network gives ${nameOf(exhibit, winner)} a probability of ${percent(values[winner])}`;
    if (typeof exhibit.label !== "number") return `${given}.`;
    const right = winner === exhibit.label;
    return `${given}, ${right ? "which is right" : `but the image shows ${nameOf(exhibit, exhibit.label)}`}.`;
  },
};

/**
 * The indices of `values`, the largest first.
 * @param {Float32Array} values
 */
export function ranking(values) {
  return Array.from(values.keys()).sort((i, j) => values[j] - values[i] || i - j);
}

/**
 * @param {Exhibit} exhibit
 * @param {number} unit
 */
function nameOf(exhibit, unit) {
  return exhibit.network.class_names[unit];
}

/** @param {number} value */
function signed(value) {
  return value.toFixed(1).replace("-", "−");
}

/** @param {number} value */
function percent(value) {
  return `${(100 * value).toFixed(1)}%`;
}

/**
 * @param {Float32Array} values
 * @param {(value: number) => boolean} counts
 */
function share(values, counts) {
  return `${((100 * values.filter(counts).length) / values.length).toFixed(0)}%`;
}
