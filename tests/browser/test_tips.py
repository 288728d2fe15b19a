"""Words with a dotted line, and computed numbers, say what they mean to every kind of reader."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHAPTER

pytestmark = pytest.mark.browser


def test_a_word_explains_itself_at_the_pointer_and_takes_its_native_tip_back(chapter: Page) -> None:
    word = chapter.locator("abbr", has_text=re.compile("^chapter 8$")).first
    meaning = word.get_attribute("title")
    assert meaning
    word.hover()
    expect(chapter.get_by_role("tooltip")).to_have_text(meaning)
    expect(word).not_to_have_attribute("title", meaning)
    chapter.get_by_role("tooltip").hover()
    expect(chapter.get_by_role("tooltip")).to_be_visible()
    chapter.mouse.move(5, 400)
    expect(chapter.get_by_role("tooltip")).to_have_count(0)
    expect(word).to_have_attribute("title", meaning)


def test_the_keyboard_reaches_a_word_and_escape_closes_its_explanation(chapter: Page) -> None:
    word = chapter.locator("abbr").first
    word.focus()
    expect(word).to_have_accessible_description(chapter.get_by_role("tooltip").inner_text())
    chapter.keyboard.press("Escape")
    expect(chapter.get_by_role("tooltip")).to_have_count(0)


def test_a_number_says_where_it_comes_from(chapter: Page) -> None:
    number = chapter.locator("data[data-name='network.parameters']").first
    number.hover()
    expect(chapter.get_by_role("tooltip")).to_contain_text("network.parameters, computed by the build")


def test_a_tap_opens_an_explanation_inside_the_window_and_the_next_tap_closes_it(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server}/{CHAPTER}")
    page.wait_for_selector(".player")
    for index in range(6):
        page.locator("abbr").nth(index).tap()
        box = page.get_by_role("tooltip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        page.get_by_role("tooltip").tap()
        expect(page.get_by_role("tooltip")).to_have_count(0)
    page.locator("abbr").first.tap()
    page.locator("h1").first.tap()
    expect(page.get_by_role("tooltip")).to_have_count(0)
    context.close()
