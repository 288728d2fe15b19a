"""The site that the browser looks at: built once, served on the loopback address under a sub-path."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.hosting import hosted

ROOT = Path(__file__).parents[2]
SUB_PATH = "book"
PATIENCE = 30  # seconds
CHAPTER = "chapters/10-convolutional-networks.html"
MODULES = ROOT / "docs" / "assets" / "js"
PURE = [
    "centring",
    "packing",
    "strokes",
    "scene",
    "colour",
    "network",
    "telling",
    "exhibit",
    "decimal",
    "cells",
    "celladdress",
    "inspect",
    "pick",
]


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site in a folder that plays the host's root: a copy of GENFIGS_SITE if that is set, else a fresh one.

    Figures are built when there are none.
    """
    folder = tmp_path_factory.mktemp("host") / SUB_PATH
    if built := os.environ.get("GENFIGS_SITE"):
        return Path(shutil.copytree(built, folder))
    if not (ROOT / "docs" / "figures" / "manifest.json").exists():
        subprocess.run([sys.executable, "-m", "genfigs", "build", "--quick"], cwd=ROOT, check=True)
    for command in (("mkdocs", "build", "--strict", "--quiet", "--site-dir"), ("genfigs", "finish")):
        subprocess.run([sys.executable, "-m", *command, str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def server(site_folder: Path) -> Iterator[str]:
    """Yield the address of the site, one folder below the host's root."""
    with hosted(site_folder.parent) as address:
        yield f"{address}/{SUB_PATH}"


@pytest.fixture(scope="session")
def modules(browser: Browser) -> Iterator[Page]:
    """Yield a page without a site that has the modules without the DOM, each under its own name."""
    page = browser.new_page()
    page.route("**/*", _module_or_nothing)
    page.goto("http://modules.invalid/")
    page.evaluate(
        "async (names) => { for (const name of names) window[name] = await import(`/${name}.js`); }", PURE
    )
    yield page
    page.close()


def _module_or_nothing(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[1]
    if name.endswith(".js"):
        route.fulfill(path=MODULES / name)
    else:
        route.fulfill(body="<!doctype html>")


class Watched:
    """A page and everything it complained about or asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")


def until(page: Page, condition: str, argument: Any = None) -> None:
    """Wait until `condition` holds on `page`; Playwright's own wait evaluates text, which the page's policy forbids."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(condition, argument):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(20)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Yield a fresh page that remembers complaints and requests."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    watched = Watched(context)
    yield watched
    context.close()
    assert [complaint for complaint in watched.complaints if "Content Security Policy" in complaint] == []


@pytest.fixture
def chapter(watched: Watched, server: str) -> Page:
    """Return the chapter, opened over http."""
    watched.page.goto(f"{server}/{CHAPTER}")
    watched.page.wait_for_selector(".player")
    return watched.page
