"""Any drawing sized and centred as MNIST's digits are: the twin of docs/assets/js/centring.js.

Source: Y. LeCun, C. Cortes and C. Burges, The MNIST database of handwritten digits: digits fit a 20 x 20 box,
which is placed so that their centre of mass is the centre of a 28 x 28 image.
"""

from math import floor

import numpy as np
from jaxtyping import Bool, Float, UInt8

SIDE, BOX = 28, 20
MIDDLE = 14.0  # the index at which MNIST's own images have their centre of mass
MARGIN = (SIDE - BOX) // 2
PALE = 0.25  # of the darkest ink: paler rims do not count when the ink is measured, else its softness would
HALF = 0.5 + 1e-9  # rounds a tie up even when the sum was taken in another order

Image = UInt8[np.ndarray, "height width"]
Square = UInt8[np.ndarray, "side side"]


def centred(image: Image) -> UInt8[np.ndarray, "28 28"]:
    """Return the ink scaled to the box, its centre of mass moved by whole pixels to the middle.

    Units: 0 is paper, 255 is ink. An image without ink stays empty.
    """
    placed = np.zeros((SIDE, SIDE), np.uint8)
    if image.any():
        small = averaged(window(image), BOX)
        top, left = (MARGIN + step for step in steps(small))
        placed[top : top + BOX, left : left + BOX] = np.floor(small + 0.5)
    return placed


def window(image: Image) -> Square:
    """Return the square around the ink; what lies beyond the image is paper."""
    rows, columns = (np.flatnonzero(inked(image).any(axis=axis)) for axis in (1, 0))
    height, width = (int(found[-1] - found[0]) + 1 for found in (rows, columns))
    side = max(height, width)
    top, left = int(rows[0]) - (side - height) // 2, int(columns[0]) - (side - width) // 2
    around = np.pad(image, side)
    return around[top + side : top + 2 * side, left + side : left + 2 * side]


def inked(image: Image) -> Bool[np.ndarray, "height width"]:
    """Return where the ink is, its palest rim left out."""
    darker: Bool[np.ndarray, "height width"] = image > PALE * image.max()
    return darker


def averaged(image: Square, cells: int) -> Float[np.ndarray, "cells cells"]:
    """Return a square image of `cells` x `cells`, each the mean over its part of `image`."""
    shares = overlaps(len(image), cells)
    small: Float[np.ndarray, "cells cells"] = shares @ image @ shares.T
    return small


def overlaps(size: int, cells: int) -> Float[np.ndarray, "cells size"]:
    """Return which share of every cell each of `size` pixels covers."""
    cell, pixel = np.arange(cells)[:, None] * size / cells, np.arange(size)[None]
    covered = np.minimum(cell + size / cells, pixel + 1) - np.maximum(cell, pixel)
    shares: Float[np.ndarray, "cells size"] = np.maximum(covered, 0) * cells / size
    return shares


def steps(small: Float[np.ndarray, "cells cells"]) -> list[int]:
    """Return by how many rows and columns the box moves; no further than its margin, so that no ink is cut."""
    indices, mass = np.arange(BOX) + MARGIN, small.sum()
    middles = (float(small.sum(axis=axis) @ indices / mass) for axis in (1, 0))
    return [max(-MARGIN, min(MARGIN, floor(MIDDLE - middle + HALF))) for middle in middles]
