"""What holds for every test: array shapes are checked at run time, JAX never promotes ranks silently, few browsers."""

import os
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

if "PYTEST_XDIST_WORKER" in os.environ and hasattr(os, "sched_setaffinity"):
    # each worker, and what it starts, keeps to one core: what spreads over all of them is in the others' way
    cores, number = sorted(os.sched_getaffinity(0)), int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    os.sched_setaffinity(0, {cores[number % len(cores)]})
os.environ.setdefault("JAX_NUMPY_RANK_PROMOTION", "raise")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
# programs that run once compile faster so; the published figures and the builds compared byte by byte do without
os.environ.setdefault(
    "XLA_FLAGS",
    "--xla_backend_optimization_level=1 --xla_cpu_use_fusion_emitters=false --xla_cpu_parallel_codegen_split_count=1",
)
# what one process compiles serves all others, and the next run
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(Path(__file__).parents[1] / ".genfigs" / "compiled"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0.1")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")

import pytest
from jaxtyping import install_import_hook
from playwright.sync_api import Browser

from tests.browser.engines import Launch, launcher

install_import_hook("genfigs", "beartype.beartype")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every worker begin with its share of the slow tests: pytest-xdist hands each an equal part, in this order."""
    slow: dict[tuple[Path, Any], list[pytest.Item]] = {}
    rest = []
    for item in items:
        if item.get_closest_marker("slow"):
            built = item.callspec.params.get("project") if hasattr(item, "callspec") else None
            slow.setdefault((item.path, built), []).append(item)  # what one build serves stays together
        else:
            rest.append(item)
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        share = [*chain.from_iterable([*slow.values()][worker::workers])]
        others = max((len(items) - len(ordered)) // (workers - worker) - len(share), 0)
        ordered += share + rest[:others]
        del rest[:others]
    items[:] = ordered + rest


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """Yield a function that starts a browser; where there is none, it fails and never skips."""
    with launcher() as start:
        yield start


@pytest.fixture(scope="session")
def started(launch: Launch) -> Launch:
    """Return a function that gives the browser of a name, started once."""
    return cache(launch)


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest, started: Launch) -> Browser:
    """Return a browser without a window: Chromium, or the one that the test asks for."""
    return started(getattr(request, "param", "chromium"))
