// Draws moments of a scene: a canvas for every sheet, vectors for the rest. Only what changed is touched.

import { probesOf, scaleOf, stageNamed, votesOf } from "./exhibit.js";
import { paletteOf } from "./paint.js";
import { actorAt, scanCell, spanOf } from "./scene.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./exhibit.js").Exhibit} Exhibit */
/** @typedef {import("./scene.js").Actor} Actor */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").State} State */
/** @typedef {{palette: import("./paint.js").Palette, line: string}} Look the theme's colours: of the maps, of frames */
/** @typedef {{show(state: State): void, repaint(exhibit: Exhibit, look: Look): void, node: Element}} Performer */

const NOWHERE = { opacity: 0 };
const AHEAD = 1; // stages before they are in sight that sheets are painted, one at every move
const SVG = "http://www.w3.org/2000/svg";
const SCORE_HEIGHT = 70; // units of the largest score's bar
const FULL_HEIGHT = 300; // units of the bar of probability 1

/** @type {Record<string, (actor: Actor, scene: Scene) => Performer>} */
const PERFORMERS = { sheet, window: kernelWindow, values, votes, bars };

/**
 * Put the scene's actors into `world`, an element of the scene's size in CSS pixels.
 * @param {HTMLElement} world
 * @param {Scene} scene
 */
export function mountPlayer(world, scene) {
  const overlay = svg("svg", { viewBox: `0 0 ${scene.width} ${scene.height}`, class: "player__overlay" });
  const cast = scene.actors.map((actor) => {
    const performer = PERFORMERS[actor.kind](actor, scene);
    (actor.kind === "sheet" ? world : overlay).append(performer.node);
    const [from, to] = spanOf(actor);
    return { actor, performer, from, to, last: "", stale: true };
  });
  /** @type {[Exhibit, Look]} */
  let exhibited;

  /** @param {typeof cast[number]} member */
  function refresh(member) {
    if (member.stale) member.performer.repaint(...exhibited);
    member.stale = false;
  }

  world.append(overlay);
  return {
    /** @param {number} t */
    show(t) {
      for (const member of cast) {
        const state = t < member.from || t > member.to ? NOWHERE : actorAt(member.actor, t);
        const key = state.opacity > 0 ? Object.values(state).join() : "";
        if (key === member.last) continue;
        const { style } = /** @type {HTMLElement} */ (member.performer.node);
        if (!key || !member.last || member.last === "?") style.display = key ? "" : "none";
        member.last = key;
        if (!key) continue;
        refresh(member);
        style.opacity = String(state.opacity);
        member.performer.show(state);
      }
      const soon = cast.find(({ stale, from, to }) => stale && t > from - AHEAD && t < to + AHEAD);
      if (soon) refresh(soon);
    },
    /**
     * Have another image, or theme, in the next moment shown; who is out of sight is painted once in sight.
     * @param {Exhibit} exhibit
     * @param {string} theme
     */
    repaint(exhibit, theme) {
      const line = getComputedStyle(document.body).getPropertyValue("--figure-line");
      exhibited = [exhibit, { palette: paletteOf(scene, theme), line }];
      for (const member of cast) {
        member.stale = true;
        member.last = "?";
      }
    },
    dispose: () => world.replaceChildren(),
  };
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {string} [words]
 */
function svg(tag, attributes, words) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const name in attributes) element.setAttribute(name, String(attributes[name]));
  if (words !== undefined) element.textContent = words;
  return element;
}

/**
 * @param {Actor} actor
 * @returns {Performer}
 */
function kernelWindow(actor) {
  const { steps, stride, offset, size } = actor;
  const node = svg("path", { class: "player__window" });
  return {
    node,
    show({ x, y, a, b, d, scan }) {
      const [row, column] = scanCell(scan, steps[0], steps[1]).map((step) => step * stride + offset);
      const corner = [x + a * column, y + b * column + d * row];
      node.setAttribute("d", `M${corner}l${[a * size, b * size]}v${d * size}l${[-a * size, -b * size]}Z`);
    },
    repaint() {},
  };
}

/**
 * @param {Actor} actor
 * @returns {Performer}
 */
function values(actor) {
  const node = svg("g", { class: "player__values" });
  /** @type {ReturnType<typeof probesOf>} */
  let probes = [];
  return {
    node,
    show({ x, y, a, d }) {
      const right = x + a * actor.columns + 28;
      node.replaceChildren(
        ...probes.flatMap(({ row, column, value }) => {
          const corner = { x: x + a * column, y: y + d * row };
          const middle = corner.y + d / 2;
          return [
            svg("rect", { ...corner, width: a, height: d }),
            svg("path", { d: `M${corner.x + a} ${middle}H${right - 6}` }),
            svg("text", { x: right, y: middle + 6 }, value.toFixed(2)),
          ];
        }),
      );
    },
    repaint(exhibit) {
      probes = probesOf(exhibit, actor.image);
    },
  };
}

/**
 * @param {Actor} actor
 * @returns {Performer}
 */
function votes(actor) {
  const node = svg("g", { class: "player__votes", "stroke-dasharray": 1 });
  return {
    node,
    show({ draw }) {
      node.setAttribute("stroke-dashoffset", String(1 - draw));
    },
    repaint(exhibit) {
      const [left, right, top] = actor.from;
      const names = Object.keys(exhibit.tensors);
      const cells = exhibit.tensors[names[names.indexOf(actor.layer) - 1]].values.length;
      const pitch = (right - left) / cells;
      node.replaceChildren(
        ...votesOf(exhibit, actor.layer, actor.count).map(({ cell, unit, strength }) => {
          const x = left + pitch * (cell + 0.5);
          const bend = (actor.to - top) * 0.6;
          const target = actor.centres[unit];
          return svg("path", {
            d: `M${x} ${top}C${[x, top + bend, target, actor.to - bend, target, actor.to]}`,
            pathLength: 1,
            class: strength > 0 ? "is-positive" : "is-negative",
            "stroke-width": (0.5 + 2 * Math.abs(strength)).toFixed(2),
            "stroke-opacity": (0.25 + 0.6 * Math.abs(strength)).toFixed(2),
          });
        }),
      );
    },
  };
}

/**
 * @param {Actor} actor
 * @param {Scene} scene
 * @returns {Performer}
 */
function bars(actor, scene) {
  const { centres, width } = actor;
  const node = svg("g", { class: "player__bars" });
  const columns = centres.map((/** @type {number} */ centre) => {
    const middle = { x: centre, "text-anchor": "middle" };
    const column = {
      bar: svg("rect", { x: centre - width * 0.3, width: width * 0.6 }),
      score: svg("text", { ...middle, class: "player__score" }),
      share: svg("text", { ...middle, class: "player__score" }),
      name: svg("text", { ...middle, y: scene.height - 18 }),
      facts: { score: 0, share: 0, height: 0, winner: false },
    };
    node.append(column.bar, column.score, column.share, column.name);
    return column;
  });
  return {
    node,
    show({ baseline, scores, probabilities }) {
      for (const { bar, score, share, name, facts } of columns) {
        const rise = scores * facts.height + probabilities * FULL_HEIGHT * facts.share;
        bar.setAttribute("y", String(Math.min(baseline, baseline - rise)));
        bar.setAttribute("height", String(Math.max(Math.abs(rise), 1)));
        const deciding = probabilities > scores;
        const sign = facts.score > 0 ? "is-positive" : "is-negative";
        bar.setAttribute("class", deciding ? (facts.winner ? "is-winner" : "is-other") : sign);
        name.classList.toggle("is-chosen", facts.winner && probabilities > 0.5);
        share.classList.toggle("is-chosen", facts.winner);
        for (const [text, shown] of /** @type {[SVGElement, number][]} */ ([[score, scores], [share, probabilities]])) {
          text.setAttribute("y", String(baseline - rise + (rise >= 0 ? -8 : 20)));
          text.setAttribute("opacity", String(Math.max(0, 2 * shown - 1)));
        }
      }
    },
    repaint(exhibit) {
      const [logits, shares] = Object.values(exhibit.tensors).slice(-2);
      const largest = logits.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
      const winner = shares.values.indexOf(Math.max(...shares.values));
      columns.forEach((/** @type {any} */ column, /** @type {number} */ unit) => {
        const score = logits.values[unit];
        const share = shares.values[unit];
        column.facts = { score, share, height: (SCORE_HEIGHT * score) / largest, winner: unit === winner };
        column.score.textContent = score.toFixed(1).replace("-", "−");
        column.share.textContent = `${(100 * share).toFixed(1)}%`;
        column.name.textContent = exhibit.network.class_names[unit];
      });
    },
  };
}

/**
 * The colour scale of a stage as words: its two ends.
 * @param {Exhibit} exhibit
 * @param {string} name
 */
export function legendOf(exhibit, name) {
  const { map, stem } = stageNamed(exhibit.scene, name);
  if (stem === "dense" || stem === "softmax") return null; // bars carry their own numbers
  const end = Number(scaleOf(exhibit, name).toPrecision(2)).toString();
  return { map, low: map === "signed" ? `−${end}` : "0", high: end };
}
