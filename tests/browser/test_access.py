"""axe finds nothing to complain about, at any stage, in any theme, on any page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHAPTER
from tests.browser.test_pages import PAGES
from tests.browser.test_scroll import settle, stage_names

pytestmark = pytest.mark.browser


def faults(page: Page, scope: str | None = None) -> list[str]:
    only = {"resultTypes": ["violations"]}  # every rule runs; no details of what is right
    results = Axe().run(page, context=scope, options=only)
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


def open_menu(page: Page) -> None:
    page.locator("label.md-header__button[for=__drawer]").click()


def open_search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("kernel")
    page.locator(".md-search-result__item").first.wait_for()


def open_pad(page: Page) -> None:
    page.get_by_role("button", name="Draw").first.click()
    page.locator(".pad canvas").wait_for()


def open_inspector(page: Page) -> None:
    page.locator(".player").press("Enter")
    page.locator(".inspector").wait_for()


def open_asides(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def open_tip(page: Page) -> None:
    page.locator("abbr").first.focus()
    page.get_by_role("tooltip").wait_for()


STATES = {
    "menu": (390, open_menu),
    "search": (1280, open_search),
    "pad": (390, open_pad),
    "pad beside the text": (1280, open_pad),
    "inspector": (390, open_inspector),
    "inspector beside the text": (1280, open_inspector),
    "disclosures": (1280, open_asides),
    "explanation": (390, open_tip),
    "twice the size": (640, settle),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_no_state_of_the_chapter_has_a_fault(browser: Browser, server: str, scheme: str, motion: str) -> None:
    look = {"color_scheme": scheme, "reduced_motion": motion}
    pages = [browser.new_page(device_scale_factor=scale, **look) for scale in (1, 2)]
    for name, (width, enter) in STATES.items():
        page = pages[name == "twice the size"]
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{server}/{CHAPTER}")
        page.wait_for_selector(".player")
        settle(page)
        enter(page)
        page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
        assert faults(page) == [], name
    for page in pages:
        page.close()
