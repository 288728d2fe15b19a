// Colour maps: the twin of `levels` and `level_index` in genfigs/theme.py. No DOM in here.

/**
 * 256 colours running evenly through `stops`, as red, green, blue, red, …
 * @param {string[]} stops
 */
export function levels(stops) {
  const anchors = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  const colours = new Uint8Array(256 * 3);
  for (let level = 0; level < 256; level += 1) {
    const where = (level / 255) * (stops.length - 1);
    const before = Math.min(Math.trunc(where), stops.length - 2);
    for (let channel = 0; channel < 3; channel += 1) {
      const from = anchors[before][channel];
      const to = anchors[before + 1][channel];
      colours[level * 3 + channel] = Math.floor(from + (to - from) * (where - before) + 0.5);
    }
  }
  return colours;
}

/**
 * The level of a value: `signed` maps -scale…scale to 0…255, the others 0…scale.
 * @param {number} value
 * @param {string} map
 * @param {number} scale
 */
export function levelIndex(value, map, scale) {
  let unit = scale > 0 ? value / scale : 0;
  if (map === "signed") unit = (unit + 1) / 2;
  return Math.floor(Math.min(Math.max(unit, 0), 1) * 255 + 0.5);
}
