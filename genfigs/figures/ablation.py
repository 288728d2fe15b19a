"""What pooling and depth buy: each variant's accuracy, parameters and multiplications."""

from math import floor
from typing import Any

from genfigs.experiments.ablation import NAMES
from genfigs.figures import Figure, Line, Mosaic, Results, Word
from genfigs.figures._plots import SMALL, USUAL, Plane, grid, percent, plus_minus, shares

WIDTH = 740
ROW, TOP, LEFT, RIGHT = 46.0, 66.0, 244.0, 484.0
COLUMNS = {"parameters": 600.0, "multiplications": 716.0}  # right edges


def draw(results: Results, name: str) -> Figure:
    """Return one row per variant: a dot with a bar of one standard deviation, and two counts."""
    variants = list(results.values["ablation.variants"])
    plane = plane_of(results, variants)
    height = round(plane.bottom + 82)
    lines, words = grid(plane, {}, shares(plane.across[0], 0.02 if plane.across[0] > 0.85 else 0.1))
    for index, variant in enumerate(variants):
        more = row(results, plane, variant, plane.top + ROW * (index + 0.5))
        lines, words = lines + more[0], words + more[1]
    words += headings(results, plane, height)
    return Figure(
        alt=describe(results, variants),
        width=WIDTH,
        height=height,
        picture=Mosaic(WIDTH, height, (), tuple(words), tuple(lines)),
        table=table(results, variants),
    )


def plane_of(results: Results, variants: list[str]) -> Plane:
    """Return a plane as wide as the accuracies with their spreads."""
    lows = [
        results.values[f"ablation.{each}"] - results.values[f"ablation.{each}_spread"] for each in variants
    ]
    lowest = floor(50 * min(lows)) / 50 if min(lows) > 0.87 else floor(10 * min(lows)) / 10
    return Plane(LEFT, RIGHT, TOP, TOP + ROW * len(variants), (max(lowest, 0.0), 1.0), (0.0, 1.0))


def row(results: Results, plane: Plane, variant: str, y: float) -> tuple[list[Line], list[Word]]:
    """Return a variant's name, dot, bar and counts; the network as it is in the accent colour."""
    mean, spread = (results.values[f"ablation.{variant}{suffix}"] for suffix in ("", "_spread"))
    role = "accent" if variant == "whole" else "negative"
    ends = tuple(
        (plane.at(min(max(mean + side * spread, plane.across[0]), 1.0), 0)[0], y) for side in (-1, 1)
    )
    lines = [
        Line(((plane.left, y), (plane.right, y)), "line", 1.0),
        Line(ends, role, 2.0),
        Line(((plane.at(mean, 0)[0], y),), role, 11.0),
    ]
    words = [
        Word(NAMES[variant], plane.left - 20, y + 5, "accent" if variant == "whole" else "ink", USUAL, "end"),
        Word(percent(mean), plane.at(mean, 0)[0], y - 11, role, SMALL),
    ]
    counts = {key: results.values[f"ablation.{variant}_{key}"] for key in COLUMNS}
    return lines, words + [
        Word(f"{counts[key]:,}", x, y + 5, "ink", SMALL, "end", mono=True) for key, x in COLUMNS.items()
    ]


def headings(results: Results, plane: Plane, height: int) -> list[Word]:
    """Return the words over the columns and under the plot."""
    value: Any = results.values.__getitem__
    told = (
        f"{value('ablation.seeds')} trainings each on {value('ablation.images'):,} images; "
        "bars: ± one standard deviation"
    )
    return [
        *(Word(key, x, 34, "muted", SMALL, "end") for key, x in COLUMNS.items()),
        Word("right answers on the test images", plane.left, 34, "muted", SMALL, "start"),
        Word(told, plane.left, height - 20.0, "muted", SMALL, "start"),
    ]


def describe(results: Results, variants: list[str]) -> str:
    """Return every variant's numbers in words."""
    value: Any = results.values.__getitem__
    told = "; ".join(
        f"{NAMES[each]}: {percent(value(f'ablation.{each}'))}, {value(f'ablation.{each}_parameters'):,} parameters, "
        f"{value(f'ablation.{each}_multiplications'):,} multiplications"
        for each in variants
    )
    return f"The network and its variants, each with its right answers on the test images. {told}."


def table(results: Results, variants: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return the numbers of every variant."""
    value: Any = results.values.__getitem__
    rows = (
        (
            NAMES[each],
            plus_minus(value(f"ablation.{each}"), value(f"ablation.{each}_spread")),
            *(f"{value(f'ablation.{each}_{key}'):,}" for key in COLUMNS),
        )
        for each in variants
    )
    return ("network", "right answers", *COLUMNS), *rows
