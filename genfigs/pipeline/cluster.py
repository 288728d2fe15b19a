"""A Dask cluster in place of processes on this machine: the same tasks, for a book that outgrows it."""

import logging
import pickle
import re
import time
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import Any
from uuid import uuid4

from genfigs.errors import UserError
from genfigs.pipeline.files import discard, write
from genfigs.pipeline.job import Failure, Job
from genfigs.pipeline.project import Project
from genfigs.pipeline.sources import Sources
from genfigs.pipeline.station import DONE, attempt_there, disagreement, installed
from genfigs.pipeline.workers import COMPILED, book

try:
    import cloudpickle
    import distributed

    from genfigs.pipeline import outpost
except ImportError as missing:
    raise UserError(
        "`--scheduler` must be used with the extra `cluster`; "
        "got an installation without it; run `pip install 'genfigs[cluster]'`"
    ) from missing

PATIENCE = 10  # seconds until a scheduler must answer and lost workers must be replaced
ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?[^/\s]+:\d+")
STATION = "genfigs.pipeline.station"
for logger in ("distributed", "distributed.client"):  # a cluster's trouble is one message of ours
    logging.getLogger(logger).setLevel(logging.CRITICAL)


class Cluster:
    """The workers of the Dask scheduler at `address`, at most `limit` of them, with the interface of `Crew`.

    They share the project's folder, and only read it: this process alone writes results, so a worker that
    was given up can do no harm. Dask gives a lost worker's task to another one.
    """

    def __init__(self, address: str, limit: int | None, project: Project, sources: Sources) -> None:
        self.address = address
        self.limit = limit
        self.events: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._project = project
        self._sources = sources
        self._name = f"genfigs-{uuid4().hex}"
        self._mark = project.cache / "cluster"
        self._remote: dict[Future[Failure | float], Any] = {}
        self._seen = time.monotonic()
        self._client = _connect(address)

    def __enter__(self) -> "Cluster":
        """Send what workers need, and return the cluster. Raises: UserError for workers that do not fit."""
        try:
            self._settle_in()
        except BaseException:
            self._leave()
            raise
        return self

    def _settle_in(self) -> None:
        write(self._mark, self._name.encode())
        self._client.subscribe_topic(self._name, lambda event: self.events.put(tuple(event[1])))
        cloudpickle.register_pickle_by_value(outpost)
        self._client.register_plugin(self._outpost(), self._name)
        for worker, problem in self._client.run(outpost.problem, self._name).items():
            if problem:
                raise _misfit(f"{worker}, but {problem}")

    def _outpost(self) -> "outpost.Outpost":
        """Return what goes to each worker, later ones too."""
        libraries = ("Python", *self._sources.libraries(self._sources.scans))
        versions = {name: installed(name) for name in libraries}
        return outpost.Outpost(
            self._name,
            str(self._project.root),
            str(self._project.package.parent),
            (STATION, str(self._project.cache / COMPILED)),
            pickle.dumps((disagreement, (self._mark, self._name, self._sources.hashes, versions))),
        )

    @property
    def size(self) -> int:
        """Return how many tasks can run at once. Raises: UserError when nobody has been there for long."""
        try:
            count: int = sum(self._client.nthreads().values())
        except (OSError, RuntimeError) as error:
            raise self._lost(error) from error
        if count:
            self._seen = time.monotonic()
        elif time.monotonic() > self._seen + PATIENCE:
            raise UserError(
                f"`--scheduler` must lead to workers; got none at {self.address}; "
                f"start some with `dask worker {self.address}`"
            )
        return min(count, self.limit or count)

    def perform(self, job: Job) -> "Future[Failure | float]":
        """Run `job` at a worker and deliver its files here; give its wall time, or why it failed."""
        future: Future[Failure | float] = Future()
        task = pickle.dumps((attempt_there, (job,)))
        remote = self._client.submit(outpost.run, self._name, task, pure=False)
        self._remote[future] = remote
        remote.add_done_callback(partial(self._finish, job, future))
        return future

    def _finish(self, job: Job, future: "Future[Failure | float]", remote: Any) -> None:
        """Pass on how `job` ended."""
        try:
            kind, content = remote.result()
            if kind == DONE:
                future.set_result(book(job, pickle.loads(content)))
            elif kind == outpost.REFUSED:
                future.set_exception(_misfit(f"one, but {content}"))
            else:
                future.set_exception(BrokenExecutor())
        except distributed.KilledWorker:
            future.set_exception(BrokenExecutor())
        except BaseException as error:  # a cancelled task is no `Exception`
            future.set_exception(self._lost(error))
        finally:
            self._remote.pop(future, None)

    def _lost(self, error: BaseException) -> UserError:
        return UserError(
            f"`--scheduler` must lead to a cluster that stays up; got `{type(error).__name__}` from "
            f"{self.address}; look at the scheduler's log and build again"
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Call back what still runs, and end this build's processes at the workers."""
        self._leave()

    def _leave(self) -> None:
        with suppress(Exception):  # the cluster may be the very thing that failed
            self._client.cancel(list(self._remote.values()))
            self._client.unregister_worker_plugin(self._name)
        with suppress(Exception):
            self._client.close(timeout=PATIENCE)
        discard(self._mark)


def _connect(address: str) -> "distributed.Client":
    """Return a connection to the scheduler. Raises: UserError when it does not answer soon."""
    if not ADDRESS.fullmatch(address):
        raise UserError(
            f"`--scheduler` must be an address such as `tcp://127.0.0.1:8786`; got `{address}`; "
            "the scheduler's first lines of output tell it"
        )
    try:
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UserError(
            f"`--scheduler` must be the address of a running Dask scheduler; got {address}, which does not "
            "answer; start one with `dask scheduler`, or leave the option out"
        ) from error


def _misfit(got: str) -> UserError:
    return UserError(
        f"`--scheduler` must lead to workers with this project and its libraries; got {got}; share the "
        "project's folder with every worker, at the same path, and install there what is installed here"
    )
