// From a point of the scene to a cell, and from a cell to its outline in the scene. No DOM in here.

import { actorAt, filledCells, stageAt } from "./scene.js";

/**
 * @typedef {import("./cells.js").Cell} Cell
 * @typedef {import("./scene.js").Actor} Actor
 * @typedef {import("./scene.js").Scene} Scene
 */

const SEEN = 0.5; // the opacity from which a sheet counts as visible
const LABEL = 40; // units from the bottom edge to above a class's name
const GAP = 6; // units between the outlines of neighbouring classes

/**
 * The cell under a point at clock `t`: on the topmost visible sheet of the current stage, else on the topmost of any.
 * @param {Scene} scene
 * @param {number} t
 * @param {number} x
 * @param {number} y
 * @returns {{stage: string, cell: Cell} | null}
 */
export function cellUnder(scene, t, x, y) {
  const current = stageAt(scene, t).name;
  const hits = scene.actors.map((actor) => HITS[actor.kind]?.(actor, scene, t, x, y)).filter((hit) => hit);
  hits.reverse();
  return hits.find((hit) => hit?.stage === current) ?? hits[0] ?? null;
}

/** @type {Record<string, (actor: Actor, scene: Scene, t: number, x: number, y: number) => {stage: string, cell: Cell} | null>} */
const HITS = {
  sheet(actor, scene, t, x, y) {
    const state = actorAt(actor, t);
    if (state.opacity < SEEN) return null;
    const column = Math.floor((x - state.x) / state.a);
    const row = Math.floor((y - state.y - state.b * ((x - state.x) / state.a)) / state.d);
    const { rows, columns } = actor;
    const inside = row >= 0 && column >= 0 && row < rows && column < columns;
    if (!inside || row * columns + column >= filledCells(state.scan ?? 1, rows, columns)) return null;
    const [stage, part] = actor.image.split("/");
    const cell = isVector(scene, stage) ? { channel: 0, row: 0, column: Number(part) * columns + column } : { channel: Number(part), row, column };
    return { stage, cell };
  },
  bars({ tracks, centres, width }, scene, t, x) {
    const unit = centres.findIndex((/** @type {number} */ centre) => Math.abs(x - centre) <= width / 2);
    const visible = actorAt(/** @type {any} */ ({ tracks }), t).opacity >= SEEN;
    return visible && unit >= 0 ? { stage: stageAt(scene, t).name, cell: { channel: 0, row: 0, column: unit } } : null;
  },
};

/**
 * The outline, as an SVG path, of a cell where the scene shows it at clock `t`; empty where it does not.
 * @param {Scene} scene
 * @param {number} t
 * @param {string} stage
 * @param {Cell} cell
 */
export function outlineOf(scene, t, stage, { channel, row, column }) {
  const flat = isVector(scene, stage);
  const scored = scene.stages.slice(-2).some(({ name }) => name === stage);
  const shows = (/** @type {Actor} */ { kind, image, columns }) =>
    kind === "sheet" ? image === `${stage}/${flat ? Math.trunc(column / columns) : channel}` : kind === "bars" && scored;
  const actor = scene.actors.findLast((one) => shows(one) && actorAt(one, t).opacity >= SEEN);
  if (!actor) return "";
  if (actor.kind === "bars") {
    const { centres, width } = actor;
    return `M${centres[column] - width / 2 + GAP} ${scene.height - LABEL}h${width - 2 * GAP}v${LABEL - GAP}h${2 * GAP - width}Z`;
  }
  const { x, y, a, b, d } = actorAt(actor, t);
  const at = flat ? column % actor.columns : column;
  return `M${x + a * at} ${y + b * at + d * row}l${a} ${b}v${d}l${-a} ${-b}Z`;
}

/**
 * @param {Scene} scene
 * @param {string} stage
 */
function isVector(scene, stage) {
  return scene.stages.some(({ name, shape }) => name === stage && shape.length === 1);
}
