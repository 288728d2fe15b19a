"""Measurements that the prose quotes: one file, one measurement.

Each module has `measure(study)`, which returns values by name; the prose reads them as `<module>.<name>`.
"""

from dataclasses import dataclass
from typing import Any

from genfigs.data import Dataset
from genfigs.network.sequential import Params, Sequential

Value = int | float | str | list[Any]  # what JSON can hold, short of an object


@dataclass(frozen=True)
class Study:
    """What an experiment may look at: the trained network and the images it was trained and tested on."""

    network: Sequential
    params: Params
    dataset: Dataset
    quick: bool  # a small preview is enough
    seed: int
