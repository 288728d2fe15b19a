"""A Dask cluster on this machine: a scheduler and two workers of one thread each."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from miniature import wait_until

WORKERS = 2
ONE_THREAD = ("--no-nanny", "--no-dashboard", "--nthreads", "1")


class Cluster:
    """A running cluster; its workers start in a folder of their own and know of no project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []

    def begin(self, workers: int) -> None:
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", self.file)
        self.start("scheduler", *options)
        wait_until(lambda: self.file.exists() and self.file.read_text().rstrip().endswith("}"))
        for _ in range(workers):
            self.start("worker", self.address, "--host", "127.0.0.1", *ONE_THREAD)
        logs = list(self.folder.glob("worker-*.log"))
        wait_until(lambda: all("Registered to" in log.read_text() for log in logs))

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def start(self, role: str, *options: str | Path) -> None:
        code = f"from distributed.cli.dask_{role} import main; main()"
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        log = (self.folder / f"{role}-{len(self.processes)}.log").open("wb")
        command = [sys.executable, "-c", code, *map(str, options)]
        self.processes.append(
            subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        )
        log.close()

    def worker_of(self, process: int) -> subprocess.Popen[bytes]:
        """Return the worker that started `process`."""
        parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        return next(worker for worker in self.processes if worker.pid == parent)


@contextmanager
def running(folder: Path, workers: int = WORKERS) -> Iterator[Cluster]:
    """Run a cluster inside the block."""
    folder.mkdir()
    cluster = Cluster(folder)
    try:
        cluster.begin(workers)
        yield cluster
    finally:
        for process in cluster.processes:
            process.kill()
            process.wait()
