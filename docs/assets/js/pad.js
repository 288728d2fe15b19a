// A sheet of paper to draw on, with a mouse, a pen, a finger or the keyboard.

import { levels } from "./colour.js";
import { element } from "./controls.js";
import { SIZE, createStrokes } from "./strokes.js";

const NUDGE = 10; // pixels of the sheet a key press moves the pen: one pixel of the network's image
const START = SIZE / 4; // where the pen waits for the keyboard
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {(resting: boolean) => void} changed called at most once a frame; `resting` when no pen is down
 */
export function mountPad(changed) {
  const paper = createStrokes();
  const canvas = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE, tabIndex: 0 });
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const pixels = new ImageData(SIZE, SIZE);
  const words = new Uint32Array(pixels.data.buffer);
  const colours = new Uint32Array(256);
  const pen = element("span", "pad__pen");
  const state = element("p", "pad__state");
  const root = element("div", "pad", canvas, pen);
  const held = new Set();
  const place = /** @type {[number, number]} */ ([START, START]);
  let queued = 0;
  /** @type {number | null} */
  let pointer = null;
  let down = false; // the keyboard's pen

  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "drawing pad");
  canvas.setAttribute("aria-label", "Paper. Arrow keys move the pen, Space sets it down or lifts it.");
  state.setAttribute("role", "status");

  function paint() {
    paper.sheet.ink.forEach((level, cell) => (words[cell] = colours[level]));
    brush.putImageData(pixels, 0, 0);
    pen.style.translate = `${(100 * place[0]) / SIZE}cqw ${(100 * place[1]) / SIZE}cqw`;
    root.dataset.pen = down ? "down" : "up";
  }

  function queue() {
    queued ||= requestAnimationFrame(() => {
      queued = 0;
      paint();
      changed(pointer === null && !down);
    });
  }

  /**
   * @param {MouseEvent} event
   * @returns {[number, number]}
   */
  function at(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIZE, ((event.clientY - box.top) / box.height) * SIZE];
  }

  function lift() {
    if (pointer === null && !down) return;
    [pointer, down] = [null, false];
    paper.end();
    say("");
    queue();
  }

  /** @param {string} text */
  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  /** @param {PointerEvent} event */
  function onDown(event) {
    if (event.button !== 0 || pointer !== null) return;
    event.preventDefault();
    lift();
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    paper.begin(at(event));
    queue();
  }

  /** @param {PointerEvent} event */
  function onMove(event) {
    if (event.pointerId !== pointer) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const move of moves.length ? moves : [event]) paper.extend(at(move));
    queue();
  }

  /** @param {PointerEvent} event */
  function onUp(event) {
    if (event.pointerId === pointer) lift();
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") toggle(event.repeat);
    else if (event.key in ARROWS) nudge(event.key);
    else return;
    event.preventDefault();
    queue();
  }

  /** @param {boolean} repeated */
  function toggle(repeated) {
    if (repeated) return;
    if (down) {
      lift();
      say("Pen up");
    } else {
      down = true;
      paper.begin([...place]);
      say("Pen down");
    }
  }

  /**
   * Move the pen; two arrow keys held at once move it diagonally.
   * @param {string} key
   */
  function nudge(key) {
    held.add(key);
    for (const arrow of held) {
      ARROWS[arrow].forEach((step, axis) => (place[axis] = Math.min(Math.max(place[axis] + step * NUDGE, 0), SIZE)));
    }
    if (down) paper.extend([...place]);
  }

  canvas.addEventListener("pointerdown", onDown);
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", onUp);
  canvas.addEventListener("pointercancel", onUp);
  canvas.addEventListener("keydown", onKey);
  canvas.addEventListener("keyup", (event) => held.delete(event.key));
  canvas.addEventListener("blur", () => held.clear());

  return {
    root,
    state,
    canvas,
    paper,
    undo() {
      lift();
      paper.undo();
      queue();
    },
    clear() {
      lift();
      paper.clear();
      queue();
    },
    /** @param {string[]} ink the stops of the colour map */
    repaint(ink) {
      const table = levels(ink);
      colours.forEach((_, level) => {
        const bytes = new Uint8Array([table[3 * level], table[3 * level + 1], table[3 * level + 2], 255]);
        colours[level] = new Uint32Array(bytes.buffer)[0];
      });
      paint();
    },
    dispose: () => cancelAnimationFrame(queued),
  };
}
