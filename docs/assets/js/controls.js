// Buttons and a scrubber under the figure: the same clock as the scroll.

/** @param {string} tag @param {string} className @param {(Node | string)[]} children */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/**
 * @param {string} className
 * @param {string} label
 * @param {string} sign
 * @param {() => void} onClick
 */
export function button(className, label, sign, onClick) {
  const made = /** @type {HTMLButtonElement} */ (element("button", className, sign));
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", onClick);
  return made;
}

/**
 * Previous, next, and a slider over the whole clock.
 * @param {import("./scene.js").Scene} scene
 * @param {(t: number) => void} seek
 * @param {(step: number) => void} step
 */
export function buildControls(scene, seek, step) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: "0", max: String(scene.stages.length), step: "0.01", value: "0" });
  slider.className = "player__scrubber";
  slider.setAttribute("aria-label", "Position in the network");
  slider.addEventListener("input", () => seek(Number(slider.value)));
  const previous = button("player__step", "Previous stage", "‹", () => step(-1));
  const next = button("player__step", "Next stage", "›", () => step(+1));
  return {
    root: element("div", "player__controls", previous, slider, next),
    /**
     * @param {number} t
     * @param {import("./scene.js").Stage} stage
     */
    show(t, stage) {
      if (Number(slider.value) !== t) slider.value = String(t);
      const text = `${stage.name}: ${stage.title}`;
      if (slider.getAttribute("aria-valuetext") !== text) slider.setAttribute("aria-valuetext", text);
    },
  };
}
