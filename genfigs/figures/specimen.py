"""A sheet of the test images: ten of each class, one class a row, as they come."""

import numpy as np

from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.scenes.exhibit import Picture

PER_CLASS = 10
SIZE, GAP, LABEL = 56, 8, 40


def draw(results: Results, name: str) -> Figure:
    """Return the first ten test images of every class."""
    tiles, words = [], []
    for row, class_name in enumerate(results.class_names):
        y = GAP + row * (SIZE + GAP)
        words.append(Word(class_name, GAP, y + SIZE / 2 + 6, role="muted", anchor="start", mono=True))
        for column, index in enumerate(np.flatnonzero(results.test.labels == row)[:PER_CLASS]):
            picture = Picture(results.test.images[index] / 255.0, "ink", 1.0)
            tiles.append(Tile(picture, LABEL + column * (SIZE + GAP), y, SIZE, SIZE))
    width, height = LABEL + PER_CLASS * (SIZE + GAP), GAP + len(results.class_names) * (SIZE + GAP)
    return Figure(
        alt=f"{len(tiles)} images of the test split, {PER_CLASS} of each class, unsorted.",
        width=width,
        height=height,
        picture=Mosaic(width, height, tuple(tiles), tuple(words)),
    )
