"""Scrolling the chapter: stages in order, links that land, a figure that says what it shows."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.engines import IN_BOTH

pytestmark = pytest.mark.browser
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
MANIFEST = Path(__file__).parents[2] / "docs" / "figures" / "manifest.json"


def layers() -> list[dict]:
    return json.loads(MANIFEST.read_text(encoding="utf-8"))["network"]["layers"]


def stage_names() -> list[str]:
    return [layer["name"] for layer in layers()]


def state(page: Page) -> tuple[str, float]:
    scrolly = page.locator(".scrolly")
    return scrolly.get_attribute("data-stage"), float(scrolly.get_attribute("data-progress"))


def settle(page: Page) -> None:
    """Wait for two frames: one to measure the scroll, one to show it."""
    page.evaluate(FRAME)


def visited(page: Page, direction: int) -> list[str]:
    """Scroll on with every frame from the top to past the figure, or back; return the stages in the order they came."""
    script = """async (direction) => {
        const frame = () => new Promise(requestAnimationFrame);
        const figure = document.querySelector('.scrolly');
        const seen = [];
        const past = figure.getBoundingClientRect().bottom + scrollY + innerHeight;
        const places = Array.from({ length: Math.floor(past / 150) + 1 }, (_, step) => step * 150);
        if (direction < 0) places.reverse();
        for (const top of [...places, places.at(-1), places.at(-1)]) {
            if (seen.at(-1) !== figure.dataset.stage) seen.push(figure.dataset.stage);
            window.scrollTo({ top, behavior: 'instant' });
            await frame();
        }
        return seen; }"""
    return page.evaluate(script, direction)


def windows_on_the_way(page: Page) -> list[int]:
    """Scroll in steps and return how many kernel windows show at each: they do between stages only."""
    script = f"""async () => {{
        const frame = {FRAME};
        const shown = [];
        for (let step = 0; step < 40; step += 1) {{
            window.scrollTo({{ top: step * 300, behavior: 'instant' }});
            await frame();
            const windows = [...document.querySelectorAll('.player__window')];
            shown.push(windows.filter((one) => one.style.display !== 'none').length);
        }}
        return shown; }}"""
    return page.evaluate(script)


def paper_colour(page: Page) -> list[int]:
    """Return the colour of a sheet where it is bare."""
    script = (
        "() => [...document.querySelector('.player canvas').getContext('2d').getImageData(12, 12, 1, 1).data]"
    )
    return page.evaluate(script)[:3]


@IN_BOTH
def test_scrolling_down_visits_every_stage_in_order_and_up_in_reverse(chapter: Page) -> None:
    assert visited(chapter, +1) == stage_names()
    assert visited(chapter, -1) == stage_names()[::-1]


@IN_BOTH
@pytest.mark.parametrize("width", [1280, 390])
def test_every_tape_link_lands_on_its_stage_with_its_act_over(chapter: Page, width: int) -> None:
    chapter.set_viewport_size({"width": width, "height": 800})
    for index, layer in enumerate(layers()):
        chapter.evaluate("document.querySelector('.scrolly').scrollIntoView()")
        chapter.locator(f".tape a[data-stage={layer['name']}]").evaluate("link => link.click()")
        settle(chapter)
        stage, progress = state(chapter)
        assert stage == layer["name"]
        assert index + 0.75 <= progress < index + 0.95
        card = chapter.locator(f"#stage-{layer['name']} .stage__card")
        expect(card).to_be_in_viewport(ratio=0.9)


@IN_BOTH
def test_the_figure_states_the_shape_and_the_count_of_every_stage(chapter: Page) -> None:
    for layer in layers():
        chapter.goto(f"{chapter.url.split('#')[0]}#stage-{layer['name']}")
        settle(chapter)
        shape = " × ".join(map(str, layer["shape"]))
        expect(chapter.locator(".player__shape")).to_have_text(shape)
        expect(chapter.locator(".player__status")).to_contain_text(shape)


@IN_BOTH
@pytest.mark.parametrize("width", [320, 385, 390])
def test_the_name_of_a_stage_is_not_broken_on_a_phone(chapter: Page, width: int) -> None:
    chapter.set_viewport_size({"width": width, "height": 800})
    lines = """title => { const all = document.createRange();
        all.selectNodeContents(title); return all.getClientRects().length; }"""
    for name in stage_names():
        chapter.locator(f".tape a[data-stage={name}]").evaluate("link => link.click()")
        settle(chapter)
        assert chapter.locator(".player__title").evaluate(lines) == 1, name


@IN_BOTH
def test_a_link_to_a_stage_opened_afresh_shows_that_stage(chapter: Page) -> None:
    other = chapter.context.new_page()
    other.goto(chapter.url.split("#")[0] + "#stage-pool2")
    other.wait_for_selector(".player")
    settle(other)
    assert state(other)[0] == "pool2"


@IN_BOTH
def test_arrow_keys_home_and_end_move_between_stages_when_the_figure_has_focus(chapter: Page) -> None:
    names = stage_names()
    chapter.locator(".player").focus()
    for key, expected in [("End", -1), ("ArrowLeft", -2), ("ArrowRight", -1), ("Home", 0), ("ArrowRight", 1)]:
        chapter.keyboard.press(key)
        settle(chapter)
        assert state(chapter)[0] == names[expected]


def test_the_tape_marks_the_current_stage_for_assistive_technology(chapter: Page) -> None:
    for name in stage_names():
        chapter.locator(f".tape a[data-stage={name}]").click()
        settle(chapter)
        assert chapter.locator(".tape a[aria-current=step]").get_attribute("data-stage") == name


@IN_BOTH
def test_the_page_turns_dark_with_the_switch_and_the_sheets_with_it(chapter: Page) -> None:
    light = paper_colour(chapter)
    chapter.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    settle(chapter)
    assert sum(paper_colour(chapter)) < 200 < sum(light)


def test_reduced_motion_shows_whole_stages_and_nothing_in_between(chapter: Page) -> None:
    chapter.emulate_media(reduced_motion="reduce")
    assert set(windows_on_the_way(chapter)) == {0}


def test_where_motion_is_welcome_the_kernel_windows_show_on_the_way(chapter: Page) -> None:
    assert max(windows_on_the_way(chapter)) > 0
