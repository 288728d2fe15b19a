// Single sheets seen from the front, with a frame around some of their cells: to choose from, and to look back.

import { fieldsOf, fullest, gridOf } from "./cells.js";
import { button, element } from "./controls.js";
import { pictureOf } from "./exhibit.js";
import { paintCells } from "./paint.js";

/**
 * @typedef {import("./cells.js").Cell} Cell
 * @typedef {import("./exhibit.js").Exhibit} Exhibit
 * @typedef {import("./paint.js").Palette} Palette
 * @typedef {{top: number, left: number, bottom: number, right: number}} Box first and one past the last row and column
 */

/**
 * How the numbers of a stage lie on a sheet: maps as they are, a flattened tensor one position a row, scores in one row.
 * @param {Exhibit} exhibit
 * @param {string} stage
 */
export function layoutOf({ network: { layers } }, stage) {
  const at = layers.findIndex(({ name }) => name === stage);
  const { shape } = layers[at];
  if (shape.length === 3) return { rows: shape[0], columns: shape[1] };
  const columns = layers[at].kind === "flatten" ? gridOf(layers[at - 1].shape).channels : shape[0];
  return { rows: shape[0] / columns, columns };
}

/** An empty sheet; `show` fills it. */
export function buildSheet() {
  const canvas = document.createElement("canvas");
  const mark = element("span", "sheet__mark");
  canvas.setAttribute("aria-hidden", "true");
  return {
    root: element("div", "sheet", canvas, mark),
    /**
     * @param {Exhibit} exhibit
     * @param {string} stage
     * @param {number} channel
     * @param {Box} box
     * @param {Palette} palette
     */
    show(exhibit, stage, channel, box, palette) {
      const { rows, columns } = layoutOf(exhibit, stage);
      const vector = exhibit.tensors[stage].shape.length === 1;
      const picture = pictureOf(exhibit, { image: `${stage}/${channel}`, rows, columns: vector ? rows * columns : columns });
      paintCells(canvas, { ...picture, columns }, palette);
      canvas.style.aspectRatio = `${columns} / ${rows}`;
      const share = (/** @type {number} */ part, /** @type {number} */ whole) => `${(100 * part) / whole}%`;
      mark.style.left = share(box.left, columns);
      mark.style.width = share(box.right - box.left, columns);
      mark.style.top = share(box.top, rows);
      mark.style.height = share(box.bottom - box.top, rows);
    },
  };
}

/**
 * Where a cell lies on its stage's sheet.
 * @param {Exhibit} exhibit
 * @param {string} stage
 * @param {Cell} cell
 * @returns {Box}
 */
export function boxOf(exhibit, stage, { row, column }) {
  const { columns } = layoutOf(exhibit, stage);
  const [top, left] = [row + Math.trunc(column / columns), column % columns];
  return { top, left, bottom: top + 1, right: left + 1 };
}

/**
 * Every earlier stage that has maps, as a small sheet with the receptive field of a cell framed on it. Where several
 * channels are read, the one in which most is seen stands for all; right before the stage it is the `open` one.
 * @param {Exhibit} exhibit
 * @param {string} stage
 * @param {Cell} cell
 * @param {number} open
 * @param {Palette} palette
 */
export function buildFields(exhibit, stage, cell, open, palette) {
  const { layers } = exhibit.network;
  const at = layers.findIndex(({ name }) => name === stage);
  const figures = [];
  let shown = open;
  for (const field of fieldsOf(exhibit.network, stage, cell).slice(0, -1).reverse()) {
    const tensor = exhibit.tensors[field.stage];
    const next = layers.findIndex(({ name }) => name === field.stage) + 1;
    if (tensor.shape.length < 3) continue;
    const mixed = layers[next].kind === "conv2d" || layers[next].kind === "flatten";
    if ((mixed && next < at) || !field.channels.includes(shown)) shown = fullest(tensor, field);
    figures.unshift(fieldFigure(exhibit, field, shown, palette));
  }
  return figures;
}

/**
 * @param {Exhibit} exhibit
 * @param {import("./cells.js").Field} field
 * @param {number} channel
 * @param {Palette} palette
 */
function fieldFigure(exhibit, { stage, rows, columns }, channel, palette) {
  const sheet = buildSheet();
  const box = { top: rows[0], left: columns[0], bottom: rows[rows.length - 1] + 1, right: columns[columns.length - 1] + 1 };
  sheet.show(exhibit, stage, channel, box, palette);
  const several = exhibit.tensors[stage].shape[2] > 1;
  const facts = element("span", "", `${rows.length}×${columns.length}${several ? ` · ch. ${channel}` : ""}`);
  return element("figure", "fields__one", sheet.root, element("figcaption", "", stage, facts));
}

/**
 * The sheet to choose from: drag on it, or use the arrow keys; the buttons change the channel.
 * @param {{onPoint: (row: number, column: number) => void, onChannel: (step: number) => void}} actions
 */
export function buildPicker({ onPoint, onChannel }) {
  const sheet = buildSheet();
  const label = element("span", "picker__label");
  const channels = element("div", "picker__channels", button("player__step", "Previous channel", "‹", () => onChannel(-1)), label, button("player__step", "Next channel", "›", () => onChannel(+1)));
  sheet.root.classList.add("picker__sheet");
  sheet.root.tabIndex = 0;
  sheet.root.setAttribute("role", "group");

  /** @param {PointerEvent} event */
  function point(event) {
    if (event.type === "pointermove" && !(event.buttons & 1)) return;
    const box = sheet.root.getBoundingClientRect();
    onPoint((event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width);
  }

  sheet.root.addEventListener("pointerdown", point);
  sheet.root.addEventListener("pointermove", point);
  return {
    root: element("div", "picker", sheet.root, channels),
    sheet,
    /**
     * @param {Exhibit} exhibit
     * @param {string} stage
     * @param {Cell} cell
     * @param {Palette} palette
     */
    show(exhibit, stage, cell, palette) {
      const count = gridOf(exhibit.tensors[stage].shape).channels;
      const keys = count > 1 ? "Arrow keys choose a cell, Page Up and Page Down another channel." : "Arrow keys choose a cell.";
      sheet.show(exhibit, stage, cell.channel, boxOf(exhibit, stage, cell), palette);
      sheet.root.setAttribute("aria-label", `The numbers of ${stage}. ${keys}`);
      channels.hidden = count === 1;
      label.textContent = `channel ${cell.channel}`;
    },
  };
}
