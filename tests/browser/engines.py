"""The browsers that readers use; a journey marked `IN_BOTH` is made in each of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium, firefox

ENGINES = {"chromium": chromium, "firefox": firefox}
IN_BOTH = pytest.mark.parametrize("browser", list(ENGINES), indirect=True)
Launch = Callable[..., Browser]


@contextmanager
def launcher() -> Iterator[Launch]:
    """Give a function that starts a browser by name, Firefox with preferences if wanted; close all at the end."""
    paths = {name: engine.find() for name, engine in ENGINES.items()}
    with sync_playwright() as playwright, ExitStack() as running:

        def launch(name: str, *preferences: dict[str, bool | int]) -> Browser:
            path = paths[name]
            if path is None:
                pytest.fail(ENGINES[name].HELP)
            browser = ENGINES[name].launch(playwright, path, *preferences)
            running.callback(browser.close)
            return browser

        yield launch


if __name__ == "__main__":
    for name, engine in ENGINES.items():
        print(f"{name}:", engine.find_or_install())
