"""Drawing a digit: with a mouse, a finger or the keyboard, undone, cleared, centred or not, and answered honestly."""

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from genfigs.data import centring
from tests.browser.conftest import CHAPTER, until
from tests.browser.engines import IN_BOTH
from tests.browser.paper import SEVEN, answer, open_panel, paper, stroke, travelling
from tests.browser.test_access import faults
from tests.browser.test_scroll import settle

pytestmark = pytest.mark.browser


@pytest.fixture
def pad(chapter: Page) -> Page:
    """Return the chapter with the panel open on empty paper."""
    open_panel(chapter)
    return chapter


def sheet(page: Page) -> np.ndarray:
    """Return the paper as it is painted, in grey."""
    script = """() => { const canvas = document.querySelector('.pad canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return [...data.filter((_, index) => index % 4 === 0)]; }"""
    return np.array(page.evaluate(script), np.uint8).reshape(280, 280)


def middle(image: np.ndarray) -> np.ndarray:
    return np.array([image.sum(axis=1) @ np.arange(28), image.sum(axis=0) @ np.arange(28)]) / image.sum()


@IN_BOTH
def test_a_seven_drawn_with_the_mouse_travels_and_is_read(pad: Page) -> None:
    stroke(pad)
    assert answer(pad) == 7
    assert np.abs(middle(travelling(pad)) - 14).max() <= 0.6
    expect(pad.locator(".studio__verdict")).to_contain_text("The network reads 7")
    expect(pad.locator(".answers__row.is-chosen")).to_contain_text("7")
    expect(pad.get_by_role("button", name="Draw your own")).to_have_attribute("aria-current", "true")
    expect(pad.locator(".tray__image[aria-pressed=true]")).to_have_count(0)


@IN_BOTH
def test_the_figure_follows_while_the_stroke_is_drawn(pad: Page) -> None:
    before = travelling(pad)
    box = paper(pad)
    pad.mouse.move(box["x"] + 50, box["y"] + 50)
    pad.mouse.down()
    pad.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    settle(pad)
    during = travelling(pad)
    pad.mouse.move(box["x"] + 90, box["y"] + 200, steps=4)
    settle(pad)
    assert not np.array_equal(before, during)
    assert not np.array_equal(during, travelling(pad))
    pad.mouse.up()


def test_a_finger_draws_and_does_not_scroll(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server}/{CHAPTER}#stage-input")
    page.wait_for_selector(".player")
    open_panel(page)
    assert paper(page)["width"] > 300
    y = page.evaluate("scrollY")
    finger(page, SEVEN)
    assert answer(page) == 7
    assert page.evaluate("scrollY") == y
    context.close()


def finger(page: Page, corners: tuple[tuple[float, float], ...]) -> None:
    """Draw with one finger, as the system reports it."""
    box = paper(page)
    session = page.context.new_cdp_session(page)
    steps = np.concatenate([np.linspace(a, b, 10) for a, b in pairwise(corners)])
    for index, (x, y) in enumerate(steps):
        point = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        kind = "touchMove" if index else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(page)


@IN_BOTH
def test_the_keyboard_draws_a_one(pad: Page) -> None:
    expect(pad.locator(".pad canvas")).to_be_focused()
    for key in (*["ArrowRight"] * 7, "Space", *["ArrowDown"] * 14, "Space"):
        pad.keyboard.press(key)
    settle(pad)
    assert answer(pad) == 1
    expect(pad.locator(".pad__state")).to_have_text("Pen up")
    drawn = sheet(pad)
    for key in ("ArrowLeft", "ArrowUp"):
        pad.keyboard.press(key)
    settle(pad)
    np.testing.assert_array_equal(sheet(pad), drawn)


def test_undo_takes_back_one_stroke_and_clear_all(pad: Page) -> None:
    blank = sheet(pad)
    stroke(pad)
    first = sheet(pad)
    stroke(pad, ((0.4, 0.5), (0.65, 0.5)))
    stroke(pad, ((0.2, 0.9), (0.8, 0.9)))
    pad.keyboard.press("Control+z")
    settle(pad)
    pad.get_by_role("button", name="Undo").click()
    settle(pad)
    np.testing.assert_array_equal(sheet(pad), first)
    pad.locator(".studio").get_by_role("button", name="Clear").click()
    settle(pad)
    np.testing.assert_array_equal(sheet(pad), blank)
    assert not travelling(pad).any()


def test_centring_is_on_until_the_switch_says_otherwise(pad: Page) -> None:
    stroke(pad, tuple((0.6 * x, 0.6 * y) for x, y in SEVEN))
    centred = travelling(pad)
    pad.get_by_role("switch", name="Do not centre").check()
    settle(pad)
    placed = travelling(pad)
    assert np.abs(middle(centred) - 14).max() <= 0.6 < np.abs(middle(placed) - 14).max()
    ink = 255 - sheet(pad).astype(float)
    ink = np.clip((ink - ink.min()) / np.ptp(ink) * 255, 0, 255).astype(np.uint8)
    np.testing.assert_allclose(centred.astype(int), centring.centred(ink), rtol=0, atol=12)  # sixteen levels
    pad.get_by_role("switch", name="Do not centre").uncheck()
    settle(pad)
    np.testing.assert_array_equal(travelling(pad), centred)


def test_empty_paper_is_called_empty_and_answered_all_the_same(pad: Page) -> None:
    expect(pad.locator(".studio__verdict")).to_contain_text("No ink. Even so, the network answers")
    expect(pad.locator(".studio")).to_contain_text(
        "the 10 probabilities sum to 1 even when none of the classes fits"
    )
    stroke(pad)
    pad.locator(".studio").get_by_role("button", name="Clear").click()
    settle(pad)
    expect(pad.locator(".studio__verdict")).to_contain_text("No ink.")


def test_the_words_of_the_figure_and_of_the_kernels_speak_of_the_drawing(pad: Page) -> None:
    stroke(pad)
    pad.locator(".tape a[data-stage=input]").click()
    settle(pad)
    expect(pad.locator(".player__status")).to_contain_text("it shows your drawing")
    kernels = pad.locator("#figure-kernels")
    kernels.scroll_into_view_if_needed()
    live = kernels.get_by_role("img", name="makes of your drawing")
    expect(live).to_be_visible()
    expect(kernels.locator("img:visible")).to_have_count(0)
    box = live.bounding_box()
    assert box is not None
    still = kernels.locator("img").first
    ratio = int(still.get_attribute("width") or 0) / int(still.get_attribute("height") or 1)
    assert box["width"] / box["height"] == pytest.approx(ratio, rel=0.01)


def test_the_kernels_follow_in_both_themes_and_rest_for_the_default_image(pad: Page) -> None:
    stroke(pad)
    kernels = pad.locator("#figure-kernels")
    kernels.scroll_into_view_if_needed()
    script = "canvas => [...canvas.getContext('2d').getImageData(170, 100, 1, 1).data]"
    live = kernels.locator("canvas")
    expect(live).to_be_visible()
    until(pad, f"({script})(document.querySelector('.figure__live'))[3] === 255")
    light = live.evaluate(script)
    pad.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    settle(pad)
    pad.wait_for_timeout(100)
    assert sum(live.evaluate(script)[:3]) < sum(light[:3])
    pad.locator(".tray__image").nth(2).click()
    expect(live).to_be_hidden()
    expect(kernels.locator("img:visible")).to_have_count(1)


def test_escape_closes_the_panel_and_gives_the_focus_back(pad: Page) -> None:
    expect(pad.get_by_role("dialog", name="Draw your own")).to_be_visible()
    pad.keyboard.press("Escape")
    expect(pad.locator(".studio")).to_be_hidden()
    expect(pad.get_by_role("button", name="Draw your own")).to_be_focused()


def test_misread_samples_say_so_in_words(chapter: Page) -> None:
    mistaken = chapter.locator(".tray__image.is-mistaken")
    for index in range(mistaken.count()):
        expect(mistaken.nth(index)).to_contain_text("read as")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_open_panel_has_no_fault(browser: Browser, server: str, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/{CHAPTER}?stage=poool1#stage-conv1")
    page.wait_for_selector(".player")
    assert faults(page) == []
    for name in ("Draw your own", "Upload or paste a photo"):
        open_panel(page, name)
        if name == "Draw your own":
            stroke(page)
        assert faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")
    context.close()
