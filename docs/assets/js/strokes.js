// Strokes of a soft pen, as ink on a sheet. No DOM in here.

/** @typedef {[number, number]} Point x right and y down, in pixels of the sheet */

export const SIZE = 280; // pixels a side: ten to a pixel of the network's image
const RADIUS = 13; // a stroke as thick as those of the training digits
const EDGE = 3; // pixels over which the ink fades out; the network's larger pixels soften it further
const STEP = 4; // pixels between the points of a curve: too short to see a corner

/** A sheet of paper that remembers its strokes. */
export function createStrokes() {
  /** @type {Point[][]} */
  let strokes = [];
  const ink = new Uint8Array(SIZE * SIZE);

  function redraw() {
    ink.fill(0);
    for (const stroke of strokes) {
      stroke.forEach((_, index) => advance(stroke.slice(0, index + 1)));
      finish(stroke);
    }
  }

  /**
   * Draw what the last point of a stroke adds: a curve between the middles of its last two lines.
   * @param {Point[]} stroke
   */
  function advance(stroke) {
    const [before, corner, at] = [stroke.at(-3), stroke.at(-2), /** @type {Point} */ (stroke.at(-1))];
    if (!corner) return line(ink, at, at);
    const start = before ? middle(before, corner) : corner;
    curve(ink, start, corner, middle(corner, at));
  }

  /** @param {Point[]} stroke */
  function finish(stroke) {
    const [corner, at] = stroke.slice(-2);
    if (at) line(ink, middle(corner, at), at);
  }

  return {
    sheet: { ink, width: SIZE, height: SIZE },
    get empty() {
      return strokes.length === 0;
    },
    /** @param {Point} point */
    begin(point) {
      strokes.push([point]);
      advance([point]);
    },
    /** @param {Point} point */
    extend(point) {
      const stroke = strokes[strokes.length - 1];
      stroke.push(point);
      advance(stroke.slice(-3));
    },
    end() {
      finish(strokes[strokes.length - 1]);
    },
    undo() {
      strokes.pop();
      redraw();
    },
    clear() {
      strokes = [];
      ink.fill(0);
    },
  };
}

/**
 * @param {Point} one
 * @param {Point} other
 * @returns {Point}
 */
function middle([x1, y1], [x2, y2]) {
  return [(x1 + x2) / 2, (y1 + y2) / 2];
}

/**
 * A curve from `start` to `end` that bends towards `corner`.
 * @param {Uint8Array} ink
 * @param {Point} start
 * @param {Point} corner
 * @param {Point} end
 */
function curve(ink, start, corner, end) {
  const length = Math.hypot(corner[0] - start[0], corner[1] - start[1]) + Math.hypot(end[0] - corner[0], end[1] - corner[1]);
  const steps = Math.max(1, Math.ceil(length / STEP));
  let last = start;
  for (let step = 1; step <= steps; step += 1) {
    const t = step / steps;
    const weights = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    /** @type {Point} */
    const next = [
      weights[0] * start[0] + weights[1] * corner[0] + weights[2] * end[0],
      weights[0] * start[1] + weights[1] * corner[1] + weights[2] * end[1],
    ];
    line(ink, last, next);
    last = next;
  }
}

/**
 * The ink of a straight line: full up to the pen's radius, then fading out; ink never gets paler.
 * @param {Uint8Array} ink
 * @param {Point} from
 * @param {Point} to
 */
function line(ink, from, to) {
  const reach = RADIUS + EDGE;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const square = dx * dx + dy * dy || 1;
  const [left, right] = range(from[0], to[0], reach);
  const [top, bottom] = range(from[1], to[1], reach);
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]];
      const along = Math.min(Math.max((px * dx + py * dy) / square, 0), 1);
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const level = Math.round(255 * Math.min(Math.max((RADIUS - distance) / EDGE + 0.5, 0), 1));
      if (level > ink[y * SIZE + x]) ink[y * SIZE + x] = level;
    }
  }
}

/**
 * The pixels within `reach` of two coordinates, as far as the sheet has them.
 * @param {number} one
 * @param {number} other
 * @param {number} reach
 */
function range(one, other, reach) {
  const first = Math.floor(Math.min(one, other) - reach);
  const last = Math.ceil(Math.max(one, other) + reach);
  return [Math.max(first, 0), Math.min(last, SIZE)];
}
