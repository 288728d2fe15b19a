// One scrolly figure: scene, numbers, player, scroll and controls wired together.

import { readAddress, stageIn, withState } from "./address.js";
import { buildControls, element } from "./controls.js";
import { bytesOf, readNetwork, trace } from "./network.js";
import { followInAddress } from "./pause.js";
import { legendOf, mountPlayer } from "./player.js";
import { stageAt } from "./scene.js";
import { mountScroll, scrollToClock } from "./scroll.js";
import { grouped, tell } from "./telling.js";
import { buildTray } from "./tray.js";

const REST = 0.8; // of a stage: its act is over and its card still in view
const NARROW = "(max-width: 59.99em)";

/** The theme in force: Material's switch sets it on the body. */
export function themeName() {
  return document.body.dataset.mdColorScheme === "slate" ? "dark" : "light";
}

/**
 * The figure's frame: head line, stage area, legend, and the polite announcement.
 * @param {import("./scene.js").Scene} scene
 */
function buildFigure(scene) {
  const parts = {
    title: element("p", "player__title"),
    clause: element("p", "player__clause"),
    shape: element("p", "player__shape"),
    count: element("p", "player__count"),
    world: element("div", "player__world"),
    legend: element("p", "player__legend"),
    status: element("p", "player__status"),
  };
  parts.status.setAttribute("role", "status");
  const stage = element("div", "player__stage", parts.world);
  stage.style.aspectRatio = `${scene.width} / ${scene.height}`;
  stage.setAttribute("aria-hidden", "true");
  parts.world.style.width = `${scene.width}px`;
  parts.world.style.height = `${scene.height}px`;
  const head = element("div", "player__head", parts.title, parts.shape, parts.clause, parts.count);
  const foot = element("div", "player__foot", parts.legend);
  const root = element("div", "player", head, stage, foot, parts.status);
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "One image on its way through the network. Left and right arrow keys change the stage, Enter asks for a number.");
  return { ...parts, root, stage, foot };
}

/**
 * Start one scrolly figure. Its element tells who listens: `exhibit` when another image travels or the theme changed,
 * `moment` when the clock moved.
 * @param {HTMLElement} scrolly
 * @param {any} data chapter-data.js
 */
export function mountScrolly(scrolly, data) {
  /** @type {import("./scene.js").Scene} */
  const scene = data[/** @type {string} */ (scrolly.dataset.scene).replaceAll("-", "_")];
  const network = readNetwork(data.network);
  const { samples, hero } = data.digits;
  const shared = readAddress(location.search, { digits: samples.length, stages: scene.stages.map(({ name }) => name) });
  const figure = buildFigure(scene);
  const tape = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (scrolly.querySelectorAll(".tape a"))];
  const sections = [.../** @type {NodeListOf<HTMLElement>} */ (scrolly.querySelectorAll(".stage"))];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia(NARROW);
  const player = mountPlayer(figure.world, scene);
  const controls = buildControls(scene, seek, (step) => go(stageIndex() + step));
  const tray = buildTray({ samples, names: network.class_names, maps: scene.maps }, choose);
  const listening = new AbortController();
  const address = followInAddress(addressNow, listening.signal);
  /** @type {number | string | null} */
  let digit = shared.digit ?? hero;
  let exhibit = exhibitOf(bytesOf(samples[digit].image), samples[digit].label);
  let current = "";
  let clock = 0;

  /**
   * @param {Uint8Array} image
   * @param {number | string | null} label
   */
  function exhibitOf(image, label) {
    return { network, scene, image, label, tensors: trace(network, image) };
  }

  /** The height in the window at which a stage begins and ends, in pixels. */
  function line() {
    return innerHeight * (narrow.matches ? 0.75 : 0.5);
  }

  function stageIndex() {
    return Math.min(Math.trunc(clock), sections.length - 1);
  }

  /** @param {number} t */
  function show(t) {
    clock = t;
    const stage = stageAt(scene, t);
    player.show(still.matches ? stage.still : t);
    controls.show(t, stage);
    scrolly.dataset.progress = t.toFixed(3);
    if (stage.name !== current) enter(stage);
    else address.moved();
    scrolly.dispatchEvent(new CustomEvent("moment"));
  }

  /** @param {import("./scene.js").Stage} stage */
  function enter(stage) {
    const first = current === "";
    current = stage.name;
    scrolly.dataset.stage = stage.name;
    const count = grouped(stage.shape.reduce((product, size) => product * size, 1));
    const weights = stage.parameters ? ` · ${grouped(stage.parameters)} parameters` : "";
    figure.title.textContent = stage.title;
    figure.clause.textContent = stage.clause;
    figure.shape.textContent = stage.shape.join(" × ");
    figure.count.textContent = `${count} numbers${weights}`;
    for (const link of tape) {
      if (link.dataset.stage === stage.name) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    describe();
    if (!first) address.changed();
  }

  /** Say in words what the current stage did, and show its colour scale. */
  function describe() {
    figure.status.textContent = tell(scene.stages[stageIndex()], exhibit);
    const legend = legendOf(exhibit, current);
    const ramp = element("span", "player__ramp");
    if (legend) ramp.dataset.map = legend.map;
    figure.legend.replaceChildren(...(legend ? [legend.low, ramp, legend.high] : []));
  }

  function addressNow() {
    const inside = clock > 0 && clock < sections.length;
    return inside || digit !== hero ? withState(location.href, { digit, stage: current }) : null;
  }

  function repaint() {
    player.repaint(exhibit, themeName());
    setTimeout(() => tray.repaint(themeName())); // out of sight at first, and one long task would hold the page up
    show(clock);
    scrolly.dispatchEvent(new CustomEvent("exhibit"));
  }

  /** @param {number} index */
  function choose(index) {
    send(bytesOf(samples[index].image), samples[index].label, index);
  }

  /**
   * Let another image travel. `label` is its class or, when nobody knows that, what to call it; `index` is a
   * sample's, or the fragment of the address that holds the image.
   * @param {Uint8Array} image
   * @param {number | string | null} label
   * @param {number | string | null} index
   */
  function send(image, label = null, index = null) {
    digit = index;
    exhibit = exhibitOf(image, label);
    tray.mark(index);
    repaint();
    describe();
    address.changed();
  }

  /** @param {number} t */
  function seek(t) {
    scrollToClock(sections, line(), t);
  }

  /** @param {number} index */
  function go(index) {
    seek(Math.min(Math.max(index, 0), sections.length - 1) + REST);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    /** @type {Record<string, number>} */
    const targets = { ArrowRight: stageIndex() + 1, ArrowLeft: stageIndex() - 1, Home: 0, End: sections.length - 1 };
    if (event.target !== figure.root || !(event.key in targets)) return;
    event.preventDefault();
    go(targets[event.key]);
  }

  /** Go where the address points; a reload or a step in the history keeps the exact position instead. */
  function goToAddress() {
    const wanted = stageIn(location.hash, shared.stage);
    const index = scene.stages.findIndex(({ name }) => name === wanted);
    if (index >= 0) go(index);
  }

  /** @param {MouseEvent} event */
  function onTape(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (link?.closest(".tape") && link.hash === location.hash) goToAddress(); // no hashchange will follow
  }

  const resize = new ResizeObserver(() => {
    figure.world.style.scale = String(figure.stage.clientWidth / scene.width);
  });
  const theme = new MutationObserver(repaint);
  scrolly.querySelector(".scrolly__figure")?.prepend(figure.root);
  scrolly.querySelector(".scrolly__figure")?.append(tray.root);
  figure.foot.prepend(controls.root);
  resize.observe(figure.stage);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  scrolly.addEventListener("keydown", onKey, { signal: listening.signal });
  scrolly.addEventListener("click", onTape, { signal: listening.signal });
  addEventListener("hashchange", goToAddress, { signal: listening.signal });
  still.addEventListener("change", repaint, { signal: listening.signal });
  tray.mark(digit);
  repaint();
  const scroll = mountScroll(sections, line, show);
  if (arrivedByLink()) goToAddress();
  return {
    figure,
    seek,
    send,
    samples,
    get exhibit() {
      return exhibit;
    },
    get clock() {
      return clock;
    },
    dispose() {
      listening.abort();
      scroll.dispose();
      resize.disconnect();
      theme.disconnect();
      player.dispose();
      tray.root.remove();
      figure.root.remove();
    },
  };
}

/** Whether the page was opened by a link, not by a reload or a step in the history, which keep the scroll position. */
function arrivedByLink() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return !entry || entry.type === "navigate";
}
