"""Plots on a mosaic: a plane with ticks and grid lines, and series with bars of their spread and direct labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from genfigs.figures import Line, Results, Units, Word

SMALL, USUAL = 14, 16  # sizes of text
CONTENDERS = {"cnn": "accent", "wide": "negative", "dense": "muted"}  # the role of each one's colour
Point = tuple[Units, Units]
Range = tuple[Units, Units]


@dataclass(frozen=True)
class Plane:
    """A rectangle of a mosaic on which values lie, evenly or by their logarithm.

    Units: those of the mosaic, and of the values for `across` and `up`.
    """

    left: float
    right: float
    top: float
    bottom: float
    across: Range
    up: Range
    logarithmic: tuple[bool, bool] = (False, False)

    def at(self, x: Units, y: Units) -> tuple[float, float]:
        """Return where a value lies."""
        column = share(x, self.across, self.logarithmic[0])
        row = share(y, self.up, self.logarithmic[1])
        return self.left + column * (self.right - self.left), self.bottom - row * (self.bottom - self.top)


@dataclass(frozen=True)
class Series:
    """Points in order, each with its spread, in one colour; spreads may be left out."""

    points: Sequence[Point]
    role: str
    spreads: Sequence[Units] = ()


def share(value: Units, limits: Range, logarithmic: bool) -> float:
    """Return where `value` lies between the limits, from 0 to 1."""
    low, high, value = (log10(number) if logarithmic else number for number in (*limits, value))
    return (value - low) / (high - low)


def grid(
    plane: Plane, heights: Mapping[Units, str], places: Mapping[Units, str]
) -> tuple[list[Line], list[Word]]:
    """Return a horizontal hairline per labelled height, a tick per labelled place, and the labels."""
    lines, words = [], []
    for height, text in heights.items():
        y = plane.at(plane.across[0], height)[1]
        lines.append(Line(((plane.left, y), (plane.right, y)), "line", 1.0))
        words.append(Word(text, plane.left - 10, y + 5, "muted", SMALL, "end"))
    for place, text in places.items():
        x = plane.at(place, plane.up[0])[0]
        lines.append(Line(((x, plane.bottom), (x, plane.bottom + 5)), "muted", 1.0))
        words.append(Word(text, x, plane.bottom + 22, "muted", SMALL))
    return lines, words


def drawn(plane: Plane, series: Series) -> Iterator[Line]:
    """Yield the spreads as bars up and down, the line, and a dot per point."""
    low, high = plane.up
    for (x, y), spread in zip(series.points, series.spreads, strict=False):
        ends = tuple(plane.at(x, min(max(y + side * spread, low), high)) for side in (-1, 1))
        yield Line(ends, series.role, 1.5)
    yield Line(tuple(plane.at(*point) for point in series.points), series.role)
    for point in series.points:
        yield Line((plane.at(*point),), series.role, 7.0)


def apart(heights: Mapping[str, float], distance: float, lowest: float) -> dict[str, float]:
    """Return heights at least `distance` apart in the same order, none below `lowest` (downwards is more)."""
    placed: dict[str, float] = {}
    y = float("-inf")
    for name in sorted(heights, key=lambda name: heights[name]):
        y = placed[name] = max(heights[name], y + distance)
    y = lowest + distance
    for name in reversed(placed):
        y = placed[name] = min(placed[name], y - distance)
    return placed


def titles(results: Results, experiment: str) -> dict[str, tuple[str, str]]:
    """Return what each contender is called, in two lines."""
    count = {name: results.values[f"{experiment}.{name}_parameters"] for name in CONTENDERS}
    called = {
        "cnn": "convolutional" if convolves(results) else "this network",
        "wide": "dense",
        "dense": "dense",
    }
    return {name: (called[name], f"{count[name]:,} parameters") for name in CONTENDERS}


def convolves(results: Results) -> bool:
    """Return whether the network has a convolution."""
    return any(stage.kind == "conv2d" for stage in results.network.stages)


def labels(
    plane: Plane, ends: Mapping[str, Units], called: Mapping[str, tuple[str, str]], values: Mapping[str, str]
) -> Iterator[Word]:
    """Yield, right of the plane, each contender's last value and name, and its size below, none on another."""
    heights = {name: plane.at(plane.across[0], value)[1] for name, value in ends.items()}
    for name, y in apart(heights, 44.0, plane.bottom - 14).items():
        first, second = called[name]
        yield Word(f"{values[name]} {first}", plane.right + 16, y + 2, CONTENDERS[name], USUAL, "start")
        yield Word(second, plane.right + 16, y + 20, "muted", SMALL, "start")


def percent(value: Units, decimals: int = 1) -> str:
    """Return a share as a percentage, with a true minus sign."""
    return f"{value:.{decimals}%}".replace("-", "−")


def shares(lowest: float, step: float = 0.1) -> dict[Units, str]:
    """Return grid lines from `lowest` to 1 with their labels."""
    count = round((1 - lowest) / step)
    return {lowest + step * index: f"{lowest + step * index:.0%}" for index in range(count + 1)}


def plus_minus(mean: Units, spread: Units) -> str:
    """Return a mean and its spread in percent."""
    return f"{100 * mean:.1f}% ± {100 * spread:.1f}"
