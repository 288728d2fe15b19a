"""The figure is a function of the scroll position: the same place gives the same pixels however it is reached."""

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import until
from tests.browser.engines import IN_BOTH
from tests.browser.test_scroll import settle, stage_names, state

pytestmark = pytest.mark.browser
POSITIONS = 40


def picture(page: Page) -> bytes:
    """Return a screenshot of the stage area; the system draws the slider below it with its own smoothing."""
    settle(page)
    box = page.locator(".player__stage").bounding_box()
    assert box is not None
    return page.screenshot(clip=box)


def scroll_to(page: Page, y: float) -> None:
    page.evaluate("(y) => scrollTo({ top: y, behavior: 'instant' })", y)


def positions(page: Page) -> list[int]:
    """Return places, in pixels, from where the figure is in full view to where it begins to leave."""
    script = """() => { const box = document.querySelector('.scrolly').getBoundingClientRect();
        return [box.top + scrollY, box.bottom + scrollY - innerHeight]; }"""
    top, bottom = page.evaluate(script)
    return [round(y) for y in np.linspace(top, bottom, POSITIONS)]


def test_down_up_and_after_a_reload_a_place_shows_the_same_pixels(chapter: Page) -> None:
    places = positions(chapter)
    going_down = {}
    for y in places:
        scroll_to(chapter, y)
        going_down[y] = picture(chapter)
    assert len(set(going_down.values())) > POSITIONS / 2
    for y in reversed(places):
        scroll_to(chapter, y)
        assert picture(chapter) == going_down[y], f"going up, at {y}"
    for y in places:
        scroll_to(chapter, y)
        # until the address is written: a reload in that moment may go to the place before
        chapter.wait_for_timeout(500)
        before = state(chapter)
        chapter.reload()
        chapter.wait_for_selector(".player")
        until(chapter, "(y) => scrollY === y", y)
        assert picture(chapter) == going_down[y], f"after a reload, at {y}"
        assert state(chapter) == before


@IN_BOTH
def test_a_link_shows_the_pixels_that_scrolling_there_shows(chapter: Page) -> None:
    address = chapter.url.split("?")[0].split("#")[0]
    for name in stage_names():
        chapter.goto(f"{address}?stage={name}")
        chapter.wait_for_selector(".player")
        linked = picture(chapter)
        y = chapter.evaluate("scrollY")
        scroll_to(chapter, 0)
        settle(chapter)
        scroll_to(chapter, y)
        assert picture(chapter) == linked, name
