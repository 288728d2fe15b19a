"""Run what is stale, in parallel, each task after those it waits for."""

from collections import deque
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any

from genfigs.pipeline.job import Failure
from genfigs.pipeline.reporting import Reporter
from genfigs.pipeline.staff import Hands
from genfigs.pipeline.tasks import Task, Workshop

TICK = 0.1  # seconds between two looks at what the workers report
CRASHED = "its process was killed or ran out of memory; build again, with `--jobs 1` if memory is short"


@dataclass
class Run:
    """One walk through the tasks: what was made, what failed, what had to be left out.

    When a worker dies, whoever was running is suspect: each of them runs once more, alone.
    """

    workshop: Workshop
    crew: Hands
    reporter: Reporter
    made: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    _queue: deque[Task] = field(default_factory=deque)
    _running: dict["Future[Failure | float]", Task] = field(default_factory=dict)
    _suspects: set[str] = field(default_factory=set)
    _lost: set[str] = field(default_factory=set)

    def all(self, tasks: Mapping[str, Task]) -> None:
        """Bring `tasks` up to date; a failure leaves out only what needs the failed task."""
        sorter = TopologicalSorter({name: [*task.needs, *task.after] for name, task in tasks.items()})
        sorter.prepare()
        order = {name: place for place, name in enumerate(tasks)}
        while sorter.is_active():
            ready = sorted(sorter.get_ready(), key=order.__getitem__)
            values = self.workshop.values() if ready else {}
            for name in ready:
                if self._must_run(tasks[name], values):
                    self._queue.append(tasks[name])
                else:
                    sorter.done(name)
            self._submit()
            for name in self._collect():
                sorter.done(name)

    def _must_run(self, task: Task, values: Mapping[str, Any]) -> bool:
        """Return whether `task` is stale and can run; book it if it cannot."""
        if not self._lost.isdisjoint(task.needs):
            self.left_out.append(task.name)
            self._lost.add(task.name)
        elif task.error:
            self._fail(Failure(task.name, task.error))
        elif reason := self.workshop.stale(task, values):
            self.reporter.queued(task.name, reason)
            return True
        return False

    def _submit(self) -> None:
        """Hand tasks to idle workers; a suspect runs alone."""
        size = self.crew.size
        while self._queue and len(self._running) < size:
            busy = {task.name for task in self._running.values()}
            if busy and (self._queue[0].name in self._suspects or busy & self._suspects):
                return
            task = self._queue.popleft()
            self.reporter.started(task.name)
            self._running[self.crew.perform(self.workshop.job(task))] = task

    def _collect(self) -> list[str]:
        """Wait a moment for workers, book what they finished, and return it."""
        finished, _ = wait(self._running, timeout=TICK, return_when=FIRST_COMPLETED)
        while not self.crew.events.empty():
            self.reporter.progressed(*self.crew.events.get())
        ended = [(self._running.pop(future), future) for future in finished]
        return [task.name for task, future in ended if self._book(task, future)]

    def _book(self, task: Task, future: "Future[Failure | float]") -> bool:
        """Note how `task` ended; return False when it has to run once more."""
        if isinstance(future.exception(), BrokenExecutor):
            if task.name not in self._suspects:
                self._suspects.add(task.name)
                self._queue.append(task)
                return False
            self._fail(Failure(task.name, CRASHED))
        elif isinstance(result := future.result(), Failure):
            self._fail(result)
        else:
            self.made.append(task.name)
            self.reporter.finished(task.name, result)
        return True

    def _fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        self._lost.add(failure.task)
        self.reporter.failed(failure)
