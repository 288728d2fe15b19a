"""A build that waits: it builds when told, with the code of that moment, and ends with whoever started it."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from miniature import PATIENCE, Project, wait_until


class Standby:
    """A waiting build, as the desk sees it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def send(self, command: str) -> None:
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def events_until(self, event: str) -> list[Any]:
        """Return the events up to the first called `event`."""
        found = []
        for line in self.process.stdout:
            found.append(json.loads(line))
            if found[-1][0] == event:
                return found
        raise AssertionError(f"it ended after {found}")


@contextmanager
def standby(project: Project) -> Iterator[Standby]:
    command = [sys.executable, "-m", "genfigs.pipeline.standby", json.dumps(["handwriting", 0, False])]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=project.root, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    overdue = threading.Timer(2 * PATIENCE, process.kill)
    overdue.daemon = True
    overdue.start()
    with process:
        yield Standby(process)
        process.stdin.close()
        assert process.wait() == 0
        assert "Traceback" not in process.stderr.read()
    overdue.cancel()


def test_it_waits_on_until_a_build_has_run_something_and_then_ends(project: Project) -> None:
    with standby(project) as waiting:
        waiting.send("prepare")
        waiting.send("build")
        [(_, summary, problem, fresh)] = waiting.events_until("built")
        assert (summary.partition(":")[0], problem, fresh) == ("up to date", "", True)
        project.edit("genfigs/figures/alpha.py", "{SHADE} ", "{SHADE}: ")
        waiting.send("build")
        events = waiting.events_until("built")
        names = [event for event, *_ in events]
        assert names == ["begun", "queued", "started", "finished", "over", "built"]
        assert events[1] == ["queued", "figure/alpha", "`genfigs/figures/alpha.py` changed"]
        assert events[-1][2:] == ["", False]
        assert waiting.process.wait() == 0
    assert project.outputs()["docs/figures/alpha.png"].startswith(b"grey: ")


def test_what_fails_is_told_and_what_a_figure_prints_is_no_event(project: Project) -> None:
    project.edit("genfigs/figures/alpha.py", "    from", "    print('{}')\n    1 / 0\n    from")
    with standby(project) as waiting:
        waiting.send("build")
        events = waiting.events_until("built")
    [(_, task, message)] = [event for event in events if event[0] == "failed"]
    assert task == "figure/alpha"
    assert message.endswith("1 / 0\nZeroDivisionError: division by zero")
    assert events[-1][1:] == ["", f"figure/alpha failed: {message}", False]


def test_the_end_of_its_input_ends_a_build_that_runs(project: Project) -> None:
    project.append("genfigs/figures/beta.py", "\nA = 1\n")
    project.hold("beta")
    with standby(project) as waiting:
        waiting.send("build")
        wait_until((project.root / "reached-beta").exists)
    project.release("beta")
    assert project.build() == {"figure/beta"}
