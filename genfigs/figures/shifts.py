"""Test accuracy by how far the digit is from where it was in training, for the network and two dense ones."""

from typing import Any

import numpy as np

from genfigs.experiments.shifts import move
from genfigs.figures import Figure, Line, Mosaic, Results, Tile, Word
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
from genfigs.scenes.exhibit import Picture

WIDTH, HEIGHT = 680, 764
LEFT, RIGHT, SIZE = 66.0, 466.0, 58.0
PANELS = {
    "": (150.0, 370.0, "trained on images as they are"),
    "_trained": (454.0, 674.0, "trained on moved images"),
}


def draw(results: Results, name: str) -> Figure:
    """Return one panel per way of training, below the hero as the networks see it when it is moved."""
    distances = [int(pixels) for pixels in results.values["shifts.distances"]]
    tiles, words = specimens(results, distances)
    lines: list[Line] = []
    for suffix in PANELS:
        more = panel(results, suffix, distances)
        lines, words = lines + more[0], words + more[1]
    words += notes(results)
    return Figure(
        alt=describe(results),
        width=WIDTH,
        height=HEIGHT,
        picture=Mosaic(WIDTH, HEIGHT, tuple(tiles), tuple(words), tuple(lines)),
        table=table(results, distances),
    )


def specimens(results: Results, distances: list[int]) -> tuple[list[Tile], list[Word]]:
    """Return an image moved by some of the distances, each above its place on the axis."""
    image = results.hero.image if results.samples else results.test.images[0]
    shown = distances[:: max(len(distances) // 4, 1)]
    plane = plane_of("", distances)
    tiles = []
    for pixels in shown:
        moved = move(image[None], 0, pixels)[0] / 255.0
        tiles.append(
            Tile(
                Picture(np.asarray(moved, float), "ink", 1.0),
                plane.at(pixels, 0)[0] - SIZE / 2,
                20,
                SIZE,
                SIZE,
            )
        )
    return tiles, [
        Word("what they see,", RIGHT + 50, 44, "muted", SMALL, "start"),
        Word("moved to the right", RIGHT + 50, 62, "muted", SMALL, "start"),
    ]


def plane_of(suffix: str, distances: list[int]) -> Plane:
    """Return the place of a panel."""
    top, bottom, _ = PANELS[suffix]
    return Plane(LEFT, RIGHT, top, bottom, (0, distances[-1]), (0.0, 1.0))


def panel(results: Results, suffix: str, distances: list[int]) -> tuple[list[Line], list[Word]]:
    """Return the curves after one way of training."""
    plane = plane_of(suffix, distances)
    lines, words = grid(plane, shares(0.0, 0.2), {pixels: str(pixels) for pixels in distances})
    last: dict[str, float] = {}
    for name in reversed(CONTENDERS):
        means, spreads = curve(results, f"{name}{suffix}")
        lines += drawn(plane, Series(list(zip(distances, means, strict=True)), CONTENDERS[name], spreads))
        last[name] = means[-1]
    written = {name: percent(value, 0) for name, value in last.items()}
    words += labels(plane, last, titles(results, "shifts"), written)
    words.append(Word(f"right answers, {PANELS[suffix][2]}", 20, plane.top - 26, size=USUAL, anchor="start"))
    return lines, words


def curve(results: Results, name: str) -> tuple[list[float], list[float]]:
    """Return means and spreads."""
    return results.values[f"shifts.{name}"], results.values[f"shifts.{name}_spread"]


def notes(results: Results) -> list[Word]:
    """Return what the axis, the bars and the border mean."""
    value: Any = results.values.__getitem__
    lost = f"{value('shifts.ink_lost_far'):.1%}", f"{value('shifts.ink_lost_farthest'):.0%}"
    told = (
        f"ink cut off at the border: {lost[0]} when moved by {value('shifts.far')} pixels, "
        f"{lost[1]} by {value('shifts.farthest')}"
    )
    return [
        Word("pixels moved", LEFT, HEIGHT - 50.0, size=USUAL, anchor="start"),
        Word(told, LEFT, HEIGHT - 22.0, "muted", SMALL, "start"),
    ]


def describe(results: Results) -> str:
    """Return the still, far and farthest accuracies of every contender in words."""
    value: Any = results.values.__getitem__
    told = "; ".join(
        f"{called[0]} network of {called[1]}: {percent(value(f'shifts.{name}_still'))} unmoved, "
        f"{percent(value(f'shifts.{name}_far'))} moved by {value('shifts.far')} pixels, and then "
        f"{percent(value(f'shifts.{name}_trained_far'))} if trained on moved images"
        for name, called in titles(results, "shifts").items()
    )
    return f"Right answers on test images that are moved off-centre. {told}."


def table(results: Results, distances: list[int]) -> tuple[tuple[str, ...], ...]:
    """Return mean and spread by distance, contender and training."""
    trained = {"": "", "_trained": ", trained on moved images"}
    called = titles(results, "shifts")
    header = [f"{', '.join(called[name])}{told}" for told in trained.values() for name in CONTENDERS]
    curves = [curve(results, f"{name}{suffix}") for suffix in trained for name in CONTENDERS]
    rows = (
        (str(pixels), *(plus_minus(means[index], spreads[index]) for means, spreads in curves))
        for index, pixels in enumerate(distances)
    )
    return ("pixels", *header), *rows
