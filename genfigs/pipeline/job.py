"""What travels between the build and its worker processes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from genfigs.errors import UserError

RESULT_OF = "result of "  # begins the names of inputs that other tasks made


@dataclass(frozen=True)
class Job:
    """One task, as a worker sees it.

    `cache` is the folder of this build's results, one folder per task below it; `name` is the task's name
    within its kind (the figure, the experiment); `parameters` are what the task was declared with.
    """

    task: str
    name: str
    work: str
    cache: Path
    parameters: Mapping[str, Any]
    inputs: Mapping[str, str]

    @property
    def needs(self) -> dict[str, str]:
        """Return the fingerprint of each result this task reads, by the task that made it."""
        return {
            name.removeprefix(RESULT_OF): digest
            for name, digest in self.inputs.items()
            if name.startswith(RESULT_OF)
        }

    @property
    def folder(self) -> Path:
        """Return the folder this task's files go to."""
        return self.cache / self.task


@dataclass(frozen=True)
class Outcome:
    """What a task made: `files` by name, and the computed values it read on the way."""

    files: Mapping[str, bytes]
    reads: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """Why a task failed, in at most ten lines."""

    task: str
    message: str


class TaskError(UserError):
    """A task cannot run; its message says why and where."""


Report = Callable[[str, str], None]
"""Called with a task's name and one line about its progress."""
