"""Why figures could not be drawn anew, as their pages tell it: by figure, and without a path of this machine."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from genfigs.pipeline.explain import without_paths
from genfigs.pipeline.job import Failure
from genfigs.pipeline.tasks import Task

FIGURE = "figure/"


def figure_troubles(
    failures: Iterable[Failure], left_out: Iterable[str], tasks: Mapping[str, Task], root: Path
) -> dict[str, str]:
    """Return what went wrong by figure: its own failure, or that of the first thing it needs."""
    failed = {failure.task: failure.message for failure in failures}
    found = {name: failed[name] for name in failed if name.startswith(FIGURE)}
    for name in left_out:
        if name.startswith(FIGURE):
            cause = _cause(name, failed, tasks)
            found[name] = f"it needs `{cause}`, which failed\n{failed[cause]}"
    return {name.removeprefix(FIGURE): without_paths(message, root) for name, message in found.items()}


def _cause(name: str, failed: Mapping[str, str], tasks: Mapping[str, Task]) -> str:
    """Return the failed task that kept `name`, directly or not, from running."""
    waiting = list(tasks[name].needs)
    while waiting[0] not in failed:
        waiting = [*waiting[1:], *tasks[waiting[0]].needs]
    return waiting[0]
