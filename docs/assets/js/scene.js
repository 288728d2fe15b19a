// The scene's clock: the twin of genfigs/scenes/__init__.py. No DOM in here.

/**
 * @typedef {number | [number[], number[]] | [number[], number[], number]} TrackData a constant, or times, values, and 1 if linear
 * @typedef {Record<string, number>} State
 * @typedef {{name: string, kind: string, tracks: Record<string, TrackData>, [fact: string]: any}} Actor
 * @typedef {{name: string, stem: string, title: string, clause: string, shape: number[], parameters: number, map: string, still: number}} Stage
 * @typedef {{name: string, width: number, height: number, stages: Stage[], actors: Actor[], maps: Record<string, Record<string, string[]>>}} Scene
 */

/**
 * The value of one property at clock `t`: constant outside its keyframes, eased in between.
 * @param {TrackData} track
 * @param {number} t
 */
export function trackAt(track, t) {
  if (typeof track === "number") return track;
  const [times, values, linear] = track;
  let after = 0;
  while (after < times.length && times[after] <= t) after += 1;
  if (after === 0) return values[0];
  if (after === times.length) return values[after - 1];
  const progress = (t - times[after - 1]) / (times[after] - times[after - 1]);
  const eased = linear ? progress : progress * progress * (3 - 2 * progress);
  return values[after - 1] + (values[after] - values[after - 1]) * eased;
}

/**
 * Every property of an actor at clock `t`.
 * @param {Actor} actor
 * @param {number} t
 * @returns {State}
 */
export function actorAt(actor, t) {
  /** @type {State} */
  const state = {};
  for (const property in actor.tracks) state[property] = trackAt(actor.tracks[property], t);
  return state;
}

/**
 * From when to when an actor can be seen at all.
 * @param {Actor} actor
 * @returns {[number, number]}
 */
export function spanOf(actor) {
  const track = actor.tracks.opacity;
  if (typeof track === "number") return track > 0 ? [-Infinity, Infinity] : [Infinity, -Infinity];
  const [times, values] = track;
  const first = values.findIndex((value) => value > 0);
  const last = values.findLastIndex((value) => value > 0);
  const from = first > 0 ? times[first - 1] : -Infinity;
  return [from, last < values.length - 1 ? times[last + 1] : Infinity];
}

/**
 * The stage whose turn it is at clock `t`.
 * @param {Scene} scene
 * @param {number} t
 */
export function stageAt(scene, t) {
  return scene.stages[Math.min(Math.max(Math.trunc(t), 0), scene.stages.length - 1)];
}

/**
 * The [row, column] a kernel stands on when it has covered the share `scan` of all positions.
 * @param {number} scan
 * @param {number} rows
 * @param {number} columns
 */
export function scanCell(scan, rows, columns) {
  const index = Math.min(filledCells(scan, rows, columns), rows * columns - 1);
  return [Math.trunc(index / columns), index % columns];
}

/**
 * How many cells of a map are filled once the share `scan` of its positions is done.
 * @param {number} scan
 * @param {number} rows
 * @param {number} columns
 */
export function filledCells(scan, rows, columns) {
  return Math.min(Math.trunc(scan * (rows * columns)), rows * columns);
}
