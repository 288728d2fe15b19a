"""The computed values that prose quotes, by dotted name, and who read which of them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from genfigs.errors import UserError, nearest
from genfigs.pipeline.files import read_json


class UnknownValueError(UserError, KeyError):
    """A value that nothing computes."""

    __str__ = UserError.__str__


class RecordedValues(Mapping[str, Any]):
    """A mapping that remembers what was read from it: only readers of a value go stale with it."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.reads: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the value `name`.

        Raises: UnknownValueError with the nearest name.
        """
        self.reads[name] = self._values.get(name)
        if name not in self._values:
            known = nearest(name, self._values)
            raise UnknownValueError(f"`values` must be asked for a computed value; got `{name}`{known}")
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over all names, which counts as reading all values."""
        self.reads.update(self._values)
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._values)


def computed_values(cache: Path, experiments: Iterable[str]) -> dict[str, Any]:
    """Return every value the tasks in `cache` have computed so far, those of `experiments` among them."""
    values: dict[str, Any] = {}
    for task in ("data", "train", "samples"):
        values |= (read_json(cache / task / "facts.json") or {}).get("values", {})
    for name in experiments:
        measured = read_json(cache / "experiment" / name / "values.json") or {}
        values |= {f"{name}.{key}": value for key, value in measured.items()}
    return dict(sorted(values.items()))
