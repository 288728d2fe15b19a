"""The first layer's kernels, the most edge-like first, each with the edge filter it resembles most."""

import numpy as np

from genfigs.experiments.edges import Match, first_kernels, match
from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.figures._convolutions import convolutions
from genfigs.scenes.exhibit import Picture

COLUMNS = 8
SIZE, GAP, LEFT, TOP = 76.0, 14.0, 96.0, 40.0
LINE = 34.0  # units of the numbers under a pair
LEGEND = 66.0


def draw(results: Results, name: str) -> Figure:
    """Return kernels over edge filters, the most edge-like first, with the share explained under each."""
    (stage, *_) = convolutions(results.network, name)
    kernels = first_kernels(results.network, results.params)
    matches = [match(kernel) for kernel in kernels]
    order = sorted(range(len(matches)), key=lambda index: -matches[index].share)
    tiles: list[Tile] = []
    words: list[Word] = []
    for place, index in enumerate(order):
        row, column = divmod(place, COLUMNS)
        x, y = LEFT + column * (SIZE + GAP), TOP + row * (2 * SIZE + GAP + LINE + TOP)
        tiles += pair(kernels[index], matches[index], float(np.abs(kernels).max()), x, y)
        words += [
            Word(f"filter {index + 1}", x + SIZE / 2, y - 12, role="muted", size=14),
            number(matches[index].share, results, x + SIZE / 2, y + 2 * SIZE + GAP + 26),
        ]
        words += headings(y) if column == 0 else ()
    rows = -(-len(order) // COLUMNS)
    width = round(LEFT + COLUMNS * (SIZE + GAP))
    height = round(rows * (2 * SIZE + GAP + LINE + TOP) + LEGEND)
    words += legend(results, height)
    return Figure(
        alt=f"The {len(matches)} kernels of {stage.name}, the most edge-like first, each above the edge "
        f"filter that matches it best. Filter {order[0] + 1} is explained to {matches[order[0]].share:.2f}, "
        f"filter {order[-1] + 1} to {matches[order[-1]].share:.2f}.",
        width=width,
        height=height,
        picture=Mosaic(width, height, tuple(tiles), tuple(words)),
        table=table(matches, order),
    )


def pair(kernel: np.ndarray, best: Match, scale: float, x: float, y: float) -> list[Tile]:
    """Return a kernel, on the scale that all share, and below it the edge filter on its own."""
    shown = Picture(kernel, "signed", scale), Picture(best.filter, "signed", float(np.abs(best.filter).max()))
    return [Tile(picture, x, y + i * (SIZE + GAP), SIZE, SIZE) for i, picture in enumerate(shown)]


def number(share: float, results: Results, x: float, y: float) -> Word:
    """Return a share, in the accent colour if few random kernels reach it."""
    role = "accent" if share > results.values["edges.threshold"] else "ink"
    return Word(f"{share:.2f}", x, y, role=role, size=19, mono=True)


def headings(y: float) -> tuple[Word, ...]:
    """Return what stands left of a row."""
    told = (
        ("learned", y + SIZE / 2),
        ("best edge", y + 1.5 * SIZE + GAP),
        ("share", y + 2 * SIZE + GAP + 19),
    )
    return tuple(Word(text, LEFT - GAP, at + 5, role="muted", size=14, anchor="end") for text, at in told)


def legend(results: Results, height: int) -> tuple[Word, ...]:
    """Return what the numbers mean, and what chance reaches."""
    chance, threshold = results.values["edges.random_mean"], results.values["edges.threshold"]
    told = (
        "share of the kernel’s sum of squares that the edge filter explains: 1 is all of it, 0 nothing",
        f"random kernels: {chance:.2f} on average, 95 in 100 below {threshold:.2f} (orange-red: above)",
    )
    return tuple(
        Word(text, LEFT, height - 44.0 + 24 * line, role="muted", size=14, anchor="start")
        for line, text in enumerate(told)
    )


def table(matches: list[Match], order: list[int]) -> tuple[tuple[str, ...], ...]:
    """Return the numbers in the order of the picture."""
    rows = ((str(i + 1), f"{matches[i].share:.3f}", f"{matches[i].angle:.0f}°") for i in order)
    return ("filter", "share explained by the best edge", "direction of the rise"), *rows
