"""Find a Chromium to test with, or get one: installed, else Playwright's own, else (root on Debian) the package."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.getting import install_package, installed, run

VARIABLE = "GENFIGS_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
    """Return the path of an installed browser, or None; not to be called while Playwright runs."""
    found = installed(VARIABLE, NAMES)
    return found if found or VARIABLE in os.environ else _playwrights_own()


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def find_or_install() -> str:
    """Return the path of a browser, fetching one if there is none. Raises: SystemExit with what to install."""
    if found := find():
        return found
    run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := find():
        return found
    install_package("chromium")
    if found := find():
        return found
    raise SystemExit(HELP)


def launch(playwright: Playwright, path: str) -> Browser:
    """Start the browser without a window."""
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


@contextmanager
def running() -> Iterator[Browser]:
    """Give a browser of its own to what is no test. Raises: SystemExit with what to install."""
    path = find_or_install()
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()
