// What is worth sharing, in the address: ?digit=3&stage=conv1. No DOM in here.

/** @typedef {{digit: number, stage: string}} Shared */

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
 * The address with a shared state in its query; a link to a stage would contradict it and is dropped.
 * @param {string} href
 * @param {Shared} shared
 */
export function withState(href, { digit, stage }) {
  const url = new URL(href);
  url.searchParams.set("digit", String(digit));
  url.searchParams.set("stage", stage);
  if (url.hash.startsWith("#stage-")) url.hash = "";
  return url.href;
}
