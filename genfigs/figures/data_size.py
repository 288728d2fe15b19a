"""Test accuracy by number of training images, for the network and two dense ones."""

from math import floor

from genfigs.figures import Figure, Mosaic, Results, Word
from genfigs.figures._plots import (
    CONTENDERS,
    SMALL,
    USUAL,
    Plane,
    Series,
    drawn,
    grid,
    labels,
    percent,
    plus_minus,
    shares,
    titles,
)

WIDTH, HEIGHT = 680, 430


def draw(results: Results, name: str) -> Figure:
    """Return the curves with a bar of one standard deviation up and down at every point."""
    get = results.values.__getitem__
    sizes = [int(size) for size in get("data_size.sizes")]
    means = {each: get(f"data_size.{each}") for each in CONTENDERS}
    spreads = {each: get(f"data_size.{each}_spread") for each in CONTENDERS}
    return Figure(
        alt=describe(results, sizes, means),
        width=WIDTH,
        height=HEIGHT,
        picture=plot(results, sizes, means, spreads),
        table=table(results, sizes, means, spreads),
    )


def plot(
    results: Results, sizes: list[int], means: dict[str, list[float]], spreads: dict[str, list[float]]
) -> Mosaic:
    """Return the curves over the logarithm of the number of images."""
    lowest = floor(10 * min(map(min, means.values())) - 0.01) / 10
    around = (sizes[0], sizes[-1]) if len(sizes) > 1 else (sizes[0] / 2, sizes[0] * 2)
    plane = Plane(66.0, 466.0, 54.0, 360.0, around, (max(lowest, 0.0), 1.0), (True, False))
    lines, words = grid(plane, shares(plane.up[0]), {size: f"{size:,}" for size in sizes})
    for name in reversed(CONTENDERS):
        series = Series(list(zip(sizes, means[name], strict=True)), CONTENDERS[name], spreads[name])
        lines += drawn(plane, series)
    last = {name: means[name][-1] for name in CONTENDERS}
    written = {name: percent(value) for name, value in last.items()}
    words += labels(plane, last, titles(results, "data_size"), written)
    told = f"bars: ± one standard deviation over {results.values['data_size.seeds']} trainings"
    words += [
        Word("right answers on the test images", 20, 28, size=USUAL, anchor="start"),
        Word("training images", plane.left, HEIGHT - 24.0, size=USUAL, anchor="start"),
        Word(told, WIDTH - 20.0, HEIGHT - 24.0, "muted", SMALL, "end"),
    ]
    return Mosaic(WIDTH, HEIGHT, (), tuple(words), tuple(lines))


def describe(results: Results, sizes: list[int], means: dict[str, list[float]]) -> str:
    """Return the ends of the curves in words."""
    called = titles(results, "data_size")
    told = "; ".join(
        f"{called[name][0]} network of {called[name][1]}: from {percent(means[name][0])} to "
        f"{percent(means[name][-1])}"
        for name in CONTENDERS
    )
    return (
        f"Right answers on the test images after learning from {sizes[0]:,} to {sizes[-1]:,} images. {told}."
    )


def table(
    results: Results, sizes: list[int], means: dict[str, list[float]], spreads: dict[str, list[float]]
) -> tuple[tuple[str, ...], ...]:
    """Return mean and spread of every contender at every size."""
    header = ("training images", *(", ".join(called) for called in titles(results, "data_size").values()))
    rows = (
        (f"{size:,}", *(plus_minus(means[name][index], spreads[name][index]) for name in CONTENDERS))
        for index, size in enumerate(sizes)
    )
    return header, *rows
