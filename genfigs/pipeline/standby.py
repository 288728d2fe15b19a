"""A build that is ready before it is asked for: `python -m genfigs.pipeline.standby`, which `genfigs serve` starts.

Libraries take seconds to load and change only with an installation, so a worker loads them in advance. Code of the
project it loads only for a task, and no process lives on after one: nothing it runs or holds is ever stale.
Commands come in as lines of JSON, events go out as lines of JSON, and the end of the input ends the build.
"""

import _thread
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import Any, TextIO

from genfigs.errors import UserError
from genfigs.pipeline.build import build
from genfigs.pipeline.job import Failure
from genfigs.pipeline.overview import survey
from genfigs.pipeline.project import Project, Settings
from genfigs.pipeline.reporting import Reporter
from genfigs.pipeline.staff import Staff
from genfigs.pipeline.workers import Crew


class EventReporter(Reporter):
    """Sends every event on, one line of JSON each: the event's name and what it tells."""

    def send(self, event: str, *told: Any) -> None:
        """Write one event."""
        print(json.dumps([event, *told]), file=self.stream, flush=True)

    def __enter__(self) -> "EventReporter":
        """Tell that work begins."""
        self.send("begun")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell that work is over."""
        self.send("over")

    def say(self, line: str) -> None:
        """Send `line`."""
        self.send("say", line)

    def queued(self, task: str, reason: str) -> None:
        """Send that `task` will run, and why."""
        self.send("queued", task, reason)

    def started(self, task: str) -> None:
        """Send that `task` runs now."""
        self.send("started", task)

    def progressed(self, task: str, line: str) -> None:
        """Send how far `task` is."""
        self.send("progressed", task, line)

    def finished(self, task: str, seconds: float) -> None:
        """Send that `task` is done."""
        self.send("finished", task, seconds)

    def failed(self, failure: Failure) -> None:
        """Send that a task failed, and why."""
        self.send("failed", failure.task, failure.message)


def serve(project: Project, settings: Settings, commands: Iterator[str], reporter: EventReporter) -> None:
    """Prepare and build as `commands` ask, until one build has run something or they end."""
    with Crew(os.cpu_count() or 1, project.cache) as crew:
        for command in commands:
            if command == "prepare":
                _prepare(project, settings, crew)
            else:
                reporter.send("built", *_build(project, settings, crew, reporter), crew.fresh)
                if not crew.fresh:
                    return


def _prepare(project: Project, settings: Settings, crew: Crew) -> None:
    """Let a worker load all libraries that figures are drawn with."""
    overview = survey(project, settings, crew)
    drawing = [module for task in overview.tasks.values() if task.kind == "figure" for module in task.modules]
    crew.prepare(overview.catalogue.sources.foreign(drawing))


def _build(project: Project, settings: Settings, crew: Crew, reporter: EventReporter) -> tuple[str, str]:
    """Bring everything up to date; return what to tell the user, and what went wrong."""
    try:
        return build(project, settings, (), Staff(), reporter, crew), ""
    except UserError as error:
        return "", str(error)


def _commands(stream: TextIO) -> Iterator[str]:
    """Yield the lines of `stream` as they come; its end interrupts whatever runs."""
    lines: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        for line in stream:
            lines.put(line.strip())
        _interrupt()
        lines.put("")  # wakes a main thread that waits where no signal reaches it

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield lines.get()


def _interrupt() -> None:
    """Do to the main thread what Ctrl-C would."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:  # Windows
        _thread.interrupt_main()


def main() -> None:
    """Serve the process that started this one; what tasks print goes to its standard error."""
    # ignored where a shell's background job started it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    events = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    source, seed, quick = json.loads(sys.argv[1])
    with suppress(KeyboardInterrupt, BrokenPipeError):
        serve(Project.find(), Settings(source, seed, quick), _commands(sys.stdin), EventReporter(events))


if __name__ == "__main__":
    main()
