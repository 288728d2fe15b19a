"""Stand-in: what an experiment gets."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Study:
    network: Any
    params: Any
    dataset: Any
    quick: bool
    seed: int
