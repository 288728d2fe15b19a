"""Figures as data: what a figure may draw from, and what it hands to the writers.

A module of this package is one figure (`confusion.py` is the figure `confusion`) or a family that names its
members (`stages.py`: `names(stages)`). Either way `draw(results, name)` is pure: results in, `Figure` out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Float, UInt8
from matplotlib.figure import Figure as Plot

from genfigs.data import Split
from genfigs.network.sequential import Params, Sequential
from genfigs.scenes import Scene
from genfigs.scenes.exhibit import Exhibit, Picture
from genfigs.theme import Theme

Units = int | float  # lengths on a mosaic


@dataclass(frozen=True)
class Sample:
    """One test image with everything the network made of it."""

    image: UInt8[np.ndarray, "28 28"]
    label: int
    probabilities: Float[np.ndarray, " classes"]
    activations: Mapping[str, np.ndarray]

    @property
    def prediction(self) -> int:
        """Return the class the network finds most probable."""
        return int(np.argmax(self.probabilities))


@dataclass(frozen=True)
class Results:
    """All a figure may draw from: a trained network, sample images, the test split and what was measured."""

    network: Sequential
    params: Params
    class_names: tuple[str, ...]
    samples: tuple[Sample, ...]
    test: Split
    history: Mapping[str, Any]
    values: Mapping[str, Any]
    seed: int
    quick: bool

    @property
    def hero(self) -> Sample:
        """Return the image that travels through the pictures: the first sample of class 2."""
        return next((sample for sample in self.samples if sample.label == 2), self.samples[0])


@dataclass(frozen=True)
class Clip:
    """A stretch of a scene with one image's numbers; the still is taken at `still`.

    Units: `start`, `stop` and `still` are stages. `frames` is how many a GIF samples.
    """

    scene: Scene
    exhibit: Exhibit
    start: float
    stop: float
    still: float
    frames: int = 20


@dataclass(frozen=True)
class Tile:
    """Cells drawn as a rectangle. Units: those of the mosaic."""

    picture: Picture
    x: Units
    y: Units
    width: Units
    height: Units


@dataclass(frozen=True)
class Word:
    """A line of text on a mosaic, in a colour of the theme named by its role."""

    text: str
    x: Units
    y: Units
    role: str = "ink"
    size: int = 16
    anchor: str = "middle"
    mono: bool = False


@dataclass(frozen=True)
class Line:
    """A line through points of a mosaic, in a colour of the theme named by its role; round at its ends."""

    points: tuple[tuple[float, float], ...]
    role: str = "ink"
    thickness: float = 2.0


@dataclass(frozen=True)
class Mosaic:
    """Tiles, lines and words on a panel of `width` x `height` units."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Frames:
    """Mosaics of one size that fade into one another in order, and a still that shows all at once."""

    mosaics: tuple[Mosaic, ...]
    still: Mosaic


@dataclass(frozen=True)
class Figure:
    """One figure, ready to be written.

    Units: `width` and `height` are CSS pixels; `raster` is how many pixels across a PNG of the light still is, if
    there is to be one. `picture` is a stretch of a scene, a mosaic, mosaics
    that fade into one another, or a function that plots in a theme.
    """

    alt: str
    width: int
    height: int
    picture: Clip | Mosaic | Frames | Callable[[Theme], Plot]
    caption: str = ""
    raster: int = 0
    table: tuple[tuple[str, ...], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
