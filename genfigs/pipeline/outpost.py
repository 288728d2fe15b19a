"""What a Dask worker does for one build: it keeps processes that run tasks, and ends them with the build.

What is here travels to the worker as it is, not by name, and there it imports nothing of the project; the processes
start with the build. So a worker that has run for weeks runs today's code.
"""

import os
import pickle
import subprocess
import sys
from typing import Any, cast

from distributed import Worker, WorkerPlugin, get_worker

from genfigs.pipeline.station import DONE, REPORT

CRASHED, REFUSED = "crashed", "refused"  # what an answer is when no process gave one
Answer = tuple[str, Any]
Process = subprocess.Popen[bytes]


class Outpost(WorkerPlugin):
    """The processes of one build at one Dask worker.

    They start in the folder `root`, import the package from `path`, and first answer `greeting`, a task whose result
    says in words why they must not work for this build, if so. What tasks report goes to the topic `name`.
    """

    def __init__(self, name: str, root: str, path: str, module: tuple[str, ...], greeting: bytes) -> None:
        self.name = name
        self.root = root
        self.path = path
        self.module = module
        self.greeting = greeting
        self.problem = ""
        self.idle: list[Process] = []
        self.all: list[Process] = []

    def setup(self, worker: Worker) -> None:
        """Start the first process, and note why it must not work."""
        self.worker = worker
        started = self._start()
        if isinstance(started, str):
            self.problem = started
        else:
            self.idle.append(started)

    def teardown(self, worker: Worker) -> None:
        """End all processes, whatever they do."""
        for process in self.all:
            process.kill()
            process.wait()

    def run(self, task: bytes) -> Answer:
        """Return what a process answers to `task`; processes wait for the next task when they are done."""
        process = self._idle() or self._start()
        if isinstance(process, str):
            return REFUSED, process
        answer = self._ask(process, task)
        if answer[0] == DONE:
            self.idle.append(process)
        return answer

    def _idle(self) -> Process | None:
        """Return a process that waits and still lives; threads of the worker may ask at once."""
        while True:
            try:
                process = self.idle.pop()
            except IndexError:
                return None
            if process.poll() is None:
                return process

    def _start(self) -> Process | str:
        """Return a new process, or why there can be none."""
        inherited = filter(None, [self.path, os.environ.get("PYTHONPATH")])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(inherited)}
        command = [sys.executable, "-m", *self.module]
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(command, cwd=self.root, env=environment, stdin=pipe, stdout=pipe)
        except OSError:
            return f"it does not see the folder {self.root}"
        self.all.append(process)
        kind, result = self._ask(process, self.greeting)
        problem = (
            str(pickle.loads(result)) if kind == DONE else "it cannot run this project; its log says why"
        )
        if problem:
            process.kill()
        return problem or process

    def _ask(self, process: Process, task: bytes) -> Answer:
        """Return the answer of `process` to `task`; pass on what it reports meanwhile."""
        assert process.stdin
        assert process.stdout
        try:
            pickle.dump(task, process.stdin)
            process.stdin.flush()
            while True:
                kind, content = pickle.load(process.stdout)
                if kind != REPORT:
                    return kind, content
                self.worker.log_event(self.name, content)
        except (OSError, EOFError, pickle.UnpicklingError):
            process.kill()
            return CRASHED, None


def run(name: str, task: bytes) -> Answer:
    """Return what the outpost `name` of the Dask worker that runs this answers to `task`."""
    return cast(Outpost, get_worker().plugins[name]).run(task)


def problem(name: str, dask_worker: Worker) -> str:
    """Return why `dask_worker` must not work for the build `name`, in words; nothing if it may."""
    return cast(Outpost, dask_worker.plugins[name]).problem
