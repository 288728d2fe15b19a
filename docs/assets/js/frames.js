// Pictures that are wider than the screen scroll in their frames: the keyboard reaches those, and their edge fades.

const NAME = "The picture; it is wider than the screen and scrolls sideways";

/** Watch how much of its picture every frame shows. */
export function mountFrames() {
  const watcher = new ResizeObserver((entries) => look(entries.map(({ target }) => /** @type {HTMLElement} */ (target))));
  for (const frame of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".figure__frame"))) {
    watcher.observe(frame);
    frame.addEventListener("scroll", () => look([frame]), { passive: true });
  }
}

/** Measure all frames before the first is changed: else the page would be laid out anew for each. @param {HTMLElement[]} frames */
function look(frames) {
  const hidden = frames.map((frame) => frame.scrollWidth - frame.clientWidth);
  const more = frames.map((frame, index) => frame.scrollLeft < hidden[index] - 1);
  frames.forEach((frame, index) => {
    frame.classList.toggle("has-more", more[index]);
    for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": NAME })) {
      if (hidden[index] > 0) frame.setAttribute(name, value);
      else frame.removeAttribute(name);
    }
  });
}
