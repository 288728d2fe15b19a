"""A process at a Dask worker that runs tasks: they come on standard input, answers go to standard output."""

import os
import pickle
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

import genfigs
from genfigs.pipeline.files import file_fingerprint, walk
from genfigs.pipeline.job import Failure, Job, Outcome
from genfigs.pipeline.receipts import changed_output, read_receipt
from genfigs.pipeline.sources import version
from genfigs.pipeline.workers import attempt, prepare

IDLE = 3600  # seconds without a task until a build must have been killed
LAG = 60  # seconds a shared folder may take to show what another machine wrote
DONE, REPORT = "done", "report"  # what an answer is


def main() -> None:
    """Answer every task until standard input ends, which is when the Dask worker or the build does."""
    tasks: SimpleQueue[bytes] = SimpleQueue()
    questions, answers = _own_streams()

    def answer(kind: str, content: Any) -> None:
        pickle.dump((kind, content), answers)
        answers.flush()

    prepare(Path(sys.argv[1]), lambda task, line: answer(REPORT, (task, line)))
    threading.Thread(target=_listen, args=(questions, tasks), daemon=True).start()
    while True:
        try:
            function, arguments = pickle.loads(tasks.get(timeout=IDLE))
        except Empty:
            os._exit(0)
        answer(DONE, pickle.dumps(function(*arguments)))


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return standard input and output; what a task reads or prints must not get between."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return questions, answers


def _listen(questions: BinaryIO, tasks: "SimpleQueue[bytes]") -> None:
    """Queue tasks as they come; end this process, whatever it does, when no more can come."""
    try:
        while True:
            tasks.put(pickle.load(questions))
    except EOFError:
        os._exit(1)


def disagreement(mark: Path, name: str, hashes: Mapping[str, str], versions: Mapping[str, str]) -> str:
    """Return why this process must not work for the build `name`, in words; nothing if it may.

    `mark` is a file in the build's cache that holds its name; `hashes` are of its code, by path; `versions` of its
    libraries.
    """
    if not mark.is_file() or mark.read_text(encoding="utf-8") != name:
        return f"it does not see the folder {mark.parent}"
    package = Path(genfigs.__file__).resolve().parent
    for path in sorted({*hashes, *code(package)}):
        if hashes.get(path) != file_fingerprint(package.parent / path):
            return f"it has another {path}"
    for library, wanted in versions.items():
        found = installed(library)
        if found != wanted:
            return f"it has {library} {found}, and this build {wanted}"
    return ""


def code(package: Path) -> list[str]:
    """Return every file of `package`, by its path below the package's parent."""
    return [path.relative_to(package.parent).as_posix() for path in walk(package)]


def installed(name: str) -> str:
    """Return the version of a library, or Python's."""
    return ".".join(map(str, sys.version_info[:2])) if name == "Python" else version(name)


def attempt_there(job: Job) -> Failure | tuple[Outcome, float]:
    """Return what `attempt` does, once this machine sees the results that `job` was given to read."""
    deadline = time.monotonic() + LAG
    while lacking := _lacking(job):
        if time.monotonic() > deadline:
            return Failure(
                job.task, f"the worker does not see {lacking} within {LAG} s; is the folder shared?"
            )
        time.sleep(0.1)
    return attempt(job)


def _lacking(job: Job) -> str:
    """Return which result that `job` reads is not here yet, in words."""
    for need, digest in job.needs.items():
        receipt = read_receipt(job.cache / need)
        if receipt is None or receipt.digest != digest or changed_output(job.cache / need, receipt.outputs):
            return f"the result of {need}"
    return ""


if __name__ == "__main__":
    main()
