// Ask any number: choose a cell in the figure, and a panel shows where its number came from.

import { readCell, withCell } from "./celladdress.js";
import { followed, hasCell, strongestCell } from "./cells.js";
import { explain } from "./inspect.js";
import { paletteOf } from "./paint.js";
import { buildAsk, buildNotice, buildPanel } from "./inspectorpanel.js";
import { followInAddress } from "./pause.js";
import { cellUnder, outlineOf } from "./pick.js";
import { stageAt } from "./scene.js";
import { themeName } from "./scrolly.js";
import { buildFields, buildPicker, layoutOf } from "./sheets.js";
import { buildSums } from "./sums.js";

/** @typedef {import("./cells.js").Cell} Cell */

const NOTICE = 10_000; // milliseconds that a notice stays

/** @type {Record<string, [number, number, number]>} rows, columns, channels */
const STEPS = {
  ArrowUp: [-1, 0, 0],
  ArrowDown: [1, 0, 0],
  ArrowLeft: [0, -1, 0],
  ArrowRight: [0, 1, 0],
  PageUp: [0, 0, -1],
  PageDown: [0, 0, 1],
  "[": [0, 0, -1],
  "]": [0, 0, 1],
};

/**
 * Let the reader ask a scrolly figure for any of its numbers.
 * @param {HTMLElement & {scroll: ReturnType<typeof import("./scrolly.js").mountScrolly>}} scrolly
 */
export function mountInspector(scrolly) {
  const { scroll } = scrolly;
  const { figure } = scroll;
  const { scene, network } = scroll.exhibit;
  const picker = buildPicker({ onPoint, onChannel: (step) => move([0, 0, step]) });
  const panel = buildPanel(picker.root, close);
  const ask = buildAsk(panel.root.id, () => (place ? close() : open(ask)));
  const notice = buildNotice();
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const listening = new AbortController();
  const { signal } = listening;
  const address = followInAddress(() => withCell(location.href, place), signal);
  /** @type {{stage: string, cell: Cell} | null} */
  let place = null;
  /** @type {HTMLElement} */
  let opener = ask;
  let seen = scrolly.dataset.stage ?? "";
  let openChannel = -1;
  let silence = 0;

  /**
   * @param {string} stage
   * @param {Cell} cell
   */
  function show(stage, cell) {
    const before = place;
    place = { stage, cell };
    if (before?.stage !== stage) openChannel = Number.NaN;
    panel.root.hidden = false;
    ask.setAttribute("aria-expanded", "true");
    refresh();
    address.changed();
  }

  function refresh() {
    if (!place) return;
    const { exhibit } = scroll;
    const { stage, cell } = place;
    const explanation = explain(exhibit, stage, cell);
    const palette = paletteOf(scene, themeName());
    if (Number.isNaN(openChannel)) openChannel = loudestPart(explanation);
    panel.tell(stage, explanation);
    panel.root.classList.toggle("is-line", layoutOf(exhibit, stage).rows === 1);
    picker.show(exhibit, stage, cell, palette);
    panel.fields.replaceChildren(...buildFields(exhibit, stage, cell, Math.max(openChannel, 0), palette));
    panel.sums.replaceChildren(buildSums(explanation, palette, openChannel, write));
    outline();
  }

  /**
   * Write out the numbers of one channel, or of none.
   * @param {number} channel
   */
  function write(channel) {
    const { channel: pressed } = /** @type {HTMLElement} */ (document.activeElement).dataset;
    openChannel = channel;
    refresh();
    /** @type {HTMLElement | null} */ (panel.sums.querySelector(`[data-channel="${pressed}"]`))?.focus();
  }

  /** The clock of the moment in view: where motion is unwelcome the figure shows stages at rest. */
  function shown() {
    return still.matches ? stageAt(scene, scroll.clock).still : scroll.clock;
  }

  /** Frame the chosen cell in the figure. */
  function outline() {
    mark.setAttribute("d", place ? outlineOf(scene, shown(), place.stage, place.cell) : "");
  }

  /** @param {HTMLElement} from */
  function open(from) {
    opener = from;
    show(seen, strongestCell(scroll.exhibit.tensors[seen]));
    picker.sheet.root.focus({ preventScroll: true });
  }

  function close() {
    place = null;
    panel.root.hidden = true;
    ask.setAttribute("aria-expanded", "false");
    outline();
    address.changed();
    opener.focus({ preventScroll: true });
  }

  /** @param {number[]} step */
  function move([down, right, deeper]) {
    if (!place) return;
    const { shape } = scroll.exhibit.tensors[place.stage];
    const { cell, stage } = place;
    const { columns } = layoutOf(scroll.exhibit, stage);
    const flat = shape.length === 1;
    const next = flat
      ? { ...cell, column: cell.column + down * columns + right }
      : { channel: cell.channel + deeper, row: cell.row + down, column: cell.column + right };
    if (Object.values(next).every((at) => at >= 0) && hasCell(shape, next)) show(stage, next);
  }

  /**
   * @param {number} down share of the sheet's height
   * @param {number} across share of its width
   */
  function onPoint(down, across) {
    if (!place || !(down >= 0 && across >= 0 && down < 1 && across < 1)) return;
    const { rows, columns } = layoutOf(scroll.exhibit, place.stage);
    const [row, column] = [Math.trunc(down * rows), Math.trunc(across * columns)];
    const flat = scroll.exhibit.tensors[place.stage].shape.length === 1;
    show(place.stage, flat ? { channel: 0, row: 0, column: row * columns + column } : { ...place.cell, row, column });
  }

  /** @param {MouseEvent} event */
  function onScene(event) {
    const box = figure.stage.getBoundingClientRect();
    const scale = scene.width / box.width;
    const hit = cellUnder(scene, shown(), (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
    if (!hit) return;
    if (!place) opener = figure.root;
    show(seen, followed(network, scroll.exhibit.tensors, hit.stage, hit.cell, seen));
    picker.sheet.root.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const inside = panel.root.contains(/** @type {Node} */ (event.target));
    if (event.key === "Enter" && event.target === figure.root) open(figure.root);
    else if (event.key === "Escape" && place) close();
    else if (inside && event.key in STEPS && !event.ctrlKey && !event.metaKey && !event.altKey) move(STEPS[event.key]);
    else return;
    event.preventDefault();
  }

  /** When the scroll enters another stage, ask for the number that belongs to the last one. */
  function onMoment() {
    const stage = scrolly.dataset.stage ?? "";
    if (stage !== seen && place && place.stage !== stage) show(stage, followed(network, scroll.exhibit.tensors, place.stage, place.cell, stage));
    seen = stage;
    if (place) outline();
  }

  /** @param {string} words */
  function tellOnce(words) {
    notice.textContent = words;
    silence = setTimeout(() => notice.replaceChildren(), NOTICE);
  }

  mark.setAttribute("class", "player__chosen");
  figure.foot.append(ask);
  figure.root.append(notice);
  figure.world.querySelector(".player__overlay")?.append(mark);
  scrolly.querySelector(".scrolly__figure")?.after(panel.root);
  figure.stage.classList.add("is-askable");
  figure.stage.addEventListener("click", onScene, { signal });
  scrolly.addEventListener("keydown", onKey, { signal });
  scrolly.addEventListener("exhibit", refresh, { signal });
  scrolly.addEventListener("moment", onMoment, { signal });
  const asked = readCell(location.search, scene.stages);
  if (asked && "cell" in asked) show(asked.stage, asked.cell);
  else if (asked) requestAnimationFrame(() => tellOnce(asked.fault));
  return {
    dispose() {
      clearTimeout(silence);
      listening.abort();
      for (const one of [ask, notice, mark, panel.root]) one.remove();
    },
  };
}

/**
 * The channel that contributes most, in either direction; of none or one, that one.
 * @param {import("./inspect.js").Explanation} explanation
 */
function loudestPart({ parts }) {
  const size = (/** @type {import("./inspect.js").Part} */ { grids }) =>
    Math.abs(grids[grids.length - 1].values.reduce((sum, value) => sum + value, 0));
  return parts.length ? parts.reduce((best, part) => (size(part) > size(best) ? part : best)).channel : -1;
}
