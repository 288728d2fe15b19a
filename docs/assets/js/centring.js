// Any drawing sized and centred as MNIST's digits are: the twin of genfigs/data/centring.py. No DOM in here.

/**
 * @typedef {{ink: Uint8Array, width: number, height: number}} Sheet ink from 0, paper, to 255, row by row
 * @typedef {{left: number, top: number, side: number}} Square
 */

const SIDE = 28;
const BOX = 20;
const MIDDLE = 14; // the index at which MNIST's own images have their centre of mass
const RIM = (SIDE - BOX) / 2;
const PALE = 0.25; // of the darkest ink: paler rims do not count when the ink is measured, else its softness would
const HALF = 0.5 + 1e-9; // rounds a tie up even when the sum was taken in another order

/**
 * The whole sheet, reduced to a network's image; the ink stays where it is.
 * @param {Sheet} sheet
 */
export function asPlaced(sheet) {
  const side = Math.max(sheet.width, sheet.height);
  const left = -((side - sheet.width) >> 1);
  const top = -((side - sheet.height) >> 1);
  return Uint8Array.from(averaged(sheet, { left, top, side }, SIDE), (level) => Math.floor(level + 0.5));
}

/**
 * The ink scaled to a 20 x 20 box, its centre of mass moved by whole pixels to the middle.
 * @param {Sheet} sheet
 */
export function centred(sheet) {
  const image = new Uint8Array(SIDE * SIDE);
  const square = inkSquare(sheet);
  if (!square) return image;
  const small = averaged(sheet, square, BOX);
  const [down, right] = stepsOf(small);
  for (let row = 0; row < BOX; row += 1) {
    for (let column = 0; column < BOX; column += 1) {
      const at = (row + RIM + down) * SIDE + column + RIM + right;
      image[at] = Math.floor(small[row * BOX + column] + 0.5);
    }
  }
  return image;
}

/**
 * The square around the ink, its palest rim left out; null on an empty sheet.
 * @param {Sheet} sheet
 * @returns {Square | null}
 */
export function inkSquare({ ink, width, height }) {
  let darkest = 0;
  for (const level of ink) if (level > darkest) darkest = level;
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (ink[y * width + x] <= PALE * darkest) continue;
      if (top < 0) top = y;
      bottom = y;
      if (x < left) left = x;
      if (x > right) right = x;
    }
  }
  if (top < 0) return null;
  const [wide, high] = [right - left + 1, bottom - top + 1];
  const side = Math.max(wide, high);
  return { left: left - ((side - wide) >> 1), top: top - ((side - high) >> 1), side };
}

/**
 * A square of the sheet as `cells` x `cells` means; what lies beyond the sheet is paper.
 * @param {Sheet} sheet
 * @param {Square} square
 * @param {number} cells
 */
export function averaged({ ink, width, height }, { left, top, side }, cells) {
  const means = new Float64Array(cells * cells);
  const shares = overlaps(side, cells);
  const line = new Float64Array(cells);
  for (let y = Math.max(top, 0); y < Math.min(top + side, height); y += 1) {
    line.fill(0);
    for (let x = Math.max(left, 0); x < Math.min(left + side, width); x += 1) {
      const level = ink[y * width + x];
      if (level) for (const [cell, share] of shares[x - left]) line[cell] += share * level;
    }
    for (const [row, share] of shares[y - top]) {
      for (let column = 0; column < cells; column += 1) means[row * cells + column] += share * line[column];
    }
  }
  return means;
}

/**
 * For each of `size` pixels, the cells that it covers and which share of them.
 * @param {number} size
 * @param {number} cells
 */
function overlaps(size, cells) {
  const scale = cells / size;
  return Array.from({ length: size }, (_, pixel) => {
    /** @type {[number, number][]} */
    const covered = [];
    for (let cell = Math.floor(pixel * scale); cell < cells && cell < (pixel + 1) * scale; cell += 1) {
      const share = Math.min((pixel + 1) * scale, cell + 1) - Math.max(pixel * scale, cell);
      if (share > 0) covered.push([cell, share]);
    }
    return covered;
  });
}

/**
 * By how many rows and columns the box moves; no further than its margin, so that no ink is cut.
 * @param {Float64Array} small
 */
function stepsOf(small) {
  const sums = [0, 0];
  let mass = 0;
  small.forEach((level, cell) => {
    mass += level;
    sums[0] += level * (Math.trunc(cell / BOX) + RIM);
    sums[1] += level * ((cell % BOX) + RIM);
  });
  return sums.map((sum) => Math.max(-RIM, Math.min(RIM, Math.floor(MIDDLE - sum / mass + HALF))));
}
