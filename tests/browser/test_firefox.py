"""What readers of Firefox may have set, dark colours, less motion, no scripts, and what it prints."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.conftest import CHAPTER
from tests.browser.engines import Launch
from tests.browser.test_pages import PAGES, read_without_javascript
from tests.browser.test_scroll import layers, paper_colour, settle, windows_on_the_way

pytestmark = pytest.mark.browser
CALM = {"ui.systemUsesDarkTheme": 1, "ui.prefersReducedMotion": 1}
A4 = {"width": "21in", "height": "29.7in"}  # Playwright counts inches where WebDriver BiDi counts centimetres


@pytest.fixture
def page(started: Launch) -> Iterator[Page]:
    """Yield a fresh page in Firefox."""
    yield from fresh(started("firefox"))


@pytest.fixture
def calm(launch: Launch, server: str) -> Iterator[Page]:
    """Yield the chapter in a Firefox on a dark system where motion is unwelcome."""
    for page in fresh(launch("firefox", CALM)):
        opened(page, server)
        yield page


def fresh(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def opened(page: Page, server: str) -> Page:
    page.goto(f"{server}/{CHAPTER}")
    page.wait_for_selector(".player")
    return page


def test_on_a_dark_system_without_motion_the_sheets_are_dark_and_only_whole_stages_show(calm: Page) -> None:
    settle(calm)
    assert sum(paper_colour(calm)) < 200
    assert set(windows_on_the_way(calm)) == {0}


def test_without_scripts_all_prose_and_one_described_picture_per_stage_are_visible(
    launch: Launch, server: str
) -> None:
    for page in fresh(launch("firefox", {"javascript.enabled": False})):
        read_without_javascript(page, server)


def test_the_printed_chapter_has_the_text_and_the_picture_of_every_stage(page: Page, server: str) -> None:
    pages = PdfReader(BytesIO(opened(page, server).pdf(**A4))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert 10 <= len(pages) <= 60
    assert "How computers see Convolutional networks" in texts[0]
    assert "In this chapter" not in texts[0]
    for layer in layers():
        shape = " × ".join(map(str, layer["shape"]))
        assert any(shape in text for text in texts), layer["name"]


def test_no_page_overflows_sideways_when_the_window_changes(page: Page, server: str) -> None:
    for name in PAGES:
        page.goto(f"{server}/{name}")
        for width in (2560, 1440, 1024, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
