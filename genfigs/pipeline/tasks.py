"""The tasks of a build: what each runs, what it waits for, and what goes into it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from genfigs.errors import UserError, nearest
from genfigs.pipeline.catalogue import Catalogue, Entry
from genfigs.pipeline.files import file_fingerprint
from genfigs.pipeline.job import RESULT_OF, Job
from genfigs.pipeline.project import Project, Settings, relative
from genfigs.pipeline.receipts import read_receipt, stale_reason
from genfigs.pipeline.sources import Sources
from genfigs.pipeline.values import computed_values

WORK = "genfigs.pipeline.work"
TRAINED = ("data", "train")
SAMPLED = (*TRAINED, "samples")


@dataclass(frozen=True)
class Task:
    """One step of a build.

    `modules` are the code it runs with, the first of them has its `run`; `needs` are the tasks whose results
    it reads; `after` are tasks whose values it may read, so it waits for them but runs without them too;
    `files` are further inputs; `error` is what is wrong with its own source.
    """

    name: str
    modules: tuple[str, ...]
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def kind(self) -> str:
        """Return `figure` for `figure/kernels`, and the name itself for single tasks."""
        return self.name.partition("/")[0]


def plan(project: Project, settings: Settings, catalogue: Catalogue) -> dict[str, Task]:
    """Return every task of a build by name."""
    measured = tuple(f"experiment/{entry.name}" for entry in catalogue.experiments)
    common = {"seed": settings.seed, "quick": settings.quick}
    drawing = common | {"experiments": [entry.name for entry in catalogue.experiments]}
    source = {"source": settings.source}
    if settings.folder:
        source = {"source": relative(settings.folder, project.root), "folder": str(settings.folder)}
    tasks = [
        Task("data", (f"{WORK}.data",), files=settings.data_files(), parameters=common | source),
        Task("train", (f"{WORK}.train",), ("data",), parameters=common),
        Task("samples", (f"{WORK}.samples",), TRAINED),
        _exports(catalogue, measured, drawing),
        Task("tokens", (f"{WORK}.tokens",)),
        Task(
            "script",
            (f"{WORK}.script",),
            files=_scripts(project),
            parameters={"folder": str(project.assets / "js")},
        ),
        *(_dynamic("experiment", entry, TRAINED, (), common) for entry in catalogue.experiments),
        *(_dynamic("figure", entry, SAMPLED, measured, drawing) for entry in catalogue.figures),
    ]
    return {task.name: task for task in tasks}


def _exports(catalogue: Catalogue, after: tuple[str, ...], common: Mapping[str, Any]) -> Task:
    """Return the task that writes what the page's script reads: the network, the samples, every scene."""
    modules = tuple(scene.module for scene in catalogue.scenes)
    parameters = {**common, "scenes": modules}
    error = next((scene.error for scene in catalogue.scenes if scene.error), "")
    return Task("exports", (f"{WORK}.exports", *modules), SAMPLED, after, parameters=parameters, error=error)


def _scripts(project: Project) -> tuple[Path, ...]:
    """Return the modules of the page's script."""
    return tuple(sorted((project.assets / "js").glob("**/*.js")))


def _dynamic(
    kind: str, entry: Entry, needs: tuple[str, ...], after: tuple[str, ...], common: Mapping[str, Any]
) -> Task:
    """Return the task for a figure or an experiment, one module of the project."""
    parameters = {**common, "module": entry.module, "line": entry.line, "path": entry.path}
    modules = (f"{WORK}.{kind}", entry.module)
    return Task(f"{kind}/{entry.name}", modules, needs, after, parameters=parameters, error=entry.error)


def choose(tasks: Mapping[str, Task], wanted: Iterable[str]) -> dict[str, Task]:
    """Return the tasks `wanted` and all they wait for."""
    chosen: dict[str, Task] = {}
    waiting = list(wanted)
    while waiting:
        task = tasks[waiting.pop()]
        if task.name not in chosen:
            chosen[task.name] = task
            waiting += [*task.needs, *task.after]
    return {name: task for name, task in tasks.items() if name in chosen}


def figure_tasks(tasks: Mapping[str, Task], figures: Iterable[str]) -> list[str]:
    """Return the names of the tasks that make `figures`.

    Raises: UserError with the nearest name for an unknown figure.
    """
    known = [name.removeprefix("figure/") for name in tasks if name.startswith("figure/")]
    for figure in figures:
        if figure not in known:
            raise UserError(f"`FIGURE` must name a figure; got `{figure}`{nearest(figure, known)}")
    return [f"figure/{figure}" for figure in figures]


UNHASHED = {"experiments", "folder"}  # parameters whose content is an input by other means


@dataclass(frozen=True)
class Workshop:
    """Where tasks keep their results, and what tells whether those are current."""

    cache: Path
    root: Path
    sources: Sources
    experiments: tuple[str, ...]

    def inputs(self, task: Task) -> dict[str, str]:
        """Return the fingerprint of all that goes into `task`, by a name a reader understands."""
        return dict(self._inputs(task))

    def _inputs(self, task: Task) -> Iterator[tuple[str, str]]:
        yield from ((f"`{path}`", sha) for path, sha in self.sources.inputs(task.modules).items())
        yield from ((f"library {name}", version) for name, version in self.libraries(task).items())
        yield from (
            (f"parameter {name}", str(value))
            for name, value in task.parameters.items()
            if name not in UNHASHED
        )
        yield from (
            (f"`{relative(path, self.root)}`", file_fingerprint(path) or "unreadable") for path in task.files
        )
        for need in task.needs:
            receipt = read_receipt(self.cache / need)
            yield f"{RESULT_OF}{need}", receipt.digest if receipt else "missing"

    def libraries(self, task: Task) -> dict[str, str]:
        """Return the versions of the libraries `task` runs with."""
        return self.sources.libraries(task.modules)

    def values(self) -> dict[str, Any]:
        """Return all values computed so far."""
        return computed_values(self.cache, self.experiments)

    def stale(self, task: Task, values: Mapping[str, Any]) -> str | None:
        """Return why `task` must run, or None when its results, and the `values` it read, are current."""
        return task.error or stale_reason(self.cache / task.name, self.inputs(task), values)

    def job(self, task: Task) -> Job:
        """Return `task` as a worker needs it, with its inputs as they are now."""
        name = task.name.partition("/")[2] or task.name
        return Job(task.name, name, task.modules[0], self.cache, task.parameters, self.inputs(task))
