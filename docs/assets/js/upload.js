// Photos that a reader chooses, pastes or drops: read here, in the page, and sent nowhere.

import { inkOf } from "./photo.js";

const LARGEST = 480; // pixels of the longer side: enough for a digit that fills a tenth of it
const WHITE = "white"; // what a transparent picture lies on

/**
 * The ink in a picture file.
 * @param {Blob} file
 * @returns {Promise<import("./centring.js").Sheet>}
 * @throws {Error} in words for the reader, if it is no picture or shows nothing
 */
export async function readPhoto(file) {
  const { pixels, width, height } = await pixelsOf(file);
  const grey = new Float32Array(width * height);
  for (let cell = 0; cell < grey.length; cell += 1) {
    const [red, green, blue] = pixels.subarray(4 * cell, 4 * cell + 3);
    grey[cell] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  const ink = inkOf({ grey, width, height });
  if (ink) return { ink, width, height };
  throw new Error("The photo must show something that stands out from its background; got nothing that does; try more light or a thicker pen.");
}

/**
 * The picture's pixels, reduced; turned as its EXIF data say, and the first frame of those that move.
 * @param {Blob} file
 */
async function pixelsOf(file) {
  const source = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    return reduced(image);
  } catch {
    throw new Error(`The photo must be a picture that this browser can read; got ${kindOf(file)}; try a PNG or a JPEG.`);
  } finally {
    URL.revokeObjectURL(source);
  }
}

/** @param {HTMLImageElement} image */
function reduced(image) {
  const [wide, high] = [image.naturalWidth || LARGEST, image.naturalHeight || LARGEST]; // an SVG may have no size
  const scale = Math.min(1, LARGEST / Math.max(wide, high));
  const [width, height] = [wide, high].map((size) => Math.max(1, Math.round(size * scale)));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  brush.fillStyle = WHITE;
  brush.fillRect(0, 0, width, height);
  brush.imageSmoothingQuality = "high";
  brush.drawImage(image, 0, 0, width, height);
  return { pixels: brush.getImageData(0, 0, width, height).data, width, height };
}

/** @param {Blob} file */
function kindOf(file) {
  if (file.size === 0) return "an empty file";
  return file.type.startsWith("image/") ? "a picture in a form that it cannot" : "a file that is no picture";
}

/**
 * Hand over what is pasted anywhere on the page, and what is dropped on `target`.
 * @param {HTMLElement} target
 * @param {(file: Blob) => void} take
 * @param {AbortSignal} signal
 */
export function listenForFiles(target, take, signal) {
  addEventListener("paste", (event) => given(event, event.clipboardData), { signal });
  target.addEventListener("drop", (event) => given(event, event.dataTransfer), { signal });
  target.addEventListener("dragover", (event) => event.preventDefault(), { signal });

  /**
   * @param {Event} event
   * @param {DataTransfer | null} data
   */
  function given(event, data) {
    const file = data?.files[0];
    if (!file) return;
    event.preventDefault();
    take(file);
  }
}
