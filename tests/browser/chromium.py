"""Find a Chromium to test with, or get one: installed, else Playwright's own, else (root on Debian) the package.

Tests run in its headless shell where there is one: the same engine, which opens pages twice as fast. Measurements
run in the whole browser, as readers do.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.getting import install_package, installed, run

VARIABLE = "GENFIGS_CHROMIUM"
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HELP = (
    "the browser tests must have a Chromium or Chrome; found none, and neither Playwright nor apt could fetch one; "
    f"install the `chromium` package of your system or Google Chrome, or name one in {VARIABLE}"
)


def find() -> str | None:
    """Return the path of an installed shell or browser, or None; not to be called while Playwright runs."""
    return _find(SHELLS + BROWSERS)


def _find(names: tuple[str, ...]) -> str | None:
    found = installed(VARIABLE, names)
    return found if found or VARIABLE in os.environ else _playwrights_own()


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def find_or_install() -> str:
    """Return the path of a shell or browser, fetching one if there is none. Raises: SystemExit with what to install."""
    if VARIABLE not in os.environ and not installed(VARIABLE, SHELLS):
        install_package(SHELLS[0])
    return _find_or_install(SHELLS + BROWSERS)


def whole_browser() -> str:
    """Return the path of a browser, fetching one if there is none. Raises: SystemExit with what to install."""
    return _find_or_install(BROWSERS)


def _find_or_install(names: tuple[str, ...]) -> str:
    if found := _find(names):
        return found
    run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := _find(names):
        return found
    install_package("chromium")
    if found := _find(names):
        return found
    raise SystemExit(HELP)


def launch(playwright: Playwright, path: str) -> Browser:
    """Start the browser without a window."""
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


@contextmanager
def running() -> Iterator[Browser]:
    """Give a browser of its own to what is no test. Raises: SystemExit with what to install."""
    path = whole_browser()
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()
