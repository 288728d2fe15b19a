"""axe finds nothing to complain about, at any stage, in any theme, on any page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHAPTER
from tests.browser.test_pages import PAGES
from tests.browser.test_scroll import settle, stage_names

pytestmark = pytest.mark.browser


def faults(page: Page, scope: str | None = None) -> list[str]:
    results = Axe().run(page, context=scope) if scope else Axe().run(page)
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault(browser: Browser, server: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for name in PAGES:
        page.goto(f"{server}/{name}")
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], name
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_stage_of_the_figure_has_a_fault(browser: Browser, server: str, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/{CHAPTER}")
    page.wait_for_selector(".player")
    for stage in stage_names():
        page.locator(f".tape a[data-stage={stage}]").evaluate("link => link.click()")
        settle(page)
        assert faults(page, ".scrolly") == [], stage
    context.close()
