// Scroll position as the scene's clock.

/**
 * Watch the stages' cards: `onMove(t)` gets the index of the stage that crosses the line plus how far it has crossed.
 * @param {HTMLElement[]} sections
 * @param {() => number} line the line's distance from the top of the window, in pixels
 * @param {(t: number) => void} onMove
 */
export function mountScroll(sections, line, onMove) {
  let queued = 0;

  function measure() {
    queued = 0;
    onMove(clockAt(sections.map((section) => section.getBoundingClientRect()), line()));
  }

  function queue() {
    queued ||= requestAnimationFrame(measure);
  }

  window.addEventListener("scroll", queue, { passive: true });
  window.addEventListener("resize", queue);
  measure();
  return {
    dispose() {
      cancelAnimationFrame(queued);
      window.removeEventListener("scroll", queue);
      window.removeEventListener("resize", queue);
    },
  };
}

/**
 * The clock for boxes stacked from top to bottom: 0 above the first, their count below the last.
 * @param {{top: number, height: number}[]} boxes
 * @param {number} line
 */
export function clockAt(boxes, line) {
  const passed = boxes.filter((box) => box.top + box.height <= line).length;
  if (passed === boxes.length) return boxes.length;
  const { top, height } = boxes[passed];
  return passed + Math.min(Math.max((line - top) / height, 0), 1);
}

/**
 * Scroll so that the clock reads `t`.
 * @param {HTMLElement[]} sections
 * @param {number} line
 * @param {number} t
 */
export function scrollToClock(sections, line, t) {
  const index = Math.min(Math.trunc(t), sections.length - 1);
  const box = sections[index].getBoundingClientRect();
  window.scrollBy({ top: box.top + box.height * (t - index) - line, behavior: "instant" });
}
