// Numbers as they are printed, and sums that add up as printed. No DOM in here.
//
// Every printed number is the true one, rounded. Where rounded terms do not add up to the rounded total, a line of its
// own says by how much. Sums are made of whole units of the last printed place, so that they are exact.

/**
 * @typedef {{name: string, formula?: string, value: number}} Term
 * @typedef {{role: "term" | "rounding" | "total", name: string, formula: string, text: string}} Line
 */

export const DECIMALS = 3;

/**
 * A value in units of its last printed place.
 * @param {number} value
 * @param {number} [decimals]
 */
function unitsOf(value, decimals = DECIMALS) {
  return Math.round(value * 10 ** decimals) + 0; // never −0
}

/**
 * @param {number} units
 * @param {number} decimals
 */
function textOf(units, decimals) {
  return `${units < 0 ? "−" : ""}${(Math.abs(units) / 10 ** decimals).toFixed(decimals)}`;
}

/**
 * A value as it is printed.
 * @param {number} value
 * @param {number} [decimals]
 */
export function printed(value, decimals = DECIMALS) {
  return textOf(unitsOf(value, decimals), decimals);
}

/**
 * The lines of a sum: its terms, what rounding them took away or added if it shows, and the total.
 * @param {Term[]} terms
 * @param {Term} total
 * @param {number} [decimals]
 * @returns {Line[]}
 */
export function sumLines(terms, total, decimals = DECIMALS) {
  const units = terms.map(({ value }) => unitsOf(value, decimals));
  const missing = unitsOf(total.value, decimals) - units.reduce((sum, unit) => sum + unit, 0);
  const lines = terms.map((term, index) => line("term", term, textOf(units[index], decimals)));
  if (missing) lines.push(line("rounding", { name: "rounding", formula: "of the numbers above" }, textOf(missing, decimals)));
  return [...lines, line("total", total, printed(total.value, decimals))];
}

/**
 * @param {Line["role"]} role
 * @param {{name: string, formula?: string}} named
 * @param {string} text
 * @returns {Line}
 */
export function line(role, { name, formula = "" }, text) {
  return { role, name, formula, text };
}
