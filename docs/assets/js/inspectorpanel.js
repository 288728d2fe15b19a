// The inspector's panel, its button and its notice: elements without behaviour.

import { button, element } from "./controls.js";

const COUNTED = "Rows, columns and channels are counted from 0, as in the code.";

/**
 * The panel: what is asked, the sheet to choose from, what the cell sees, and the arithmetic.
 * @param {HTMLElement} picker
 * @param {() => void} onClose
 */
export function buildPanel(picker, onClose) {
  const parts = {
    stage: element("span", "inspector__stage"),
    place: element("span", "inspector__place"),
    value: element("p", "inspector__value"),
    summary: element("p", "inspector__summary"),
    fields: element("div", "fields"),
    sums: element("div", "inspector__sums"),
  };
  parts.summary.setAttribute("role", "status");
  parts.summary.id = "inspector-summary";
  picker.querySelector("[tabindex]")?.setAttribute("aria-describedby", parts.summary.id);
  const title = element("p", "inspector__title", parts.stage, " ", parts.place);
  title.id = "inspector-title";
  const close = button("inspector__close", "Close", "×", onClose);
  const head = element("div", "inspector__head", title, parts.value, close);
  const sight = element("div", "inspector__sight", picker, parts.fields);
  const body = element("div", "inspector__body", parts.summary, sight, parts.sums, element("p", "inspector__note", COUNTED));
  const root = element("section", "inspector", head, body);
  root.id = "inspector";
  root.setAttribute("aria-labelledby", title.id);
  root.hidden = true;
  return {
    ...parts,
    root,
    /**
     * Say which number is asked, what it is and how it came about.
     * @param {string} asked
     * @param {import("./inspect.js").Explanation} explanation
     */
    tell(asked, { place, value, summary }) {
      parts.stage.textContent = asked;
      parts.place.textContent = place;
      parts.value.textContent = value;
      parts.summary.replaceChildren(element("span", "inspector__said", `${asked}, ${place}: ${value}. `), summary);
    },
  };
}

/**
 * The button that opens the panel; on narrow screens only its sign shows.
 * @param {string} panel
 * @param {() => void} onClick
 */
export function buildAsk(panel, onClick) {
  const ask = button("player__ask", "Ask a number", "", onClick);
  ask.setAttribute("aria-expanded", "false");
  ask.setAttribute("aria-controls", panel);
  ask.append(element("span", "player__ask-sign", "?"), element("span", "player__ask-words", "Ask a number"));
  return ask;
}

/** Where the reader is told that an address asks for what is not there. */
export function buildNotice() {
  const notice = element("p", "player__notice");
  notice.setAttribute("role", "status");
  return notice;
}
