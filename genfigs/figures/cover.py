"""The picture that a shared link shows: an image, what the first layer makes of it, what the network decides."""

from collections.abc import Iterator

import numpy as np

from genfigs.figures import Figure, Line, Mosaic, Results, Sample, Tile, Word
from genfigs.figures._convolutions import convolutions
from genfigs.scenes.exhibit import Picture

WIDTH, HEIGHT = 1200, 630  # what sites that show link previews ask for
MARGIN, TOP, SIDE = 60.0, 270.0, 280.0
COLUMNS, GAP = 4, 8.0
MAPS_LEFT, BARS_LEFT, BARS = 372.0, 1000.0, 140.0


def draw(results: Results, name: str) -> Figure:
    """Return the cover in the size of a link preview."""
    (stage, *_) = convolutions(results.network, name)
    hero = results.hero
    image, maps = hero.activations["input"], hero.activations[stage.name]
    tiles = (Tile(Picture(image[:, :, 0], "ink", 1.0), MARGIN, TOP, SIDE, SIDE), *grid(maps))
    bars, labels = probabilities(hero, results.class_names)
    read = results.class_names[hero.prediction]
    words = (
        Word("Convolutional networks", MARGIN, 118.0, size=64, anchor="start"),
        Word(
            f"{results.network.parameters:,} learned numbers read an image",
            MARGIN,
            176.0,
            "muted",
            32,
            "start",
        ),
        *labels,
    )
    return Figure(
        alt=f"Convolutional networks: a digit, the {maps.shape[-1]} maps that the first layer makes of it, and the "
        f"network's answer, {read}.",
        width=WIDTH,
        height=HEIGHT,
        picture=Mosaic(WIDTH, HEIGHT, tiles, words, bars),
        raster=WIDTH,
    )


def grid(maps: np.ndarray) -> Iterator[Tile]:
    """Yield the first maps, at most two rows of them, in the height of the image."""
    side = (SIDE - GAP) / 2
    scale = float(np.abs(maps).max())
    for channel in range(min(maps.shape[-1], 2 * COLUMNS)):
        row, column = divmod(channel, COLUMNS)
        picture = Picture(maps[:, :, channel], "signed", scale)
        yield Tile(picture, MAPS_LEFT + column * (side + GAP), TOP + row * (side + GAP), side, side)


def probabilities(sample: Sample, class_names: tuple[str, ...]) -> tuple[tuple[Line, ...], tuple[Word, ...]]:
    """Return a bar per class, as long as its probability, and the names of the classes."""
    step = SIDE / len(class_names)
    lines, words = [], []
    for index, name in enumerate(class_names):
        y = TOP + (index + 0.5) * step
        role = "accent" if index == sample.prediction else "muted"
        reach = BARS_LEFT + max(BARS * float(sample.probabilities[index]), 1.0)
        lines.append(Line(((BARS_LEFT, y), (reach, y)), role, step / 2))
        words.append(Word(name, BARS_LEFT - 22, y + 7, role, 20, "end"))
    return tuple(lines), tuple(words)
