"""The second layer's filters, each as a row of slices: one slice for every sheet that it reads."""

from collections.abc import Iterator

import numpy as np

from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.figures._convolutions import convolutions, signed
from genfigs.scenes.exhibit import Picture

BLOCKS = 2  # filters side by side
SLICE, GAP, LABEL, MARGIN = 36.0, 6.0, 40.0, 16.0
HEAD, FOOT, LEAST = 68.0, 82.0, 600.0


def draw(results: Results, name: str) -> Figure:
    """Return one strip per filter, all on one scale; a network with a single convolution shows that one's.

    Above each column stands the first-layer kernel that makes the sheet the slices below it read.
    """
    first, *deeper = convolutions(results.network, name)
    stage = deeper[0] if deeper else first
    kernels = np.asarray(results.params[stage.name]["kernel"])
    slices, filters = kernels.shape[2:]
    scale = float(np.abs(kernels).max())
    rows = -(-filters // BLOCKS)
    strip = LABEL + slices * (SLICE + GAP)
    width = round(max(BLOCKS * (strip + 2 * MARGIN), LEAST))
    height = round(HEAD + rows * (SLICE + GAP) + FOOT)
    tiles: list[Tile] = []
    words: list[Word] = []
    for index in range(filters):
        x = MARGIN + index // rows * (strip + 2 * MARGIN) + LABEL
        y = HEAD + index % rows * (SLICE + GAP)
        if index % rows == 0 and deeper:
            head(tiles, words, np.asarray(results.params[first.name]["kernel"])[:, :, 0], x)
        words.append(Word(str(index + 1), x - 12, y + SLICE / 2 + 5, size=15, anchor="end", mono=True))
        tiles += slices_of(kernels[:, :, :, index], scale, x, y)
    words += legend(scale, deeper != [], height)
    return Figure(
        alt=f"The {filters} filters of {stage.name}, each a strip of {slices} slices of {kernels.shape[0]} × "
        f"{kernels.shape[1]} weights, from {signed(kernels.min())} to {signed(kernels.max())}.",
        width=width,
        height=height,
        picture=Mosaic(width, height, tuple(tiles), tuple(words)),
        table=table(kernels),
    )


def slices_of(kernel: np.ndarray, scale: float, x: float, y: float) -> Iterator[Tile]:
    """Yield one filter's slices, side by side."""
    for part in range(kernel.shape[2]):
        picture = Picture(kernel[:, :, part], "signed", scale)
        yield Tile(picture, x + part * (SLICE + GAP), y, SLICE, SLICE)


def legend(scale: float, headed: bool, height: int) -> list[Word]:
    """Return what colours, rows and columns mean."""
    told = (
        "a row: one filter · a column: one sheet that it reads",
        *(("over each column: the kernel that makes the sheet",) if headed else ()),
        f"blue: negative · paper: 0 · orange-red: positive · weights to ±{scale:.2g}",
    )
    return [
        Word(text, MARGIN + LABEL, height - 56.0 + 22 * line, role="muted", size=14, anchor="start")
        for line, text in enumerate(told)
    ]


def head(tiles: list[Tile], words: list[Word], kernels: np.ndarray, x: float) -> None:
    """Append the first layer's kernels as headings, a little smaller than a slice."""
    scale, size = float(np.abs(kernels).max()), 0.7 * SLICE
    for index in range(kernels.shape[-1]):
        centre = x + index * (SLICE + GAP) + SLICE / 2
        words.append(Word(str(index + 1), centre, 22.0, role="muted", size=14, mono=True))
        picture = Picture(kernels[:, :, index], "signed", scale)
        tiles.append(Tile(picture, centre - size / 2, 30.0, size, size))


def table(kernels: np.ndarray) -> tuple[tuple[str, ...], ...]:
    """Return each slice's sum of weights: its sign tells if that sheet speaks for the filter or against."""
    sums = kernels.sum(axis=(0, 1))
    header = ("filter", *(f"sum of slice {part + 1}" for part in range(len(sums))))
    return header, *((str(i + 1), *(signed(value) for value in sums[:, i])) for i in range(sums.shape[1]))
