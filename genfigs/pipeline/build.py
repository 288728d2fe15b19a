"""One build from start to end: look, and only if something is stale take the lock, run, publish."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from genfigs.errors import UserError
from genfigs.pipeline.files import require_writable, sweep
from genfigs.pipeline.job import TaskError
from genfigs.pipeline.overview import Overview, survey
from genfigs.pipeline.project import Project, Settings
from genfigs.pipeline.publish import publication
from genfigs.pipeline.reporting import Reporter, summary
from genfigs.pipeline.staff import Hands, Staff
from genfigs.pipeline.tasks import Task, Workshop, choose, figure_tasks
from genfigs.pipeline.trouble import figure_troubles

if TYPE_CHECKING:
    from genfigs.pipeline.runner import Run
    from genfigs.pipeline.workers import Crew


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
    overview = survey(project, settings, crew)
    if not _pending(overview, figures):
        return f"up to date: {_state(overview)}"
    require_writable(project.out)
    require_writable(project.assets)
    with build_lock(project, reporter):
        sweep(project.out)
        sweep(project.assets)
        overview = survey(project, settings, crew)
        with nullcontext(crew) if crew else staff.hire(project, overview.catalogue.sources) as hired:
            run = _run(overview, _chosen(overview, figures), hired, reporter)
            written = _publish(overview, run)
    if run.failures:
        raise UserError(summary(run.failures, run.left_out))
    return f"tasks run: {len(run.made)}, files written: {written}; {_state(overview)}"


def _chosen(overview: Overview, figures: Sequence[str]) -> dict[str, Task]:
    """Return the tasks to bring up to date: all that are not figures, and the figures asked for."""
    if not figures:
        return overview.tasks
    others = [name for name, task in overview.tasks.items() if task.kind != "figure"]
    return choose(overview.tasks, [*others, *figure_tasks(overview.tasks, figures)])


def _pending(overview: Overview, figures: Sequence[str]) -> bool:
    """Return whether there is anything to do."""
    if overview.stale(_chosen(overview, figures)):
        return True
    try:
        return not publication(overview).complete
    except TaskError:
        return True


def _run(overview: Overview, tasks: dict[str, Task], crew: Hands, reporter: Reporter) -> "Run":
    """Run what is stale among `tasks`; return what was made and what failed."""
    from genfigs.pipeline.runner import Run

    sweep(overview.workshop.cache)
    with reporter:
        run = Run(overview.workshop, crew, reporter)
        run.all(tasks)
    return run


def _publish(overview: Overview, run: "Run") -> int:
    """Publish all that is finished, and what is wrong with the rest; return how many files were written."""
    troubles = figure_troubles(run.failures, run.left_out, overview.tasks, overview.project.root)
    try:
        todo = publication(overview, troubles)
    except TaskError:
        return 0
    todo.carry_out()
    return len(todo.missing)


def _state(overview: Overview) -> str:
    """Return how many figures there are, where they are, and what they were made from."""
    folder = overview.project.relative(overview.project.out)
    return f"{len(overview.catalogue.figures)} figures in {folder} ({overview.settings})"


def train_only(project: Project, settings: Settings, staff: Staff, reporter: Reporter) -> Workshop:
    """Bring the trained parameters up to date and return where they are.

    Raises: UserError that sums up what failed.
    """
    overview = survey(project, settings)
    tasks = choose(overview.tasks, ["train"])
    if overview.stale(tasks):
        sources = overview.catalogue.sources
        with build_lock(project, reporter), staff.hire(project, sources) as crew:
            run = _run(overview, tasks, crew, reporter)
        if run.failures:
            raise UserError(summary(run.failures, run.left_out))
    return overview.workshop


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
