"""Images, parameters and facts in the cache, as plain arrays; nothing here knows what they are drawn into."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from genfigs.data import Dataset, Split
from genfigs.pipeline.files import read_json
from genfigs.pipeline.job import TaskError

SPLITS = ("train", "validation", "test")
Params = dict[str, dict[str, Any]]  # by stage and name


def to_npz(arrays: dict[str, np.ndarray]) -> bytes:
    """Return `arrays` as the bytes of an uncompressed npz file; equal arrays give equal bytes."""
    buffer = BytesIO()
    np.savez(buffer, allow_pickle=False, **{name: arrays[name] for name in sorted(arrays)})
    return buffer.getvalue()


def read_npz(path: Path, *names: str) -> dict[str, np.ndarray]:
    """Return the arrays in `path`, or only those called `names`."""
    with np.load(path, allow_pickle=False) as archive:
        return {name: archive[name] for name in names or archive.files}


def read_facts(cache: Path, task: str, name: str = "facts.json") -> dict[str, Any]:
    """Return what `task` wrote down about its result.

    Raises: TaskError if that is damaged.
    """
    facts = read_json(cache / task / name)
    if facts is None:
        raise TaskError(
            f"`{cache / task / name}` must be whole; got a damaged file; delete `.genfigs` and build again"
        )
    return facts


def read_split(cache: Path, name: str) -> Split:
    """Return one split of the data set in `cache`."""
    arrays = read_npz(cache / "data" / "data.npz", f"{name}_images", f"{name}_labels")
    return Split(arrays[f"{name}_images"], arrays[f"{name}_labels"])


def read_dataset(cache: Path) -> Dataset:
    """Return the data set in `cache`."""
    facts = read_facts(cache, "data")
    train, validation, test = (read_split(cache, name) for name in SPLITS)
    return Dataset(facts["name"], tuple(facts["class_names"]), train, validation, test)


def read_params(cache: Path) -> Params:
    """Return the trained parameters in `cache`, by stage and name."""
    params: Params = {}
    for path, array in read_npz(cache / "train" / "params.npz").items():
        stage, _, name = path.partition("/")
        params.setdefault(stage, {})[name] = array
    return params
