// A digit to push around while three networks say what they see.

import { button, element } from "./controls.js";
import { buildTeller, paintSheet, sheetCanvas, standBefore, themeMaps } from "./easel.js";
import { bytesOf, readNetwork } from "./network.js";
import { answerOf, seenOf, placed, readRivals } from "./rivals.js";
import { grouped } from "./telling.js";

const MARGIN = 8; // pixels that the field is wider than an image, on every side
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const NAMES = { cnn: "Convolutional", wide: "Dense, large", dense: "Dense, same size" };

/** Load the dense networks, once, by a script: pages opened from a folder may load nothing else. */
function loadContenders() {
  const known = /** @type {any} */ (globalThis).chapterContenders;
  if (known) return Promise.resolve(known);
  const numbers = /** @type {HTMLScriptElement | null} */ (document.querySelector('script[src*="chapter-data.js"]'));
  if (!numbers) return Promise.resolve({});
  const script = document.createElement("script");
  script.src = numbers.src.replace("chapter-data.js", "contenders.js");
  return new Promise((resolve) => {
    script.addEventListener("load", () => resolve(/** @type {any} */ (globalThis).chapterContenders ?? {}));
    script.addEventListener("error", () => resolve({}));
    document.head.append(script);
  });
}

/** One line per network: its name and size, its answer, and how sure it is. @param {string} name @param {number} parameters */
function buildJudge(name, parameters) {
  const answer = element("strong", "judge__answer");
  const sure = element("span", "judge__sure");
  const bar = element("span", "judge__bar");
  const called = /** @type {Record<string, string>} */ (NAMES)[name];
  const size = element("span", "judge__size", `${grouped(parameters)} parameters`);
  const root = element("li", `judge judge--${name}`, element("span", "judge__name", called), size, answer, bar, sure);
  return {
    root,
    /** @param {string} label @param {number} probability @param {boolean} right */
    show(label, probability, right) {
      root.classList.toggle("is-wrong", !right);
      answer.textContent = label;
      sure.textContent = `${right ? "right" : "wrong"}, ${Math.round(100 * probability)}% sure`;
      bar.style.setProperty("--share", String(probability));
    },
    told: () => `${called}: ${answer.textContent}, ${sure.textContent}`,
  };
}

/** @param {{rows: number, columns: number}} place */
function describePlace({ rows, columns }) {
  const down = rows ? `${Math.abs(rows)} ${rows > 0 ? "down" : "up"}` : "";
  const across = columns ? `${Math.abs(columns)} ${columns > 0 ? "right" : "left"}` : "";
  return [across, down].filter(Boolean).join(", ") || "not moved";
}

/** The number of parameters of a network's layers. @param {any} network */
function sizeOf(network) {
  const arrays = Object.values(network.weights).flatMap((one) => Object.values(/** @type {any} */ (one)));
  return arrays.reduce((sum, array) => sum + /** @type {any} */ (array).length, 0);
}

/**
 * Put the field and the judges on top of the figure's still.
 * @param {HTMLElement} figure
 * @param {any} data chapter-data.js
 */
export async function mountShiftLab(figure, data) {
  const cnn = readNetwork(data.network);
  const rivals = readRivals(await loadContenders(), cnn.class_names);
  if (!Object.keys(rivals).length) return { dispose() {} };
  /** @type {Record<string, import("./rivals.js").Rival>} */
  const networks = { cnn, wide: rivals.wide, dense: rivals.dense };
  const { samples, hero } = data.digits;
  const judges = Object.entries(networks).map(([name, network]) => ({ network, ...buildJudge(name, sizeOf(network)) }));
  const side = cnn.layers[0].shape[0] + 2 * MARGIN;
  const canvas = sheetCanvas("shift__field", side, side);
  const frame = element("span", "shift__frame");
  const field = element("div", "shift__stage", canvas, frame);
  const where = element("p", "lab__label");
  const teller = buildTeller();
  const place = { rows: 0, columns: 0 };
  let digit = hero;

  function show() {
    const pixels = placed(bytesOf(samples[digit].image), place, MARGIN);
    paintSheet(canvas, pixels, themeMaps(data.forward_pass.maps).ink, "ink", 255);
    const seen = seenOf(pixels, MARGIN);
    for (const judge of judges) {
      const { label, probability } = answerOf(judge.network, seen);
      judge.show(cnn.class_names[label], probability, label === samples[digit].label);
    }
    where.textContent = `${cnn.class_names[samples[digit].label]}, ${describePlace(place)}`;
    teller.say(`${where.textContent}. ${judges.map((judge) => judge.told()).join(". ")}.`);
  }

  /** @param {number} rows @param {number} columns */
  function moveTo(rows, columns) {
    place.rows = Math.min(Math.max(rows, -MARGIN), MARGIN);
    place.columns = Math.min(Math.max(columns, -MARGIN), MARGIN);
    show();
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const step = /** @type {Record<string, number[]>} */ (ARROWS)[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(place.rows + step[0], place.columns + step[1]);
  }

  /** @param {PointerEvent} down */
  function grab(down) {
    const start = { ...place };
    const cell = canvas.getBoundingClientRect().width / side;
    const holding = new AbortController();
    const options = { signal: holding.signal };
    canvas.setPointerCapture(down.pointerId);
    canvas.addEventListener(
      "pointermove",
      (event) => {
        const [rows, columns] = [event.clientY - down.clientY, event.clientX - down.clientX];
        moveTo(start.rows + Math.round(rows / cell), start.columns + Math.round(columns / cell));
      },
      options,
    );
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => holding.abort(), options);
  }

  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "A digit to move: drag it, or use the arrow keys. The networks see what is inside the frame.");
  canvas.addEventListener("keydown", press);
  canvas.addEventListener("pointerdown", grab);
  const next = button("lab__button", "Take another digit", "Another digit", () => {
    digit = (digit + 1) % samples.length;
    show();
  });
  const centre = button("lab__button", "Put the digit back in the middle", "Back to the middle", () => moveTo(0, 0));
  const controls = element("div", "lab__controls", where, next, centre);
  const list = element("ul", "judges", ...judges.map(({ root }) => root));
  const help = element("p", "lab__help", "Drag the digit, or move it with the arrow keys. The networks see what is inside the frame.");
  const lab = element("div", "lab shift", help, element("div", "shift__desk", field, list), controls, teller.root);
  return standBefore(figure, lab, show, teller);
}
