// A cell worth sharing, in the address: &cell=4,11,7 is channel, row, column of its stage. No DOM in here.

import { gridOf, hasCell } from "./cells.js";

/** @typedef {import("./cells.js").Cell} Cell */

const SHOWN = 40; // letters of a malformed value that a notice repeats

/**
 * The cell that a shared address asks for, or what is wrong with it; nothing when it asks for none.
 * @param {string} query
 * @param {{name: string, shape: number[]}[]} stages
 * @returns {{stage: string, cell: Cell} | {fault: string} | null}
 */
export function readCell(query, stages) {
  const parameters = new URLSearchParams(query);
  const asked = parameters.get("cell");
  if (asked === null) return null;
  const wanted = parameters.get("stage") ?? "";
  const stage = stages.find(({ name }) => name === wanted);
  if (!stage) return { fault: `\`stage\` must name a stage of the figure; got \`${wanted.slice(0, SHOWN)}\`; no number is opened` };
  const [channel, row, column] = asked.split(",").map(Number);
  const cell = { channel, row, column };
  if (/^\d{1,6},\d{1,6},\d{1,6}$/.test(asked) && hasCell(stage.shape, cell)) return { stage: stage.name, cell };
  const { channels, rows, columns } = gridOf(stage.shape);
  const rule = `\`cell\` must be channel, row, column, at most ${[channels - 1, rows - 1, columns - 1]} in ${stage.name}`;
  return { fault: `${rule}; got \`${asked.slice(0, SHOWN)}\`; no number is opened` };
}

/**
 * The address with a cell and its stage in the query, or without a cell; a link to a stage would contradict it.
 * @param {string} href
 * @param {{stage: string, cell: Cell} | null} place
 */
export function withCell(href, place) {
  const url = new URL(href);
  url.searchParams.delete("cell");
  if (!place) return url.href;
  const { channel, row, column } = place.cell;
  url.searchParams.set("stage", place.stage);
  if (url.hash.startsWith("#stage-")) url.hash = "";
  return `${url.href.replace(url.hash, "")}&cell=${channel},${row},${column}${url.hash}`; // commas stay readable
}
