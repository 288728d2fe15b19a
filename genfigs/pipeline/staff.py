"""Who does the work of a build: processes here, or a cluster."""

from dataclasses import dataclass
from os import cpu_count
from typing import TYPE_CHECKING, TypeAlias, Union

from genfigs.pipeline.project import Project
from genfigs.pipeline.sources import Sources

if TYPE_CHECKING:
    from genfigs.pipeline.cluster import Cluster
    from genfigs.pipeline.workers import Crew

Hands: TypeAlias = Union["Crew", "Cluster"]


@dataclass(frozen=True)
class Staff:
    """`jobs` processes, or as many as there are cores; with the address of a Dask `scheduler`, its workers."""

    jobs: int | None = None
    scheduler: str | None = None

    def hire(self, project: Project, sources: Sources) -> Hands:
        """Return who will do the tasks. Raises: UserError for a cluster that cannot be had."""
        if self.scheduler:
            from genfigs.pipeline.cluster import Cluster

            return Cluster(self.scheduler, self.jobs, project, sources)
        from genfigs.pipeline.workers import Crew

        return Crew(self.jobs or cpu_count() or 1, project.cache)
