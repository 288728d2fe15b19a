"""One project, built once by each site generator, and one browser."""

import shutil

import pytest
from playwright.sync_api import sync_playwright
from site_book import generate, write_project

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """Build the project with each generator; give the folder of each site."""
    folders = {}
    for engine in ("mkdocs", "zensical"):
        root = write_project(tmp_path_factory.mktemp(engine))
        run = generate(root, engine, "build", "--strict")
        assert run.returncode == 0, run.stdout + run.stderr
        folders[engine] = root / "site"
    return folders


@pytest.fixture(params=["mkdocs", "zensical"])
def built_site(request, sites):
    """Give the site of one generator after the other."""
    return sites[request.param]


@pytest.fixture(scope="session")
def browser():
    """Start the installed Chromium or Chrome, else Playwright's own."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()
