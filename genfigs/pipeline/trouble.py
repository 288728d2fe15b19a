"""Why figures could not be drawn anew, as their pages tell it: by figure, and without a path of this machine."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from genfigs.pipeline.explain import without_paths
from genfigs.pipeline.job import Failure
from genfigs.pipeline.manifest import published_entries
from genfigs.pipeline.overview import Overview
from genfigs.pipeline.tasks import Task, choose

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


def standing_troubles(overview: Overview) -> dict[str, str]:
    """Return the published troubles that no build has ended: of figures that are stale, or need what is."""
    entries = published_entries(overview.project)
    told = {name: entry["error"] for name, entry in entries.items() if "error" in entry}
    stale = overview.stale(overview.tasks) if told else {}
    waits = {
        name: choose(overview.tasks, [f"{FIGURE}{name}"])
        for name in told
        if f"{FIGURE}{name}" in overview.tasks
    }
    return {name: told[name] for name, tasks in waits.items() if stale.keys() & tasks.keys()}
