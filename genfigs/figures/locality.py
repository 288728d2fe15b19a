"""What shuffling all pixels costs the network and two dense ones."""

from math import floor
from typing import Any

import numpy as np

from genfigs.experiments.locality import shuffle
from genfigs.figures import Figure, Line, Mosaic, Results, Tile, Word
from genfigs.figures._plots import (
    CONTENDERS,
    SMALL,
    USUAL,
    Plane,
    grid,
    percent,
    plus_minus,
    shares,
    titles,
)
from genfigs.scenes.exhibit import Picture

WIDTH, HEIGHT = 680, 444
SIZE, ROW = 96.0, 64.0
ORDER = ("cnn", "wide", "dense")


def draw(results: Results, name: str) -> Figure:
    """Return one row per contender, from its accuracy on images to that on shuffled images."""
    plane = plane_of(results)
    lines, words = grid(plane, {}, shares(plane.across[0], 0.05))
    for index, contender in enumerate(ORDER):
        more = row(results, plane, contender, plane.top + ROW * (index + 0.5))
        lines, words = lines + more[0], words + more[1]
    told = f"bars: ± one standard deviation over {results.values['locality.seeds']} trainings"
    words += [
        Word("right answers on the test images", plane.left, HEIGHT - 44.0, size=USUAL, anchor="start"),
        Word(told, plane.left, HEIGHT - 18.0, "muted", SMALL, "start"),
    ]
    tiles, captions = specimens(results)
    return Figure(
        alt=describe(results),
        width=WIDTH,
        height=HEIGHT,
        picture=Mosaic(WIDTH, HEIGHT, tiles, (*words, *captions), tuple(lines)),
        table=table(results),
    )


def plane_of(results: Results) -> Plane:
    """Return a plane as wide as the accuracies, in steps of five in a hundred."""
    ends = [results.values[f"locality.{name}_{kind}"] for name in ORDER for kind in ("plain", "shuffled")]
    spread = max(
        results.values[f"locality.{name}_{kind}_spread"] for name in ORDER for kind in ("plain", "shuffled")
    )
    lowest = max(floor(20 * (min(ends) - spread)) / 20, 0.0)
    return Plane(190.0, 640.0, 164.0, 164 + 3 * ROW, (lowest, 1.0), (0.0, 1.0))


def row(results: Results, plane: Plane, name: str, y: float) -> tuple[list[Line], list[Word]]:
    """Return a contender's two accuracies: a ring of ink for plain images, its own colour for shuffled ones."""
    first, second = titles(results, "locality")[name]
    plain, mixed = (results.values[f"locality.{name}_{kind}"] for kind in ("plain", "shuffled"))
    x, mixed_x = (plane.at(value, 0)[0] for value in (plain, mixed))
    lines = [Line(((x, y), (mixed_x, y)), CONTENDERS[name], 3.0)]
    for kind, at, role in (("plain", plain, "ink"), ("shuffled", mixed, CONTENDERS[name])):
        spread = results.values[f"locality.{name}_{kind}_spread"]
        ends = tuple(
            (plane.at(min(max(at + side * spread, plane.across[0]), 1.0), 0)[0], y) for side in (-1, 1)
        )
        lines += [Line(ends, role, 1.5), Line(((plane.at(at, 0)[0], y),), role, 11.0)]
    words = [
        Word(first, plane.left - 20, y - 2, CONTENDERS[name], USUAL, "end"),
        Word(second, plane.left - 20, y + 16, "muted", SMALL, "end"),
        Word(f"{percent(plain)} → {percent(mixed)}", (x + mixed_x) / 2, y - 14, "ink", SMALL),
    ]
    return lines, words


def specimens(results: Results) -> tuple[tuple[Tile, ...], tuple[Word, ...]]:
    """Return an image and the same image shuffled, as the networks were given it."""
    image = results.hero.image if results.samples else results.test.images[0]
    mixed = image.ravel()[shuffle(image.size, results.seed)].reshape(image.shape)
    shown = [("as drawn", image, 190.0, "ink"), ("all pixels shuffled", mixed, 330.0, "ink")]
    tiles = tuple(
        Tile(Picture(np.asarray(pixels, float) / 255.0, "ink", 1.0), x, 20, SIZE, SIZE)
        for _, pixels, x, _ in shown
    )
    words = [Word(text, x + SIZE / 2, 20 + SIZE + 20, role, SMALL) for text, _, x, role in shown]
    words += [
        Word("ink dot: as drawn", 460, 62, "ink", SMALL, "start"),
        Word("coloured dot: shuffled", 460, 84, "ink", SMALL, "start"),
    ]
    return tiles, tuple(words)


def describe(results: Results) -> str:
    """Return both accuracies of every contender in words."""
    value: Any = results.values.__getitem__
    told = "; ".join(
        f"{called[0]} network of {called[1]}: {percent(value(f'locality.{name}_plain'))} as drawn, "
        f"{percent(value(f'locality.{name}_shuffled'))} shuffled"
        for name, called in titles(results, "locality").items()
    )
    return f"Right answers on test images as drawn and with all pixels shuffled, after training on the same. {told}."


def table(results: Results) -> tuple[tuple[str, ...], ...]:
    """Return mean and spread of every contender, and of the difference."""
    value: Any = results.values.__getitem__
    rows = (
        (
            ", ".join(called),
            *(
                plus_minus(value(f"locality.{name}_{kind}"), value(f"locality.{name}_{kind}_spread"))
                for kind in ("plain", "shuffled", "cost")
            ),
        )
        for name, called in titles(results, "locality").items()
    )
    return ("network", "as drawn", "shuffled", "what the shuffle costs"), *rows
