"""One build from start to end: look, and only if something is stale take the lock, run, publish."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from genfigs.errors import UserError
from genfigs.pipeline.catalogue import Catalogue, read_catalogue
from genfigs.pipeline.files import require_writable, sweep
from genfigs.pipeline.job import TaskError
from genfigs.pipeline.manifest import published_entries
from genfigs.pipeline.project import Project, Settings
from genfigs.pipeline.publish import Publication, publication
from genfigs.pipeline.reporting import Reporter, summary
from genfigs.pipeline.staff import Hands, Staff
from genfigs.pipeline.tasks import Task, Workshop, choose, figure_tasks, plan
from genfigs.pipeline.trouble import figure_troubles

if TYPE_CHECKING:
    from genfigs.pipeline.runner import Run
    from genfigs.pipeline.workers import Crew


@dataclass(frozen=True)
class Desk:
    """All that is known before anything runs: the tasks, and what tells whether they are stale."""

    project: Project
    settings: Settings
    catalogue: Catalogue
    workshop: Workshop
    tasks: dict[str, Task]

    def stale(self, tasks: dict[str, Task]) -> dict[str, str]:
        """Return why each of `tasks` must run; tasks that are current are left out."""
        values = self.workshop.values()
        reasons = {name: self.workshop.stale(task, values) for name, task in tasks.items()}
        return {name: reason for name, reason in reasons.items() if reason}

    def publication(self, troubles: Mapping[str, str] | None = None) -> Publication:
        """Return what has to be published, with the `troubles` that figures have just had."""
        told = self._standing() | dict(troubles or {})
        return publication(self.project, self.settings, self.catalogue, self.workshop, self.tasks, told)

    def _standing(self) -> dict[str, str]:
        """Return the published troubles that no build has ended: of figures that are stale, or need what is."""
        entries = published_entries(self.project)
        told = {name: entry["error"] for name, entry in entries.items() if "error" in entry}
        stale = self.stale(self.tasks) if told else {}
        waits = {
            name: choose(self.tasks, [f"figure/{name}"]) for name in told if f"figure/{name}" in self.tasks
        }
        return {name: told[name] for name, tasks in waits.items() if stale.keys() & tasks.keys()}


def open_desk(project: Project, settings: Settings, crew: "Crew | None" = None) -> Desk:
    """Return the state of `project` for a build with `settings`; `crew` is asked what only code can tell."""
    project.prepare_cache()
    catalogue = read_catalogue(project, partial(_family_names, project, crew))
    experiments = tuple(entry.name for entry in catalogue.experiments)
    workshop = Workshop(
        project.cache / settings.key(project.root), project.root, catalogue.sources, experiments
    )
    return Desk(project, settings, catalogue, workshop, plan(project, settings, catalogue))


def _family_names(project: Project, crew: "Crew | None", module: str) -> tuple[list[str], str]:
    """Return the figures of a family, asked for in a worker."""
    from genfigs.pipeline.workers import Crew, call

    with nullcontext(crew) if crew else Crew(1, project.cache) as asked:
        names, error = asked.submit(call, "genfigs.pipeline.work.figure", "names", module).result()
    return names or [], error


def build(
    project: Project,
    settings: Settings,
    figures: Sequence[str],
    staff: Staff,
    reporter: Reporter,
    crew: "Crew | None" = None,
) -> str:
    """Bring `figures` (all of them when empty) up to date; return what to tell the user.

    `crew` does the work and stays with the caller; without one, `staff` is hired when there is work.
    Raises: UserError that sums up what failed, with everything else built and published.
    """
    desk = open_desk(project, settings, crew)
    if not _pending(desk, figures):
        return f"up to date: {_state(desk)}"
    require_writable(project.out)
    require_writable(project.assets)
    with build_lock(project, reporter):
        sweep(project.out)
        sweep(project.assets)
        desk = open_desk(project, settings, crew)
        with nullcontext(crew) if crew else staff.hire(project, desk.catalogue.sources) as hired:
            run = _run(desk, _chosen(desk, figures), hired, reporter)
            written = _publish(desk, run)
    if run.failures:
        raise UserError(summary(run.failures, run.left_out))
    return f"tasks run: {len(run.made)}, files written: {written}; {_state(desk)}"


def _chosen(desk: Desk, figures: Sequence[str]) -> dict[str, Task]:
    """Return the tasks to bring up to date: all that are not figures, and the figures asked for."""
    if not figures:
        return desk.tasks
    others = [name for name, task in desk.tasks.items() if task.kind != "figure"]
    return choose(desk.tasks, [*others, *figure_tasks(desk.tasks, figures)])


def _pending(desk: Desk, figures: Sequence[str]) -> bool:
    """Return whether there is anything to do."""
    if desk.stale(_chosen(desk, figures)):
        return True
    try:
        return not desk.publication().complete
    except TaskError:
        return True


def _run(desk: Desk, tasks: dict[str, Task], crew: Hands, reporter: Reporter) -> "Run":
    """Run what is stale among `tasks`; return what was made and what failed."""
    from genfigs.pipeline.runner import Run

    sweep(desk.workshop.cache)
    with reporter:
        run = Run(desk.workshop, crew, reporter)
        run.all(tasks)
    return run


def _publish(desk: Desk, run: "Run") -> int:
    """Publish all that is finished, and what is wrong with the rest; return how many files were written."""
    troubles = figure_troubles(run.failures, run.left_out, desk.tasks, desk.project.root)
    try:
        todo = desk.publication(troubles)
    except TaskError:
        return 0
    todo.carry_out()
    return len(todo.missing)


def _state(desk: Desk) -> str:
    """Return how many figures there are, where they are, and what they were made from."""
    folder = desk.project.relative(desk.project.out)
    return f"{len(desk.catalogue.figures)} figures in {folder} ({desk.settings})"


def train_only(project: Project, settings: Settings, staff: Staff, reporter: Reporter) -> Workshop:
    """Bring the trained parameters up to date and return where they are.

    Raises: UserError that sums up what failed.
    """
    desk = open_desk(project, settings)
    tasks = choose(desk.tasks, ["train"])
    if desk.stale(tasks):
        sources = desk.catalogue.sources
        with build_lock(project, reporter), staff.hire(project, sources) as crew:
            run = _run(desk, tasks, crew, reporter)
        if run.failures:
            raise UserError(summary(run.failures, run.left_out))
    return desk.workshop


def evaluate(
    project: Project, settings: Settings, path: str, staff: Staff, reporter: Reporter
) -> dict[str, Any]:
    """Return accuracy, count and confusion of the trained network on a folder; train first if needed.

    Raises: UserError for a folder that cannot be read.
    """
    from genfigs.pipeline.workers import Crew

    with Crew(1, project.cache) as crew:
        _ask(crew, "count_images", path)
        workshop = train_only(project, settings, staff, reporter)
        answer: dict[str, Any] = _ask(crew, "evaluate_folder", workshop.cache, path)
    return answer


def _ask(crew: "Crew", function: str, *arguments: Any) -> Any:
    """Return what a function of the evaluation gives. Raises: UserError in its words when it fails."""
    from genfigs.pipeline.workers import call

    answer, error = crew.submit(call, "genfigs.pipeline.work.evaluation", function, *arguments).result()
    if error:
        raise UserError(error)
    return answer


@contextmanager
def build_lock(project: Project, reporter: Reporter) -> Iterator[None]:
    """Hold the project for one build at a time; a second one says that it waits."""
    from filelock import FileLock, Timeout

    lock = FileLock(project.cache / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        reporter.say("another build is running; waiting for it to end")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
