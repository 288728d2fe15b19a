"""Curves over the epochs of a training, drawn as lines on a mosaic with their numbers at their ends."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from genfigs.figures import Line, Word

APART = 18  # units between the lines of two labels
Point = tuple[float, float]  # epoch, value


@dataclass(frozen=True)
class Curve:
    """One quantity over the epochs; its name and last value are written at its end."""

    name: str
    points: Sequence[Point]
    role: str


@dataclass(frozen=True)
class Chart:
    """The place of some curves on a mosaic, and the range of their values.

    Units: those of the mosaic. `right` leaves room for the labels beyond it.
    """

    title: str
    left: float
    right: float
    top: float
    bottom: float
    epochs: int
    range: tuple[float, float]
    written: Callable[[float], str]

    def at(self, epoch: float, value: float) -> Point:
        """Return where a value lies."""
        low, high = self.range
        x = self.left + (self.right - self.left) * epoch / self.epochs
        return x, self.bottom - (self.bottom - self.top) * (value - low) / (high - low)

    def lines(self, curves: Sequence[Curve], until: int) -> Iterator[Line]:
        """Yield the base line and, as far as epoch `until`, each curve with a dot per value."""
        yield Line(((self.left, self.bottom), (self.right, self.bottom)), "line", 1.0)
        for curve in curves:
            points = tuple(self.at(*point) for point in curve.points if point[0] <= until)
            if len(points) > 1:
                yield Line(points, curve.role)
            for point in points:
                yield Line((point,), curve.role, 7.0)

    def words(self, curves: Sequence[Curve], until: int) -> Iterator[Word]:
        """Yield the title, the values at both ends of the scale, and a label at the end of every curve."""
        yield Word(self.title, self.left, self.top - 14, size=16, anchor="start")
        for value, y in zip(self.range, (self.bottom, self.top), strict=True):
            yield Word(self.written(value), self.left - 18, y + 5, "muted", 14, "end", mono=True)
        last = [(curve, [p for p in curve.points if p[0] <= until][-1:]) for curve in curves]
        ends = [(curve, self.at(*point)[1], point[1]) for curve, found in last for point in found]
        y = float("-inf")
        for curve, height, value in sorted(ends, key=lambda end: end[1]):
            y = max(height + 5, y + APART)
            label = f"{self.written(value)} {curve.name}".rstrip()
            yield Word(label, self.right + 14, y, curve.role, 15, "start")
