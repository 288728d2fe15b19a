"""The hero moved off the centre with the network's answers, above the accuracy on moved test images."""

from collections.abc import Iterator

import numpy as np

from genfigs.experiments.placing import move
from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.figures._charts import Chart, Curve, Point
from genfigs.network.activations import activations
from genfigs.scenes.exhibit import Picture

SIZE, LEFT, SPAN, LABELS = 76.0, 132.0, 540.0, 190.0
ROW, CHART, HEIGHT = 40.0, 120.0, 400
BASE = ROW + SIZE + 92.0  # the top of the chart


def draw(results: Results, name: str) -> Figure:
    """Return the moved images over the curves of accuracy, each image over its place on the axis."""
    values = results.values
    steps, placed, centred = (values[f"placing.{key}"] for key in ("steps", "as_placed", "centred"))
    curves = [
        Curve("as they lie", points(steps, placed), "accent"),
        Curve("centred again", points(steps, centred), "ink"),
    ]
    chart = Chart(
        f"accuracy on {values['placing.images']:,} test images",
        *(LEFT, LEFT + SPAN, BASE, BASE + CHART),
        *(steps[-1], (0.0, 1.0), percent),
    )
    heroes = list(moved_heroes(results, steps))
    tiles = tuple(
        Tile(picture, chart.at(float(step), 0.0)[0] - SIZE / 2, ROW, SIZE, SIZE)
        for step, (picture, _) in zip(steps, heroes, strict=True)
    )
    words = [*answers(results, chart, steps, heroes), *axis(chart, steps), *chart.words(curves, steps[-1])]
    width = round(LEFT + SPAN + LABELS)
    return Figure(
        alt=describe(results),
        width=width,
        height=HEIGHT,
        picture=Mosaic(width, HEIGHT, tiles, tuple(words), tuple(chart.lines(curves, steps[-1]))),
        table=(
            ("pixels", "accuracy as they lie", "accuracy centred again"),
            *((str(s), f"{p:.1%}", f"{c:.1%}") for s, p, c in zip(steps, placed, centred, strict=True)),
        ),
    )


def points(steps: list[int], accuracies: list[float]) -> tuple[Point, ...]:
    """Return where a curve goes through."""
    return tuple((float(step), float(accuracy)) for step, accuracy in zip(steps, accuracies, strict=True))


def percent(value: float) -> str:
    """Return a share with one decimal unless it is whole."""
    return f"{100 * value:.1f}".removesuffix(".0") + "%"


def moved_heroes(results: Results, steps: list[int]) -> Iterator[tuple[Picture, int]]:
    """Yield the hero, moved down and right by each step, and the class the network takes it for."""
    last = results.network.stages[-1].name
    for step in steps:
        image = move(results.hero.image, step, step)
        answer = activations(results.network, results.params, image)[last]
        yield Picture(image / 255.0, "ink", 1.0), int(np.argmax(answer))


def answers(
    results: Results, chart: Chart, steps: list[int], heroes: list[tuple[Picture, int]]
) -> Iterator[Word]:
    """Yield the network's answer under each image, wrong ones in the accent colour."""
    yield Word("read as", LEFT - SIZE / 2 - 8, ROW + SIZE + 22, "muted", 14, "end")
    for step, (_, answer) in zip(steps, heroes, strict=True):
        role = "muted" if answer == results.hero.label else "accent"
        x = chart.at(float(step), 0.0)[0]
        yield Word(results.class_names[answer], x, ROW + SIZE + 22, role, 15, mono=True)


def axis(chart: Chart, steps: list[int]) -> Iterator[Word]:
    """Yield the numbers under the chart and what they count."""
    for step in steps:
        yield Word(str(step), chart.at(float(step), 0.0)[0], chart.bottom + 22, "muted", 14, mono=True)
    yield Word("pixels off the centre", LEFT + SPAN / 2, chart.bottom + 46, "muted", 14)


def describe(results: Results) -> str:
    """Return the fall of one curve and the level of the other."""
    values = results.values
    steps, placed, centred = (values[f"placing.{key}"] for key in ("steps", "as_placed", "centred"))
    level = " to ".join(sorted({f"{least:.1%}" for least in (min(centred), max(centred))}))
    return (
        f"Accuracy on {values['placing.images']:,} test images moved off the centre. As they lie it goes from "
        f"{placed[0]:.1%} to {placed[-1]:.1%} at {steps[-1]} pixels; "
        f"centred again it stays at {level}."
    )
