"""Stand-in: what a figure gets and gives."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sample:
    image: Any
    label: int
    probabilities: Any
    activations: Any


@dataclass(frozen=True)
class Results:
    network: Any
    params: Any
    class_names: tuple[str, ...]
    samples: tuple[Sample, ...]
    test: Any
    history: Any
    values: Any
    seed: int
    quick: bool


@dataclass(frozen=True)
class Figure:
    alt: str
    picture: str
    width: int = 100
    table: tuple[tuple[str, ...], ...] = ()
    height: int = 50
    caption: str = ""
    values: dict = field(default_factory=dict)
