"""Measure everything the project promises, print one table, and write bench.json."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.table import current, write

ROOT = Path(__file__).parents[2]
REPEATS = 5
Figures = dict[str, Any]


def main() -> None:
    """Run every measurement named on the command line, or all."""
    wanted = sys.argv[1:] or list(MEASUREMENTS)
    unknown = sorted(set(wanted) - set(MEASUREMENTS))
    if unknown:
        raise SystemExit(
            f"`bench` must name measurements among {', '.join(MEASUREMENTS)}; got {', '.join(unknown)}"
        )
    path = ROOT / "bench.json"
    results: Figures = json.loads(path.read_text()) if path.exists() else {}
    for name in wanted:
        print(f"{name} …", flush=True)
        results[name] = MEASUREMENTS[name]()
        path.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    for line in table(results):
        print(line)
    write()
    print(current(), end="")


def table(results: Figures) -> Iterator[str]:
    """Yield one line per figure."""
    for name, figures in results.items():
        for key, value in figures.items():
            shown = f"{value:,.4g}" if isinstance(value, float) else str(value)
            yield f"{name + '.' + key:<44} {shown:>14}"


def script(*arguments: str) -> Figures:
    """Return the JSON that a script of this folder prints last."""
    run = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(run.stdout.strip().splitlines()[-1])


def timed(*arguments: str) -> float:
    """Return the wall time of one run of the command line, in seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "genfigs", *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def builds() -> Figures:
    """Return how long it takes to find that nothing changed."""
    timed("build")
    return {"nothing_changed_s": median(timed("build") for _ in range(REPEATS))}


def network() -> Figures:
    """Return what the manifest says of the trained network."""
    manifest = json.loads((ROOT / "docs/figures/manifest.json").read_text(encoding="utf-8"))
    return {
        "parameters": manifest["network"]["parameters"],
        "test_accuracy": manifest["data"]["accuracy"],
        "training_s": manifest["values"]["training.seconds"],
    }


def scrolling() -> Figures:
    """Return the frame times of a scroll through the chapter at a quarter of the CPU's speed."""
    from tests.bench.scroll import measure

    return measure(ROOT / "site")


def drawing() -> Figures:
    """Return how long a stroke takes to reach the figure at a quarter of the CPU's speed."""
    from tests.bench.drawing import measure

    return measure(ROOT / "site")


def pages() -> Figures:
    """Return Lighthouse's scores of every page, and what axe finds on the chapter."""
    from tests.bench.lighthouse import measure

    return measure(ROOT / "site")


def desk() -> Figures:
    """Return how long a save on the author's desk takes to reach the browser."""
    from tests.bench.desk import measure

    return measure()


MEASUREMENTS: dict[str, Callable[[], Figures]] = {
    "network": network,
    "builds": builds,
    "lighthouse": pages,
    "scroll": scrolling,
    "drawing": drawing,
    "desk": desk,
    "epoch": lambda: script("-m", "tests.bench.epoch", "--json"),
    "equality": lambda: script("-m", "tests.bench.equality"),
    "scale": lambda: script("-m", "tests.bench.scale"),
    "rivals": lambda: script("-m", "tests.bench.rivals"),
}

if __name__ == "__main__":
    main()
