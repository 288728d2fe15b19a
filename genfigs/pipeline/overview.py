"""All that is known before anything runs: what there is to build, and what tells whether it is stale."""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from genfigs.pipeline.catalogue import Catalogue, read_catalogue
from genfigs.pipeline.project import Project, Settings
from genfigs.pipeline.tasks import Task, Workshop, plan

if TYPE_CHECKING:
    from genfigs.pipeline.workers import Crew


@dataclass(frozen=True)
class Overview:
    """The tasks of a build, and where their results are."""

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


def survey(project: Project, settings: Settings, crew: "Crew | None" = None) -> Overview:
    """Return the state of `project` for a build with `settings`; `crew` is asked what only code can tell."""
    project.prepare_cache()
    catalogue = read_catalogue(project, partial(_family_names, project, crew))
    experiments = tuple(entry.name for entry in catalogue.experiments)
    cache = project.cache / settings.key(project.root)
    workshop = Workshop(cache, project.root, catalogue.sources, experiments)
    return Overview(project, settings, catalogue, workshop, plan(project, settings, catalogue))


def _family_names(project: Project, crew: "Crew | None", module: str) -> tuple[list[str], str]:
    """Return the figures of a family, asked for in a worker."""
    from genfigs.pipeline.workers import Crew, call

    with nullcontext(crew) if crew else Crew(1, project.cache) as asked:
        names, error = asked.submit(call, "genfigs.pipeline.work.figure", "names", module).result()
    return names or [], error
