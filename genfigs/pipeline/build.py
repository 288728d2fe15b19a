"""One build from start to end: look, and only if something is stale take the lock, run, publish."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from genfigs.errors import UserError
from genfigs.pipeline.catalogue import Catalogue, read_catalogue
from genfigs.pipeline.files import require_writable, sweep
from genfigs.pipeline.job import TaskError
from genfigs.pipeline.project import Project, Settings
from genfigs.pipeline.publish import Publication, publication
from genfigs.pipeline.reporting import Reporter, summary
from genfigs.pipeline.tasks import Task, Workshop, choose, figure_tasks, plan

if TYPE_CHECKING:
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

    def publication(self) -> Publication:
        """Return what has to be published."""
        return publication(self.project, self.settings, self.catalogue, self.workshop, self.tasks)


def open_desk(project: Project, settings: Settings) -> Desk:
    """Return the state of `project` for a build with `settings`."""
    project.prepare_cache()
    catalogue = read_catalogue(project, partial(_family_names, project))
    experiments = tuple(entry.name for entry in catalogue.experiments)
    workshop = Workshop(project.cache / settings.key, project.root, catalogue.sources, experiments)
    return Desk(project, settings, catalogue, workshop, plan(project, settings, catalogue))


def _family_names(project: Project, module: str) -> tuple[list[str], str]:
    """Return the figures of a family, asked for in a worker."""
    from genfigs.pipeline.workers import Crew, call

    with Crew(1, project.cache) as crew:
        names, error = crew.submit(call, "genfigs.pipeline.work.figure", "names", module).result()
    return names or [], error


def build(project: Project, settings: Settings, figures: Sequence[str], jobs: int, reporter: Reporter) -> str:
    """Bring `figures` (all of them when empty) up to date; return what to tell the user.

    Raises: UserError that sums up what failed, with everything else built and published.
    """
    desk = open_desk(project, settings)
    if not _pending(desk, figures):
        return f"up to date: {_state(desk)}"
    require_writable(project.out)
    require_writable(project.assets)
    with build_lock(project, reporter):
        sweep(project.out)
        desk = open_desk(project, settings)
        made, problem = _run(desk, _chosen(desk, figures), jobs, reporter)
        written = _publish(desk)
    if problem:
        raise UserError(problem)
    return f"tasks run: {made}, files written: {written}; {_state(desk)}"


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


def _run(desk: Desk, tasks: dict[str, Task], jobs: int, reporter: Reporter) -> tuple[int, str]:
    """Run what is stale among `tasks`; return how many ran, and what went wrong in words."""
    from genfigs.pipeline.runner import Run
    from genfigs.pipeline.workers import Crew

    sweep(desk.workshop.cache)
    with Crew(jobs, desk.project.cache) as crew, reporter:
        run = Run(desk.workshop, crew, reporter)
        run.all(tasks)
    return len(run.made), summary(run.failures, run.left_out)


def _publish(desk: Desk) -> int:
    """Publish all that is finished; return how many files were written."""
    try:
        todo = desk.publication()
    except TaskError:
        return 0
    todo.carry_out()
    return len(todo.missing)


def _state(desk: Desk) -> str:
    """Return how many figures there are, where they are, and what they were made from."""
    folder = desk.project.relative(desk.project.out)
    return f"{len(desk.catalogue.figures)} figures in {folder} ({desk.settings})"


def train_only(project: Project, settings: Settings, jobs: int, reporter: Reporter) -> Workshop:
    """Bring the trained parameters up to date and return where they are.

    Raises: UserError that sums up what failed.
    """
    desk = open_desk(project, settings)
    tasks = choose(desk.tasks, ["train"])
    if desk.stale(tasks):
        with build_lock(project, reporter):
            _, problem = _run(desk, tasks, jobs, reporter)
        if problem:
            raise UserError(problem)
    return desk.workshop


def evaluate(
    project: Project, settings: Settings, path: str, jobs: int, reporter: Reporter
) -> dict[str, Any]:
    """Return accuracy, count and confusion of the trained network on a folder; train first if needed.

    Raises: UserError for a folder that cannot be read.
    """
    from genfigs.pipeline.workers import Crew

    with Crew(1, project.cache) as crew:
        _ask(crew, "count_images", path)
        workshop = train_only(project, settings, jobs, reporter)
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
