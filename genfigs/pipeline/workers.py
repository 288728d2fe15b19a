"""Worker processes: started when the first task needs one, gone when the build is, however it ends."""

import importlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from genfigs.pipeline import progress
from genfigs.pipeline.explain import explain
from genfigs.pipeline.job import Failure, Job, Outcome
from genfigs.pipeline.receipts import deliver

COMPILED = "compiled"  # the folder of compiled programs in the cache
PACKAGE = Path(__file__).resolve().parents[1]
Result = TypeVar("Result")


def perform(job: Job) -> Failure | float:
    """Run `job` and deliver its files; return its wall time in seconds, or why it failed."""
    return book(job, attempt(job))


def attempt(job: Job) -> Failure | tuple[Outcome, float]:
    """Run `job`; return what it made and its wall time in seconds, or why it failed."""
    start = time.perf_counter()
    try:
        outcome: Outcome = importlib.import_module(job.work).run(job)
    except (Exception, SystemExit) as error:
        return _failure(job, error)
    return outcome, time.perf_counter() - start


def book(job: Job, made: Failure | tuple[Outcome, float]) -> Failure | float:
    """Deliver what an attempt at `job` made; return its wall time in seconds, or why it or this failed."""
    if isinstance(made, Failure):
        return made
    outcome, seconds = made
    try:
        deliver(job, outcome, seconds)
    except Exception as error:
        return _failure(job, error)
    return seconds


def _failure(job: Job, error: BaseException) -> Failure:
    return Failure(job.task, explain(error, PACKAGE, job.parameters.get("path", "")))


def call(module: str, function: str, *arguments: Any) -> tuple[Any, str]:
    """Return what `function` of `module` gives and no error, or None and what went wrong."""
    try:
        return getattr(importlib.import_module(module), function)(*arguments), ""
    except (Exception, SystemExit) as error:
        return None, explain(error, PACKAGE)


def load(modules: Sequence[str]) -> None:
    """Import the libraries among `modules`; what else they name, or what fails, is for the task to find out."""
    for module in modules:
        with suppress(Exception):
            importlib.import_module(module)


class Crew:
    """Worker processes, and what their tasks report; a crash of one of them costs only what was running.

    `cache` is the project's; what JAX compiles is kept in it, and serves every process and the next build.
    `fresh` is true until the first work: until then no process has loaded code of the project that tasks run with.
    Leaving on an error (Ctrl-C too) ends the processes at once.
    """

    def __init__(self, size: int, cache: Path) -> None:
        self.size = size
        self.fresh = True
        self._compiled = cache / COMPILED
        self._context = multiprocessing.get_context("spawn")
        self.events: SimpleQueue[tuple[str, str]] = self._context.SimpleQueue()
        self._others = set(multiprocessing.active_children())
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.size,
            mp_context=self._context,
            initializer=_begin,
            initargs=(self.events, self._compiled),
        )

    def perform(self, job: Job) -> "Future[Failure | float]":
        """Run `job` in a worker and deliver its files; give its wall time, or why it failed."""
        return self.submit(perform, job)

    def submit(self, function: Callable[..., Result], *arguments: Any) -> "Future[Result]":
        """Run `function` in a worker, in a new one if the last crashed."""
        self.fresh = False
        with _ctrl_c_held_back():
            try:
                return self._pool.submit(function, *arguments)
            except BrokenExecutor:
                self._pool.shutdown()
                self._pool = self._start()
                return self._pool.submit(function, *arguments)

    def prepare(self, libraries: Sequence[str]) -> None:
        """Start one process and let it load `libraries` before there is work."""
        with _ctrl_c_held_back():
            self._pool.submit(load, libraries)

    def __enter__(self) -> "Crew":
        """Return the crew; processes start with the first task."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the processes to end, or end them."""
        try:
            if error is None:
                self._pool.shutdown(cancel_futures=True)
        finally:
            self._end()

    def _end(self) -> None:
        """End the processes that are left; a pool whose end was interrupted would wait for them for ever."""
        with _ctrl_c_held_back():
            for child in set(multiprocessing.active_children()) - self._others:
                child.kill()
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Hold Ctrl-C back until after the block; processes started inside it are deaf to it from birth.

    A worker that is still importing when Ctrl-C comes has no handler yet and would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # it unblocks Ctrl-C when it starts, so it has to run already
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(events: "SimpleQueue[tuple[str, str]]", compiled: Path) -> None:
    """Set a new worker of this machine up; it dies with its parent."""
    prepare(compiled, lambda task, line: events.put((task, line)))
    threading.Thread(target=_follow_parent, daemon=True).start()


def prepare(compiled: Path, sink: progress.Sink) -> None:
    """Set a new worker up: tasks report to `sink`, programs are kept in `compiled`, Ctrl-C is its parent's business."""
    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(compiled))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0.1")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")  # no entry is too small
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # several workers share one accelerator, so none of them may reserve most of its memory
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    # what `use_all_cores` asks for before training, even if another task starts JAX in this process first
    flags = os.environ.get("XLA_FLAGS", "")
    if "xla_force_host_platform_device_count" not in flags:
        os.environ["JAX_NUM_CPU_DEVICES"] = str(os.cpu_count() or 1)
    if "xla_backend_optimization_level" not in flags:  # the same numbers, from programs that compile faster
        os.environ["XLA_FLAGS"] = f"{flags} --xla_backend_optimization_level=1".strip()
    progress.connect(sink)


def _follow_parent() -> None:
    """End this process when its parent is gone, so that a killed build leaves nobody behind."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
