"""The button for light and dark: it follows the system until told otherwise, and remembers what it was told."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import CHAPTER
from tests.browser.engines import IN_BOTH
from tests.browser.test_scroll import settle

pytestmark = pytest.mark.browser
COLOURS = ["Colours follow the system", "Light colours", "Dark colours"]


def button(page: Page) -> Locator:
    return page.locator(".palette button:visible")


def scheme(page: Page) -> str:
    """Return what the page is painted in, which is also what the browser's own parts are told."""
    painted, told, bar, header = page.evaluate("""() => [
        getComputedStyle(document.body).colorScheme,
        ...['color-scheme', 'theme-color'].map((name) => document.querySelector(`meta[name=${name}]`).content),
        getComputedStyle(document.querySelector('.md-header')).backgroundColor]""")
    assert (told, bar) == (painted, header)
    return painted


@IN_BOTH
def test_it_goes_round_and_is_remembered(chapter: Page) -> None:
    for name, painted in zip([*COLOURS, COLOURS[0]], ["light", "light", "dark", "light"], strict=True):
        assert (button(chapter).get_attribute("aria-label") or "").startswith(name)
        assert scheme(chapter) == painted
        chapter.reload()
        assert (button(chapter).get_attribute("aria-label") or "").startswith(name)
        assert scheme(chapter) == painted
        button(chapter).click()


def test_the_keyboard_stays_on_it(chapter: Page) -> None:
    button(chapter).focus()
    for name in (*COLOURS[1:], COLOURS[0]):
        chapter.keyboard.press("Enter")
        expect(button(chapter)).to_be_focused()
        assert (button(chapter).get_attribute("aria-label") or "").startswith(name)


def test_it_follows_the_system_until_told_otherwise(browser: Browser, server: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{server}/{CHAPTER}")
    assert scheme(page) == "dark"
    page.emulate_media(color_scheme="light")
    settle(page)  # a page is told with the next frame
    assert scheme(page) == "light"
    button(page).click()
    page.emulate_media(color_scheme="dark")
    settle(page)
    assert scheme(page) == "light"
    page.close()
