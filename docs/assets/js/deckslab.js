// Two decks in step: an image and the same image moved, and what did not move along.

import { element } from "./controls.js";
import { buildSlider, buildTeller, paintSheet, sheetCanvas, standBefore, themeMaps } from "./easel.js";
import { differenceOf, jumpsOf, loudest, sheetOf, wholeCells } from "./moving.js";
import { bytesOf, readNetwork, trace } from "./network.js";
import { seenOf, placed } from "./rivals.js";

const FARTHEST = 8; // pixels
const ROWS = ["as it is", "moved", "difference"]; // of the last two: what did not move along
const ROUNDING = 1e-5; // of the largest value, as in genfigs/experiments/equivariance.py

/**
 * @param {HTMLElement} figure
 * @param {any} data chapter-data.js
 */
export function mountDecksLab(figure, data) {
  const network = readNetwork(data.network);
  const jumps = jumpsOf(network.layers);
  const stages = network.layers.filter(({ name, kind }) => name in jumps && kind !== "relu");
  const image = bytesOf(data.digits.samples[data.digits.hero].image);
  const still = trace(network, image);
  const teller = buildTeller();
  const columns = stages.map(({ name, shape }) => {
    const canvases = ROWS.map(() => sheetCanvas("decks__sheet", shape[0], shape[1]));
    const word = element("span", "decks__word");
    const told = canvases.map((canvas, row) => {
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${name}, ${ROWS[row]}`);
      return canvas;
    });
    return { name, canvases, word, root: element("div", "decks__stage", element("span", "decks__name", name), ...told, word) };
  });
  const slider = buildSlider("Pixels moved to the right", { min: 0, max: FARTHEST, value: 1 }, show);
  const count = element("output", "lab__label");
  const names = element("div", "decks__rows", ...ROWS.map((text) => element("span", "decks__row", text)));
  const deck = element("div", "decks", names, ...columns.map(({ root }) => root));
  const lab = element("div", "lab", element("div", "lab__controls", slider.root, count), deck, teller.root);

  function show() {
    const pixels = Number(slider.input.value);
    const moved = trace(network, seenOf(placed(image, { rows: 0, columns: pixels }, FARTHEST), FARTHEST));
    const maps = themeMaps(data.forward_pass.maps);
    count.textContent = String(pixels);
    const told = columns.map(({ name, canvases, word }) => {
      const channel = loudest(still[name]);
      const scale = still[name].values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      const [before, after] = [still, moved].map((tensors) => sheetOf(tensors[name], channel));
      const cells = wholeCells(pixels, jumps[name]);
      const gap = differenceOf(before, after, canvases[0].width, cells);
      const map = name === "input" ? "ink" : "signed";
      paintSheet(canvases[0], before, maps[map], map, scale);
      paintSheet(canvases[1], after, maps[map], map, scale);
      paintSheet(canvases[2], gap, maps.signed, "signed", scale);
      const differ = gap.filter((value) => Math.abs(value) > ROUNDING * scale).length;
      const share = differ / (before.length * (1 - cells / canvases[0].width));
      word.textContent = differ ? `${Math.round(100 * share)}% differ` : "exactly";
      word.classList.toggle("is-changed", differ > 0);
      return `${name}: ${word.textContent}`;
    });
    teller.say(`Moved by ${pixels} pixels. ${told.join(". ")}.`);
  }

  return standBefore(figure, lab, show, teller);
}
