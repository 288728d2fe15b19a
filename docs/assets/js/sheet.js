// One sheet of a deck: a canvas of coloured cells in a hairline frame, placed by a matrix.

import { pictureOf } from "./exhibit.js";
import { paintCells } from "./paint.js";
import { filledCells } from "./scene.js";

const CELL = 8; // canvas pixels a cell
const STEPS = 3; // thicknesses of a frame between one and its double: a stretched sheet is not painted at every move

/**
 * A thickness, in canvas pixels, of about one unit of the scene; the same for the same scale, whatever was before.
 * @param {number} scale units a cell
 */
function hairline(scale) {
  return 2 ** (Math.round(STEPS * Math.log2(CELL / scale)) / STEPS);
}

/**
 * @param {import("./scene.js").Actor} actor
 * @returns {import("./player.js").Performer}
 */
export function sheet(actor) {
  const { rows, columns } = actor;
  const node = document.createElement("canvas");
  node.width = columns * CELL;
  node.height = rows * CELL;
  const brush = /** @type {CanvasRenderingContext2D} */ (node.getContext("2d"));
  const cells = document.createElement("canvas");
  let line = "";
  let painted = -1;
  let frame = [1, 1]; // thickness of the upright and of the level lines, in canvas pixels

  /** @param {number} filled */
  function paint(filled) {
    painted = filled;
    const whole = Math.trunc(filled / columns);
    const rest = filled % columns;
    brush.imageSmoothingEnabled = false;
    brush.clearRect(0, 0, node.width, node.height);
    if (whole) brush.drawImage(cells, 0, 0, columns, whole, 0, 0, columns * CELL, whole * CELL);
    if (rest) brush.drawImage(cells, 0, whole, rest, 1, 0, whole * CELL, rest * CELL, CELL);
    const [upright, level] = frame;
    brush.fillStyle = line;
    for (const x of [0, node.width - upright]) brush.fillRect(x, 0, upright, node.height);
    for (const y of [0, node.height - level]) brush.fillRect(0, y, node.width, level);
  }

  return {
    node,
    show({ x, y, a, b, d, scan = 1 }) {
      node.style.transform = `matrix(${a / CELL},${b / CELL},0,${d / CELL},${x},${y})`;
      const filled = filledCells(scan, rows, columns);
      const [upright, level] = [hairline(a), hairline(d)];
      if (filled === painted && upright === frame[0] && level === frame[1]) return;
      frame = [upright, level];
      paint(filled);
    },
    repaint(exhibit, look) {
      paintCells(cells, pictureOf(exhibit, /** @type {any} */ (actor)), look.palette);
      line = look.line;
      paint(painted < 0 ? rows * columns : painted);
    },
  };
}
