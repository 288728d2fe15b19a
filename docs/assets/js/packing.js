// An image as a short text for the address: #drawing=… or #photo=…. No DOM in here.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"; // the alphabet of base64url
const PIXELS = 28 * 28;
const TOP = 15; // levels from 0, paper, to 15, ink: the first sixteen letters stand for one pixel each
const LONGEST_PAPER = 33; // the next 32 letters stand for 2 to 33 pixels of paper
const LONGEST_INK = 17; // the last 16 for 2 to 17 pixels of full ink
const PAPER_RUNS = TOP + 1 - 2;
const INK_RUNS = PAPER_RUNS + LONGEST_PAPER + 1 - 2;

/**
 * The image in the sixteen levels that a link can carry; what is shown is exactly what a link will show.
 * @param {Uint8Array} image
 */
export function quantised(image) {
  return image.map((level) => Math.round(level / 17) * 17);
}

/**
 * At most 784 letters, for a digit fewer than 300.
 * @param {Uint8Array} image
 */
export function packed(image) {
  let text = "";
  for (let at = 0; at < image.length; ) {
    const level = Math.round(image[at] / 17);
    const longest = level === 0 ? LONGEST_PAPER : level === TOP ? LONGEST_INK : 1;
    let run = 1;
    while (run < longest && at + run < image.length && Math.round(image[at + run] / 17) === level) run += 1;
    text += LETTERS[run === 1 ? level : run + (level ? INK_RUNS : PAPER_RUNS)];
    at += run;
  }
  return text;
}

/**
 * The image of a packed text; null if it is anything but exactly one image.
 * @param {string} text
 */
export function unpacked(text) {
  if (!/^[\w-]{1,784}$/.test(text)) return null;
  const image = new Uint8Array(PIXELS);
  let at = 0;
  for (const letter of text) {
    const code = LETTERS.indexOf(letter);
    const ink = code - INK_RUNS > 1;
    const run = code <= TOP ? 1 : code - (ink ? INK_RUNS : PAPER_RUNS);
    image.fill(17 * (code <= TOP ? code : ink ? TOP : 0), at, at + run);
    at += run;
  }
  return at === PIXELS ? image : null;
}
