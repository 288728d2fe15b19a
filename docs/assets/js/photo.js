// Finds the ink in a photo of one digit: paper, light and specks are taken away. No DOM in here.

/** @typedef {{grey: Float32Array, width: number, height: number}} Photo grey from 0, black, to 255, row by row */

const ROUNDS = 12; // fits of the paper, each without what the last one found to be no paper
const SAMPLES = 4000; // pixels that a fit looks at
const BORDER = 0.8; // the first fit looks beyond this distance from the middle, where there is rarely ink
const CLOSE_TO_PAPER = 1.5; // times the median distance from the paper: what is further is left out of the next fit
const FAINT = 24; // grey levels by which ink must differ from paper
const NOISE = 4; // deviations of the paper's noise that ink must exceed
const SPECK = 0.0004; // of the photo's area: less is dirt
const PART = 0.05; // of the largest stroke: a part of the digit is larger
const EDGE_OF_PAPER = 0.2; // of all ink: as much must be left to call what touches the border no part of the digit

/**
 * How much ink each pixel carries, 0 to 255; null if nothing stands out from the background.
 * @param {Photo} photo
 */
export function inkOf(photo) {
  const relief = reliefOf(photo);
  const noise = 1.48 * median(relief.map(Math.abs)); // the deviation, if it is normal
  const level = Math.max(otsu(relief), NOISE * noise);
  const low = Math.max(level / 2, 3 * noise);
  const parts = partsOf(relief, photo.width, low, level);
  const kept = chosen(parts, photo.width * photo.height);
  const strong = kept.flatMap(({ cells }) => cells.filter((cell) => relief[cell] > level));
  const full = strong.reduce((sum, cell) => sum + relief[cell], 0) / strong.length;
  if (!(full >= FAINT)) return null;
  const ink = new Uint8Array(relief.length);
  for (const { cells } of kept) {
    for (const cell of cells) ink[cell] = Math.round(255 * Math.min((relief[cell] - low) / (full - low), 1));
  }
  return ink;
}

/**
 * How far each pixel stands out from the paper; ink is positive, whether it is darker or lighter.
 * @param {Photo} photo
 */
function reliefOf({ grey, width, height }) {
  const paper = paperOf({ grey, width, height });
  const relief = grey.map((level, cell) => dot(paper, basis(cell, width, height)) - level);
  const skew = relief.reduce((sum, value) => sum + value ** 3, 0); // ink is rare, so the long tail is ink
  return skew < 0 ? relief.map((value) => -value) : relief;
}

/**
 * The light on the paper as a quadratic surface.
 * @param {Photo} photo
 */
function paperOf({ grey, width, height }) {
  const stride = Math.max(1, Math.floor(grey.length / SAMPLES)) | 1; // odd, so that no column is looked at alone
  const samples = [];
  for (let cell = 0; cell < grey.length; cell += stride) samples.push({ at: basis(cell, width, height), level: grey[cell] });
  let kept = samples.filter(({ at }) => Math.max(Math.abs(at[1]), Math.abs(at[2])) > BORDER);
  let surface = fitted(kept);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gaps = samples.map(({ at, level }) => Math.abs(dot(surface, at) - level));
    const near = Math.max(CLOSE_TO_PAPER * median(gaps), 1);
    kept = samples.filter((_, index) => gaps[index] <= near);
    surface = fitted(kept);
  }
  return surface;
}

/**
 * 1, x, y, x², xy, y² of a pixel, with x and y from -1 to 1.
 * @param {number} cell
 * @param {number} width
 * @param {number} height
 */
function basis(cell, width, height) {
  const x = (2 * (cell % width)) / Math.max(width - 1, 1) - 1;
  const y = (2 * Math.trunc(cell / width)) / Math.max(height - 1, 1) - 1;
  return [1, x, y, x * x, x * y, y * y];
}

/**
 * @param {number[]} one
 * @param {number[]} other
 */
function dot(one, other) {
  return one.reduce((sum, value, index) => sum + value * other[index], 0);
}

/**
 * The least squares fit, by Gauss-Jordan elimination; a ridge keeps it finite for photos of a few pixels.
 * @param {{at: number[], level: number}[]} samples
 */
function fitted(samples) {
  const size = 6;
  const rows = Array.from({ length: size }, (_, i) => Array.from({ length: size + 1 }, (_, j) => (i === j ? 1e-6 : 0)));
  for (const { at, level } of samples) {
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) rows[i][j] += at[i] * at[j];
      rows[i][size] += at[i] * level;
    }
  }
  for (let i = 0; i < size; i += 1) {
    const pivot = rows[i][i];
    rows[i] = rows[i].map((value) => value / pivot);
    for (let j = 0; j < size; j += 1) {
      const factor = rows[j][i];
      if (j !== i) rows[j] = rows[j].map((value, k) => value - factor * rows[i][k]);
    }
  }
  return rows.map((row) => row[size]);
}

/**
 * @param {number[] | Float32Array} values
 */
function median(values) {
  return Float32Array.from(values).sort()[values.length >> 1] ?? 0;
}

/**
 * The level that parts paper from ink best: the largest variance between the two.
 * Source: N. Otsu (1979), A threshold selection method from gray-level histograms.
 * @param {Float32Array} relief
 */
function otsu(relief) {
  const counts = new Float64Array(256);
  for (const value of relief) counts[Math.min(Math.max(Math.round(value), 0), 255)] += 1;
  const whole = counts.reduce((sum, count, level) => sum + count * level, 0);
  let [below, sum, best, parting] = [0, 0, -1, 0];
  for (let level = 0; level < 255; level += 1) {
    below += counts[level];
    sum += counts[level] * level;
    const above = relief.length - below;
    if (!below || !above) continue;
    const between = below * above * (sum / below - (whole - sum) / above) ** 2;
    if (between > best) [best, parting] = [between, level];
  }
  return parting;
}

/**
 * Connected pixels above `low`, each part with the number of those above `level` and whether it touches the border.
 * @param {Float32Array} relief
 * @param {number} width
 * @param {number} low
 * @param {number} level
 */
function partsOf(relief, width, low, level) {
  const height = relief.length / width;
  const seen = relief.map((value) => Number(value <= low));
  const parts = [];
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start]) continue;
    const part = { cells: [start], area: 0, border: false };
    seen[start] = 1;
    for (const cell of part.cells) {
      const [x, y] = [cell % width, Math.trunc(cell / width)];
      part.area += Number(relief[cell] > level);
      part.border ||= x === 0 || y === 0 || x === width - 1 || y === height - 1;
      for (const next of neighbours(x, y, width, height)) {
        if (seen[next]) continue;
        seen[next] = 1;
        part.cells.push(next); // the loop goes on to what is added
      }
    }
    parts.push(part);
  }
  return parts;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
function* neighbours(x, y, width, height) {
  for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row += 1) {
    for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column += 1) yield row * width + column;
  }
}

/**
 * The parts of the digit: no specks, and no edge of the paper unless nothing else is there.
 * @param {ReturnType<typeof partsOf>} parts
 * @param {number} area
 */
function chosen(parts, area) {
  const strokes = parts.filter((part) => part.area >= Math.max(SPECK * area, 1));
  const inside = strokes.filter(({ border }) => !border);
  const left = total(inside) >= EDGE_OF_PAPER * total(strokes) ? inside : strokes;
  const largest = Math.max(...left.map((part) => part.area));
  return left.filter((part) => part.area >= PART * largest);
}

/** @param {{area: number}[]} parts */
function total(parts) {
  return parts.reduce((sum, { area }) => sum + area, 0);
}
