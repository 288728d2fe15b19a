"""What holds for every test: array shapes are checked at run time, JAX never promotes ranks silently, few browsers."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

os.environ.setdefault("JAX_NUMPY_RANK_PROMOTION", "raise")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
# programs that run once compile faster so; the site and the builds compared byte by byte compile as workers do
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
    """Let slow tests come first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


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
