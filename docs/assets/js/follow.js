// The figure of the first kernels, drawn again with the maps of the image that travels now.
// The measures are those of genfigs/figures/kernels.py, so that picture and drawing look alike.

import { levelIndex, levels } from "./colour.js";
import { themeName } from "./scrolly.js";

const COLUMNS = 4;
const [KERNEL, MAP, SPACE, HEADING, FOOT] = [60, 104, 16, 26, 22];
const SHARP = 2; // canvas pixels a CSS pixel

/**
 * @typedef {import("./exhibit.js").Exhibit} Exhibit
 * @typedef {{values: Float32Array, side: [number, number], step: number, index: number, scale: number}} Grid
 */

/**
 * What the figure shows: the first convolution's kernels, its maps, and their scales.
 * @param {Exhibit} exhibit
 */
export function kernelsOf({ network, tensors }) {
  const at = network.layers.findIndex(({ kind }) => kind === "conv2d");
  const { name, kernel_size: size, shape } = network.layers[at];
  const depth = network.layers[at - 1].shape[2];
  const filters = shape[2];
  const kernel = network.weights[name].kernel.filter((_, index) => Math.trunc(index / filters) % depth === 0);
  const maps = tensors[name].values;
  const side = /** @type {[number, number]} */ ([shape[0], shape[1]]);
  return { name, size, filters, kernel, maps, side, scales: { kernel: largest(kernel), maps: largest(maps) } };
}

/** @param {Float32Array} values */
function largest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/**
 * The figure in words.
 * @param {Exhibit} exhibit
 */
export function kernelsTold(exhibit) {
  const { name, size, filters, kernel, maps } = kernelsOf(exhibit);
  const { label, network } = exhibit;
  const shown = typeof label === "number" ? network.class_names[label] : (label ?? "your drawing");
  return (
    `The ${filters} learned ${size} × ${size} kernels of ${name} as coloured squares, weights from ${spread(kernel)}, ` +
    `each beside the feature map that it makes of ${shown}, values from ${spread(maps)}.`
  );
}

/** @param {Float32Array} values */
function spread(values) {
  const least = values.reduce((sofar, value) => Math.min(sofar, value));
  const most = values.reduce((sofar, value) => Math.max(sofar, value));
  return `${least.toFixed(2)} to ${most.toFixed(2)}`.replaceAll("-", "−");
}

/**
 * Keep the figure in step; while the default image travels, its still stays.
 * @param {HTMLElement} scrolly
 * @param {{exhibit: Exhibit}} handle
 * @param {Uint8Array} usual the default image
 */
export function mountFollow(scrolly, handle, usual) {
  const figure = document.getElementById("figure-kernels");
  const frame = figure?.querySelector(".figure__frame");
  if (!figure || !frame) return { dispose() {} };
  const canvas = document.createElement("canvas");
  const listening = new AbortController();
  let [near, stale] = [false, false];
  const { width, height } = sizeFor(kernelsOf(handle.exhibit).filters);
  Object.assign(canvas, { className: "figure__live", width: SHARP * width, height: SHARP * height }); // its room, before its paint
  canvas.setAttribute("role", "img");

  function follow() {
    const own = handle.exhibit.image.some((level, cell) => level !== usual[cell]);
    figure.classList.toggle("is-live", own);
    canvas.hidden = !own;
    if (own) canvas.setAttribute("aria-label", kernelsTold(handle.exhibit));
    stale = own;
    if (near) paint();
  }

  function paint() {
    if (!stale) return;
    stale = false;
    drawKernels(canvas, handle.exhibit);
  }

  const nearby = new IntersectionObserver(
    ([entry]) => {
      near = entry.isIntersecting;
      if (near) paint();
    },
    { rootMargin: "50% 0px" },
  );
  frame.prepend(canvas);
  nearby.observe(figure);
  scrolly.addEventListener("exhibit", follow, { signal: listening.signal });
  follow();
  return {
    dispose() {
      listening.abort();
      nearby.disconnect();
      canvas.remove();
      figure.classList.remove("is-live");
    },
  };
}

/** @param {number} filters */
function sizeFor(filters) {
  const rows = Math.ceil(filters / COLUMNS);
  return { width: SPACE + COLUMNS * (KERNEL + MAP + 2 * SPACE), height: 2 * SPACE + rows * (MAP + HEADING + SPACE) + FOOT };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Exhibit} exhibit
 */
function drawKernels(canvas, exhibit) {
  const { size, filters, kernel, maps, side, scales } = kernelsOf(exhibit);
  const { width, height } = sizeFor(filters);
  const brush = brushFor(canvas, width, height);
  const colours = levels(exhibit.scene.maps[themeName()].signed);
  for (let index = 0; index < filters; index += 1) {
    const x = SPACE + (index % COLUMNS) * (KERNEL + MAP + 2 * SPACE);
    const y = SPACE + Math.trunc(index / COLUMNS) * (MAP + HEADING + SPACE) + HEADING;
    const shared = { step: filters, index };
    tile(brush, colours, { values: kernel, side: [size, size], scale: scales.kernel, ...shared }, [x, y, KERNEL]);
    tile(brush, colours, { values: maps, side, scale: scales.maps, ...shared }, [x + KERNEL + 8, y, MAP]);
    brush.fillText(`filter ${index + 1}`, x, y - 8);
  }
  const [weights, answers] = [scales.kernel, scales.maps].map((scale) => Number(scale.toPrecision(2)));
  brush.fillText(`blue: negative · paper: 0 · red: positive · kernels to ±${weights}, maps to ±${answers}`, SPACE, height - 14);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
function brushFor(canvas, width, height) {
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const style = getComputedStyle(document.body);
  Object.assign(canvas, { width: SHARP * width, height: SHARP * height });
  brush.scale(SHARP, SHARP);
  brush.imageSmoothingEnabled = false;
  brush.font = `14px ${style.getPropertyValue("--figure-sans")}`;
  brush.fillStyle = style.getPropertyValue("--figure-muted");
  brush.strokeStyle = style.getPropertyValue("--figure-line");
  return brush;
}

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {Uint8Array} colours
 * @param {Grid} grid
 * @param {[number, number, number]} place left, top and width; square, as in the still
 */
function tile(brush, colours, { values, side: [rows, columns], step, index, scale }, [x, y, size]) {
  const cells = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
  const pixels = new ImageData(columns, rows);
  for (let cell = 0; cell < rows * columns; cell += 1) {
    const level = 3 * levelIndex(values[cell * step + index], "signed", scale);
    pixels.data.set([colours[level], colours[level + 1], colours[level + 2], 255], 4 * cell);
  }
  cells.getContext("2d")?.putImageData(pixels, 0, 0);
  brush.drawImage(cells, x, y, size, size);
  brush.strokeRect(x, y, size, size);
}
