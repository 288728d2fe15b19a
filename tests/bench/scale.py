"""How a build grows with its book: seconds and memory at three sizes, two processes beside one, and nothing changed.

Run `python -m tests.bench.scale`. The book is the real package with plots in place of its own figures, `book.py`;
the network is the small preview's and is trained before any clock starts. Processor time tells growth from other
work on the machine. The largest process of a build is its worker.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.book import PER_CHAPTER, make_book, set_figures

SIZES = (100, 200, 400)
FEW, SOME = 1, 60
REPEATS = 5
UNITS = ("wall", "cpu")
FIGURES = Path(".genfigs", "handwriting-0-quick", "figure")
PUBLISHED = Path("docs", "figures")


class Cost(NamedTuple):
    """What a command took: wall time and processor time in seconds, peak memory of its largest process in MiB."""

    wall: float
    cpu: float
    memory: float


def run(root: Path, *arguments: str) -> Cost:
    """Return what a command in the book in `root` took, all its processes counted."""
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", *arguments]
    pipe = subprocess.PIPE
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=root, env=environment, stdout=pipe, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(said.decode())
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def build(root: Path, jobs: int, *figures: str) -> Cost:
    """Return what a build of `figures`, or of all, took."""
    return run(root, "genfigs", "build", "--quick", "--jobs", str(jobs), *figures)


def cold(root: Path, jobs: int, *figures: str) -> Cost:
    """Return what a build took that draws every figure anew."""
    for folder in (FIGURES, PUBLISHED):
        shutil.rmtree(root / folder, ignore_errors=True)
    return build(root, jobs, *figures)


def names(count: int) -> list[str]:
    """Return the first figures of a book."""
    return [f"plot-{number:03}" for number in range(1, count + 1)]


def measure(root: Path) -> dict[str, float]:
    """Return all figures of a book that grows in `root`."""
    make_book(root, SOME)
    build(root, 1)
    one, sixty = (cold(root, 1, *names(count)).memory for count in (FEW, SOME))
    found = {"memory_1_mib": one, "memory_60_mib": sixty, "memory_60_more_mib": sixty - one}
    costs = {}
    for size in SIZES:
        set_figures(root, size)
        costs[size] = cold(root, 1)
        found |= {f"cold_{size}_{unit}": value for unit, value in costs[size]._asdict().items()}
    largest = costs[SIZES[-1]].wall
    found["jobs_2_ratio"] = cold(root, 2).wall / largest
    found |= {
        f"growth_ratio_{unit}": growth([getattr(cost, unit) for cost in costs.values()]) for unit in UNITS
    }
    found["nothing_changed_s"] = median(build(root, 2).wall for _ in range(REPEATS))
    found["site_s"] = run(root, "mkdocs", "build", "--strict", "--quiet").wall
    return {"figures": SIZES[-1], "chapters": SIZES[-1] // PER_CHAPTER} | {
        name: round(value, 3) for name, value in found.items()
    }


def growth(costs: list[float]) -> float:
    """Return how many times the first doubling's cost the second doubling takes: 2 where cost is linear."""
    first, second, third = costs
    return (third - second) / (second - first)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder) / "book")))
