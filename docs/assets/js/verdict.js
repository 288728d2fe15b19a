// What the network answers to a reader's own image, in words. No DOM in here.

/**
 * @param {Float32Array} probabilities
 * @param {string[]} names
 * @param {boolean} empty
 */
export function verdictOf(probabilities, names, empty) {
  const winner = probabilities.indexOf(Math.max(...probabilities));
  const answer = `${names[winner]} (${percentOf(probabilities[winner])})`;
  return empty ? `No ink. Even so, the network answers ${answer}.` : `The network reads ${answer}.`;
}

/** @param {string[]} names */
export function cautionOf(names) {
  return `Softmax must choose: the ${names.length} probabilities sum to 1 even when none of the classes fits.`;
}

/**
 * A probability in percent; what is neither none nor all is not rounded to it.
 * @param {number} probability
 */
export function percentOf(probability) {
  if (probability > 0 && probability < 0.0005) return "<0.1%";
  if (probability < 1 && probability > 0.9995) return ">99.9%";
  return `${(100 * probability).toFixed(1)}%`;
}
