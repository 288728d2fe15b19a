"""Buttons, scrubber, tray and address: other ways to say what the scroll says."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import until
from tests.browser.engines import IN_BOTH
from tests.browser.test_scroll import settle, stage_names, state

pytestmark = pytest.mark.browser


def test_next_and_previous_walk_through_the_stages_and_stop_at_the_ends(chapter: Page) -> None:
    names = stage_names()
    chapter.locator(".tape a").first.click()
    for expected in [*names[1:], names[-1]]:
        chapter.get_by_role("button", name="Next stage").click()
        settle(chapter)
        assert state(chapter)[0] == expected
    for expected in [*names[-2::-1], names[0]]:
        chapter.get_by_role("button", name="Previous stage").click()
        settle(chapter)
        assert state(chapter)[0] == expected


@IN_BOTH
def test_the_scrubber_moves_the_page_to_any_fraction_of_a_stage_and_follows_it(chapter: Page) -> None:
    slider = chapter.get_by_role("slider", name="Position in the network")
    for value in ("3.25", "0.5", "8.75"):
        slider.fill(value)
        settle(chapter)
        assert state(chapter)[1] == pytest.approx(float(value), abs=0.01)
    expect(slider).to_have_attribute("aria-valuetext", "dense: Dense")
    chapter.locator(".tape a[data-stage=pool1]").click()
    settle(chapter)
    assert float(slider.input_value()) == pytest.approx(state(chapter)[1], abs=0.01)


def test_a_chosen_image_travels_and_the_words_follow_it(chapter: Page) -> None:
    chapter.locator(".tape a[data-stage=softmax]").click()
    settle(chapter)
    for index in (0, 7):
        chapter.locator(".tray__image").nth(index).click()
        settle(chapter)
        expect(chapter.locator(".tray__image[aria-pressed=true]")).to_have_count(1)
        expect(chapter.locator(".player__status")).to_contain_text(f"gives {index} a probability")


def test_the_address_follows_and_a_copy_of_it_shows_the_same(chapter: Page) -> None:
    chapter.locator(".tape a[data-stage=conv2]").click()
    chapter.locator(".tray__image").nth(4).click()
    until(chapter, "location.search === '?digit=4&stage=conv2'")
    other = chapter.context.new_page()
    other.goto(chapter.url)
    other.wait_for_selector(".player")
    settle(other)
    assert state(other)[0] == "conv2"
    expect(other.locator(".tray__image").nth(4)).to_have_attribute("aria-pressed", "true")


@IN_BOTH
def test_a_click_on_a_link_while_the_address_waits_to_be_written_does_not_load_the_page_anew(
    chapter: Page,
) -> None:
    chapter.evaluate("window.same = true")
    for name in stage_names():
        script = """(name) => {
            document.querySelector('.tray__image:not([aria-pressed=true])').click();
            const due = performance.now() + 350;
            while (performance.now() < due);
            document.querySelector(`.tape a[data-stage=${name}]`).click(); }"""
        chapter.evaluate(script, name)
        chapter.wait_for_function("(name) => location.search.endsWith(`stage=${name}`)", arg=name)
        assert state(chapter)[0] == name
        assert chapter.evaluate("window.same")


@pytest.mark.parametrize(
    "query",
    ["?digit=999", "?digit=-1", "?digit=<b>", "?stage=poool1", "?stage=%00", "?digit=1e9&stage=constructor"],
)
def test_a_malformed_address_is_ignored(chapter: Page, query: str) -> None:
    chapter.goto(chapter.url.split("?")[0] + query)
    chapter.wait_for_selector(".player")
    assert state(chapter)[0] == stage_names()[0]
    assert chapter.evaluate("window.scrollY") == 0


def test_a_reload_and_a_step_back_keep_the_exact_position(chapter: Page) -> None:
    chapter.locator(".tape a[data-stage=relu2]").click()
    chapter.mouse.wheel(0, 137)
    settle(chapter)
    chapter.wait_for_timeout(500)
    before = state(chapter)
    chapter.reload()
    chapter.wait_for_selector(".player")
    chapter.wait_for_timeout(300)
    assert state(chapter) == before
    chapter.goto(chapter.url.split("/chapters/")[0] + "/index.html")
    chapter.go_back()
    chapter.wait_for_selector(".player")
    chapter.wait_for_timeout(300)
    assert state(chapter) == before
