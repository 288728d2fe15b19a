// The address follows the reader, but only once they pause: writing it costs a frame.

const QUIET = 300; // milliseconds without a move

/**
 * A click begins the pause anew: where the address changes between a click on a link and the step to its target,
 * Firefox loads the whole page again.
 * @param {() => string | null} addressNow what to write; null leaves the address as it is
 * @param {AbortSignal} signal
 */
export function followInAddress(addressNow, signal) {
  let waiting = 0;
  addEventListener("click", moved, { capture: true, signal });
  signal.addEventListener("abort", () => clearTimeout(waiting));
  return { changed, moved };

  /** There is something new to write. */
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(write, QUIET);
  }

  /** The reader is still busy. */
  function moved() {
    if (waiting) changed();
  }

  function write() {
    waiting = 0;
    const address = addressNow();
    if (address) history.replaceState(history.state, "", address);
  }
}
