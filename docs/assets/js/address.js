// What is worth sharing, in the address: ?digit=3&stage=conv1, or ?stage=conv1#drawing=…. No DOM in here.

/** @typedef {{digit: number, stage: string}} Shared */

const STAGE = "#stage-";
const OWN = /^#(drawing|photo)=/;

/**
 * Read a shared state; whatever is malformed or unknown is left out.
 * @param {string} query
 * @param {{digits: number, stages: string[]}} known
 * @returns {Partial<Shared>}
 */
export function readAddress(query, { digits, stages }) {
  const parameters = new URLSearchParams(query);
  const digit = parameters.get("digit") ?? "";
  const stage = parameters.get("stage") ?? "";
  return {
    ...(/^\d{1,3}$/.test(digit) && Number(digit) < digits ? { digit: Number(digit) } : {}),
    ...(stages.includes(stage) ? { stage } : {}),
  };
}

/**
 * The stage that the fragment names; "" if it names something else, and the query's if it is no link into the page.
 * @param {string} hash
 * @param {string | undefined} queried
 */
export function stageIn(hash, queried = "") {
  if (!hash || OWN.test(hash)) return queried;
  return hash.startsWith(STAGE) ? hash.slice(STAGE.length) : "";
}

/**
 * The address with a shared state: a sample's index in the query, or a reader's own image in the fragment.
 * What would contradict it is dropped.
 * @param {string} href
 * @param {{digit: number | string | null, stage: string}} shared
 */
export function withState(href, { digit, stage }) {
  const url = new URL(href);
  if (typeof digit === "number") url.searchParams.set("digit", String(digit));
  else url.searchParams.delete("digit");
  url.searchParams.set("stage", stage);
  url.search = url.search.replaceAll("%2C", ","); // what others wrote there, such as a cell, stays readable
  if (typeof digit === "string") url.hash = digit;
  else if (url.hash.startsWith(STAGE) || OWN.test(url.hash)) url.hash = "";
  return url.href;
}

/**
 * The reader's own image in the fragment, still packed; null if the fragment is something else.
 * @param {string} hash
 */
export function ownImageIn(hash) {
  const found = OWN.exec(hash);
  return found && { kind: found[1], code: hash.slice(found[0].length) };
}
