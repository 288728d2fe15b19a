"""What holds for every test: array shapes are checked at run time, JAX never promotes ranks silently, one browser."""

import os
from collections.abc import Iterator

os.environ.setdefault("JAX_NUMPY_RANK_PROMOTION", "raise")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import pytest
from jaxtyping import install_import_hook
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS, HELP, find

install_import_hook("genfigs", "beartype.beartype")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a headless Chromium; its absence is a failure, never a skip."""
    path = find()
    if path is None:
        pytest.fail(HELP)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()
