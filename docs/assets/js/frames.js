// Pictures that are wider than the screen scroll in their frames: the keyboard reaches those, and their edge fades.

const NAME = "The picture; it is wider than the screen and scrolls sideways";

/** Watch how much of its picture every frame shows. */
export function mountFrames() {
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) look(/** @type {HTMLElement} */ (target));
  });
  for (const frame of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".figure__frame"))) {
    watcher.observe(frame);
    frame.addEventListener("scroll", () => look(frame), { passive: true });
  }
}

/** @param {HTMLElement} frame */
function look(frame) {
  const hidden = frame.scrollWidth - frame.clientWidth;
  frame.classList.toggle("has-more", frame.scrollLeft < hidden - 1);
  for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": NAME })) {
    if (hidden > 0) frame.setAttribute(name, value);
    else frame.removeAttribute(name);
  }
}
