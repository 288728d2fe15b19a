// What the author's desk adds to a page: it reloads when the site changes, and shows what keeps it from changing.
(() => {
  const { version } = document.currentScript.dataset;
  const box = document.createElement("div");
  const shadow = box.attachShadow({ mode: "open" });
  shadow.innerHTML = `
    <style>
      div:not(:empty) {
        position: fixed; inset: auto 0 0; z-index: 99; max-height: 50vh; overflow: auto; padding: 0.9rem 1.2rem 1rem;
        border-top: 4px solid var(--figure-accent, currentColor);
        background: var(--figure-panel, Canvas); color: var(--figure-ink, CanvasText);
        box-shadow: 0 0 2rem color-mix(in srgb, var(--figure-ink, CanvasText) 25%, transparent);
        font: 15px/1.5 var(--figure-sans, system-ui, sans-serif);
      }
      strong { color: var(--figure-accent, inherit) }
      pre { margin: 0.4rem 0; font: 13px/1.5 var(--figure-mono, monospace); white-space: pre-wrap; overflow-wrap: anywhere }
      p { margin: 0 }
      @media print { div { display: none } }
    </style>
    <div role="alert"></div>`;
  document.body.append(box);
  let source;

  /** @param {string} problem */
  function tell(problem) {
    const place = shadow.querySelector("div");
    if (!problem) return place.replaceChildren();
    const [title, text, remedy] = ["strong", "pre", "p"].map((name) => document.createElement(name));
    title.textContent = version ? "This page is the last good one" : "There is no page yet";
    text.textContent = problem;
    remedy.textContent = "Save the file to try again.";
    place.replaceChildren(title, text, remedy);
  }

  /** Load the page anew, but not before it is back where the reader was when it was loaded last. */
  function reload() {
    source?.close();
    if (document.readyState === "complete") location.reload();
    else addEventListener("load", () => requestAnimationFrame(() => location.reload()));
  }

  function listen() {
    source?.close();
    source = undefined;
    if (document.visibilityState === "hidden") return; // browsers allow few connections, and many tabs may be open
    source = new EventSource("/.desk/events");
    source.onmessage = ({ data }) => {
      const now = JSON.parse(data);
      if (now.version !== version) reload();
      else tell(now.problem);
    };
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  }

  addEventListener("visibilitychange", listen);
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
  addEventListener("pagehide", () => source?.close());
  listen();
})();
