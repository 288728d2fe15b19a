/* The search of a book that is opened from a folder: browsers start no worker there, so it runs in a hidden frame. */

/** A Worker whose script runs in a frame of the same page. */
class FrameWorker extends EventTarget {
  /** @param {string | URL} address of the script */
  constructor(address) {
    super();
    /** @type {((message: MessageEvent) => void) | null} */
    this.onmessage = null;
    this.frame = document.createElement("iframe");
    this.frame.hidden = true;
    const script = document.createElement("script");
    script.src = String(address);
    this.frame.srcdoc = script.outerHTML;
    /** @type {Promise<Window>} */
    this.started = new Promise((resolve) => {
      this.frame.addEventListener("load", () => resolve(this.connect()));
    });
    document.body.append(this.frame);
  }

  /** Let what the script says be heard here; return its window. */
  connect() {
    const inside = /** @type {Window} */ (this.frame.contentWindow);
    inside.postMessage = (/** @type {unknown} */ said) => {
      const message = new MessageEvent("message", { data: structuredClone(said) });
      this.onmessage?.(message);
      this.dispatchEvent(message);
    };
    return inside;
  }

  /** @param {unknown} said to the script, in order, once it has started */
  postMessage(said) {
    const data = structuredClone(said);
    this.started.then((inside) => inside.dispatchEvent(new MessageEvent("message", { data })));
  }

  terminate() {
    this.frame.remove();
  }
}

if (location.protocol === "file:") {
  Object.assign(window, { Worker: FrameWorker });
}
