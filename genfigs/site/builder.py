"""The builds of the author's desk: one at a time in a process of its own, the next one already waiting."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from genfigs.pipeline.explain import without_paths
from genfigs.pipeline.job import Failure
from genfigs.pipeline.project import Settings
from genfigs.pipeline.reporting import Reporter, reporter_for

PAUSE = 1.0  # seconds from a build to the preparation of the next, in which the page comes first
PATIENCE = 2.0  # seconds in which an interrupted build has to end by itself


class Builder:
    """Builds on demand; `on_end` hears what went wrong outside the figures, or nothing, after each build."""

    def __init__(self, root: Path, settings: Settings, on_end: Callable[[str], None]) -> None:
        self.root = root
        self.reporter: Reporter = reporter_for()
        self._arguments = json.dumps([str(settings.folder or settings.source), settings.seed, settings.quick])
        self._on_end = on_end
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._standby = self._start()

    @property
    def busy(self) -> bool:
        """True while a build runs."""
        return self._standby.busy

    def say(self, line: str) -> None:
        """Show `line` in the terminal, above the bars of a build."""
        self.reporter.say(line)

    def build(self, *, renew: bool = False) -> None:
        """Start a build; one that runs is interrupted, and what it finished stays finished.

        `renew` tells that code changed which a waiting process has already loaded.
        """
        with self._lock:
            if renew or self._standby.busy or not self._standby.usable:
                self._standby.stop()
                self._standby = self._start()
            self.reporter = reporter_for()
            self._standby.build()

    def _start(self) -> "Standby":
        return Standby(self.root, self._arguments, self)

    def ended(self, standby: "Standby", problem: str) -> None:
        """Take note that the build of `standby` ended; the next is prepared when the page has had its time."""
        self._on_end(problem)
        later = threading.Timer(PAUSE, self._prepare_after, [standby])
        later.daemon = True
        later.start()

    def _prepare_after(self, standby: "Standby") -> None:
        """Prepare for the build after that of `standby`, unless that runs already."""
        with self._lock:
            if standby is self._standby and not standby.busy and not self._closed.is_set():
                if not standby.usable:
                    self._standby = self._start()
                self._standby.send("prepare")

    def __enter__(self) -> "Builder":
        """Return the builder."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        self._closed.set()
        with self._lock:
            self._standby.stop()


class Standby:
    """One process that builds when told to, and the thread that hears what it has to say."""

    def __init__(self, root: Path, arguments: str, builder: Builder) -> None:
        self.busy = False
        self._builder = builder
        self._failures: list[Failure] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "genfigs.pipeline.standby", arguments],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is the desk's business
        )
        self._spent = False
        self._stopped = False
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def usable(self) -> bool:
        """True until a build has run something, after which the process ends."""
        return not self._spent and self._process.poll() is None

    def send(self, command: str) -> None:
        """Give the process a command."""
        assert self._process.stdin
        with suppress(OSError):  # its end is noticed where its events are read
            self._process.stdin.write(f"{command}\n")
            self._process.stdin.flush()

    def build(self) -> None:
        """Let the process build."""
        self.busy = True
        self._failures.clear()
        self.send("build")

    def stop(self) -> None:
        """End the process and its workers, whatever they do, and take its bars from the terminal."""
        assert self._process.stdin
        self._stopped = True
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join(PATIENCE)

    def _listen(self) -> None:
        """Pass on every event, until the process ends."""
        assert self._process.stdout
        reporter: Reporter | None = None
        for line in self._process.stdout:
            event, *told = json.loads(line)
            reporter = self._builder.reporter if event == "begun" else reporter
            self._tell(reporter or self._builder.reporter, event, told)
        if self.busy:
            (reporter or self._builder.reporter).__exit__(None, None, None)
            self._end("the build stopped; the terminal says why; save a file to try again", spent=True)

    def _tell(self, reporter: Reporter, event: str, told: list[Any]) -> None:
        match event, told:
            case "begun", []:
                reporter.__enter__()
            case "over", []:
                reporter.__exit__(None, None, None)
            case "built", [str(summary), str(problem), bool(fresh)]:
                reporter.say(f"error: {problem}" if problem else summary)
                figures = all(failure.task.startswith("figure/") for failure in self._failures)
                self._end("" if self._failures and figures else problem, spent=not fresh)
            case "failed", [str(task), str(message)]:
                self._failures.append(Failure(task, message))
                reporter.failed(self._failures[-1])
            case _:
                getattr(reporter, event)(*told)

    def _end(self, problem: str, *, spent: bool) -> None:
        self._spent = spent
        self.busy = False
        if not self._stopped:
            self._builder.ended(self, without_paths(problem, self._builder.root))
