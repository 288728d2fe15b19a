"""The book as a reader gets it in one file: unpacked into a folder with an awkward name, opened without a server."""

import zipfile
from pathlib import Path
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Page, expect

from genfigs.site.archive import zip_site
from tests.browser.conftest import CHAPTER, Watched
from tests.browser.engines import IN_BOTH
from tests.browser.paper import answer, open_panel, stroke
from tests.browser.test_inspector import decimals, go, place
from tests.browser.test_scroll import stage_names, visited

pytestmark = [pytest.mark.browser, IN_BOTH]
LINKS = (
    "() => [...document.querySelectorAll('a[href]')].map((link) => [link.protocol, link.pathname, link.hash])"
)
PICTURES = """() => Promise.all([...document.images].map((image) => {
    image.loading = 'eager';
    return image.decode().then(() => [], () => image.src); }))"""


@pytest.fixture(scope="session")
def unpacked(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the book."""
    target = tmp_path_factory.mktemp("handed on") / "site.zip"
    book = zip_site(site_folder, target)
    folder = target.parent / "Bücher zum Lesen"
    with zipfile.ZipFile(target) as archive:
        archive.extractall(folder)
    return folder / book


@pytest.fixture
def book(watched: Watched, unpacked: Path) -> Page:
    """Return the chapter, reached from the first page."""
    watched.page.goto((unpacked / "index.html").as_uri())
    watched.page.locator(f"article a[href^='{CHAPTER}']").first.click()
    watched.page.wait_for_selector(".player")
    return watched.page


def test_every_link_leads_to_a_page_and_every_picture_is_there(watched: Watched, unpacked: Path) -> None:
    failed: list[str] = []
    watched.page.on("requestfailed", lambda request: failed.append(request.url))
    waiting, seen = [unpacked / "index.html"], set()
    while waiting:
        file = waiting.pop()
        seen.add(file)
        watched.page.goto(file.as_uri())
        ids = set(watched.page.eval_on_selector_all("[id]", "all => all.map((one) => one.id)"))
        for protocol, path, fragment in watched.page.evaluate(LINKS):
            target = Path(url2pathname(path))
            if protocol != "file:":
                continue
            assert target.is_file(), f"{file}: {path}"
            if target == file:
                assert fragment[1:] in {"", "__skip", *ids}, f"{file}: {fragment}"
            elif target.suffix == ".html" and target not in {*seen, *waiting}:
                waiting.append(target)
        assert [found for found in watched.page.evaluate(PICTURES) if found] == [], file
    assert {file.relative_to(unpacked).as_posix() for file in seen} >= {"index.html", CHAPTER}
    assert failed == []
    assert watched.complaints == []


def test_scrolling_drawing_and_asking_work(book: Page, watched: Watched) -> None:
    assert visited(book, +1) == stage_names()
    open_panel(book)
    stroke(book)
    assert answer(book) == 7
    expect(book.locator(".studio__verdict")).to_contain_text("The network reads 7")
    book.keyboard.press("Escape")
    go(book, "conv1")
    book.locator(".player").focus()
    book.keyboard.press("Enter")
    assert place(book).startswith("conv1: ")
    *terms, total = decimals(book, "tr:not(.sums__detail)")
    assert len(terms) >= 2
    assert sum(terms) == total
    assert watched.complaints == []


def test_the_search_finds_a_passage_and_leads_to_it(book: Page, watched: Watched, unpacked: Path) -> None:
    book.goto((unpacked / "index.html").as_uri())
    book.locator("[data-md-component=search-query]").click()
    book.keyboard.type("softmax")
    book.locator(f".md-search-result__link[href*='{CHAPTER}'][href*='#']").first.click()
    book.wait_for_url(f"**/{CHAPTER}?h=softmax#*")
    assert watched.complaints == []
