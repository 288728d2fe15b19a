"""Where things stand: decks of sheets in oblique projection, the strip, and the row of classes."""

from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 720, 440
MARGIN = 20.0
OBLIQUE = (0.5, -0.27)  # columns run half as wide as rows are high, and rise
SHOWN = 0.6  # share of a sheet's width that its neighbour leaves uncovered


@dataclass(frozen=True)
class Place:
    """The matrix that puts a sheet's cells on the stage.

    (column, row) lies at (x + a column, y + b column + d row).
    """

    x: float
    y: float
    a: float
    b: float
    d: float

    def props(self) -> dict[str, float]:
        """Return the matrix as keyframe properties."""
        return {"x": self.x, "y": self.y, "a": self.a, "b": self.b, "d": self.d}


@dataclass(frozen=True)
class Grid:
    """A stage with height, width and channels: `rows` x `columns` x `depth` cells."""

    rows: int
    columns: int
    depth: int


def as_grid(shape: tuple[int, ...]) -> Grid:
    """Return a stage's shape as a grid; a vector is one row."""
    return Grid(*shape) if len(shape) == 3 else Grid(1, shape[0], 1)


def cell_size(grids: list[Grid]) -> float:
    """Return the one cell height, in units, at which every stage fits: all are drawn to the same scale."""
    tallest = max(grid.rows - OBLIQUE[1] * grid.columns for grid in grids)
    widest = max(OBLIQUE[0] * grid.columns * (1 + SHOWN * (grid.depth - 1)) for grid in grids)
    return min((HEIGHT - 2 * MARGIN) / tallest, (WIDTH - 2 * MARGIN) / widest, 11.0)


def flat(grid: Grid, size: float) -> Place:
    """Return the place of a single image seen from the front, in the middle."""
    return Place((WIDTH - size * grid.columns) / 2, (HEIGHT - size * grid.rows) / 2, size, 0.0, size)


def deck(grid: Grid, cell: float, *, left: float = MARGIN, right: float = WIDTH - MARGIN) -> list[Place]:
    """Return one place per channel, spread evenly and centred between `left` and `right`."""
    a, b = OBLIQUE[0] * cell, OBLIQUE[1] * cell
    sheet = a * grid.columns
    room = (right - left - sheet) / max(grid.depth - 1, 1)
    step = min(room, max(SHOWN * sheet, 46.0))
    start = (left + right - sheet - step * (grid.depth - 1)) / 2
    y = (HEIGHT - cell * grid.rows - b * grid.columns) / 2
    return [Place(start + step * channel, y, a, b, cell) for channel in range(grid.depth)]


def enlarged(place: Place, factor: int) -> Place:
    """Return where a pooled sheet lies while its cells still cover the blocks of the sheet at `place`."""
    return Place(place.x, place.y, place.a * factor, place.b * factor, place.d * factor)


def strip(length: int, *, y: float, height: float) -> tuple[float, float, float]:
    """Return (x, y, cell width) of a strip of `length` cells across the stage."""
    return MARGIN, y, (WIDTH - 2 * MARGIN) / length


def class_centres(count: int) -> list[float]:
    """Return the x of each class's column."""
    pitch = (WIDTH - 2 * MARGIN) / count
    return [MARGIN + pitch * (index + 0.5) for index in range(count)]


def spacing(centres: list[float]) -> float:
    """Return the distance between neighbouring columns; the whole width when there is one."""
    return min((right - left for left, right in pairwise(centres)), default=WIDTH - 2 * MARGIN)
