// The arithmetic of one number as tables: what it read, with which weights, and what that adds up to.

import { levelIndex } from "./colour.js";
import { button, element } from "./controls.js";
import { printed } from "./decimal.js";
import { paintCells } from "./paint.js";

/**
 * @typedef {import("./inspect.js").Explanation} Explanation
 * @typedef {import("./inspect.js").Grid} Grid
 * @typedef {import("./inspect.js").Part} Part
 * @typedef {import("./decimal.js").Line} Line
 * @typedef {import("./paint.js").Palette} Palette
 */

const SIGNS = ["", "×", "="];

/**
 * Everything that adds up to the number.
 * @param {Explanation} explanation
 * @param {Palette} palette
 * @param {number} open the channel whose numbers are written out
 * @param {(channel: number) => void} onOpen
 */
export function buildSums({ parts, lines }, palette, open, onOpen) {
  const rows = lines.flatMap((line, index) => {
    const part = line.role === "term" && parts[index]?.lines.length ? parts[index] : null;
    if (!part) return [row(line)];
    const shown = part.channel === open;
    return [partRow(part, line, palette, shown, onOpen), ...(shown ? [detail(part, palette)] : [])];
  });
  const candidates = parts.filter((part) => !part.lines.length).flatMap(({ grids }) => grids.map((grid) => numbers(grid, palette)));
  const table = element("table", "sums__table", element("tbody", "", ...rows));
  return element("div", "sums", ...candidates, table);
}

/** @param {Line} line */
function row({ role, name, formula, text }) {
  const made = element("tr", `sums__${role}`, heading(name), element("td", "sums__formula", formula), element("td", "sums__number", text));
  return made;
}

/** @param {Node | string} content */
function heading(content) {
  const made = element("th", "sums__name", content);
  made.setAttribute("scope", "row");
  return made;
}

/**
 * @param {Part} part
 * @param {Line} line
 * @param {Palette} palette
 * @param {boolean} shown
 * @param {(channel: number) => void} onOpen
 */
function partRow({ channel, grids }, { name, text }, palette, shown, onOpen) {
  const opener = button("sums__open", `${name}: ${shown ? "hide" : "show"} its numbers`, name, () => onOpen(shown ? -1 : channel));
  opener.setAttribute("aria-expanded", String(shown));
  opener.dataset.channel = String(channel);
  const minis = grids.flatMap((grid, index) => [SIGNS[index], miniature(grid, palette)]);
  return element("tr", "sums__part", heading(opener), element("td", "sums__minis", ...minis), element("td", "sums__number", text));
}

/**
 * @param {Grid} grid
 * @param {Palette} palette
 */
function miniature(grid, palette) {
  const canvas = document.createElement("canvas");
  canvas.className = "sums__mini";
  canvas.setAttribute("aria-hidden", "true");
  paintCells(canvas, grid, palette);
  return canvas;
}

/**
 * The numbers of one channel: patch × kernel = products, and what the products add up to.
 * @param {Part} part
 * @param {Palette} palette
 */
function detail({ grids, lines }, palette) {
  const last = lines.slice(grids[0].values.length).map((line) => row({ ...line, formula: "", name: line.role === "total" ? "sum of the products" : line.name }));
  const tables = grids.map((grid, index) => element("div", "sums__step", SIGNS[index], numbers(grid, palette)));
  const rest = element("table", "sums__table", element("tbody", "", ...last));
  const cell = /** @type {HTMLTableCellElement} */ (element("td", "", element("div", "sums__grids", ...tables), rest));
  cell.colSpan = 3;
  return element("tr", "sums__detail", cell);
}

/**
 * @param {number} value
 * @param {Grid} grid
 * @param {Palette} palette
 */
function colourOf(value, { map, scale }, palette) {
  const level = levelIndex(value, map, scale) * 3;
  return palette[map].subarray(level, level + 3);
}

/**
 * A grid with its numbers written in, on their colours.
 * @param {Grid} grid
 * @param {Palette} palette
 */
function numbers(grid, palette) {
  const { name, columns, values, outside, chosen } = grid;
  const cells = values.map((value, index) => {
    const cell = element("td", outside?.[index] ? "is-outside" : index === chosen ? "is-chosen" : "", printed(value));
    cell.style.setProperty("--cell", `rgb(${colourOf(value, grid, palette).join()})`);
    return cell;
  });
  const rows = Array.from({ length: values.length / columns }, (_, at) => element("tr", "", ...cells.slice(at * columns, (at + 1) * columns)));
  const caption = element("caption", "", name);
  return element("table", "sums__grid", caption, element("tbody", "", ...rows));
}
