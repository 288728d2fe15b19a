"""Any number can be asked where it came from: with mouse, finger, keys or a link."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from genfigs.network.tiny_cnn import network
from genfigs.scenes import to_json
from genfigs.scenes.forward_pass import forward_pass
from tests.browser.conftest import CHAPTER, Watched, until
from tests.browser.engines import IN_BOTH
from tests.browser.test_access import faults
from tests.browser.test_scroll import settle, stage_names, state

pytestmark = pytest.mark.browser
SCENE = forward_pass(network)
STAGES = [{"name": stage.name, "shape": list(stage.shape)} for stage in SCENE.stages]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def asked(watched: Watched, server: str) -> Page:
    """Return the chapter, opened by a link to one number."""
    watched.page.goto(f"{server}/{CHAPTER}?digit=3&stage=conv1&cell=4,11,7")
    watched.page.wait_for_selector(".inspector")
    settle(watched.page)
    return watched.page


def place(page: Page) -> str:
    return (
        f"{page.locator('.inspector__stage').inner_text()}: {page.locator('.inspector__place').inner_text()}"
    )


def go(page: Page, stage: str) -> None:
    page.locator(f".tape a[data-stage={stage}]").evaluate("link => link.click()")
    settle(page)


def point(page: Page, actor: str, row: int, column: int) -> tuple[float, float]:
    """Return where on the page the middle of a cell of a sheet is drawn now."""
    at = SCENE.at(state(page)[1])[actor]
    box = page.locator(".player__stage").bounding_box()
    assert box is not None
    scale = box["width"] / SCENE.width
    x = at["x"] + at["a"] * (column + 0.5)
    y = at["y"] + at["b"] * (column + 0.5) + at["d"] * (row + 0.5)
    return box["x"] + scale * x, box["y"] + scale * y


def decimals(page: Page, rows: str) -> list[Decimal]:
    numbers = page.locator(f".inspector__sums > .sums > table > tbody > {rows} > .sums__number")
    return [Decimal(text.replace("−", "-")) for text in numbers.all_inner_texts()]


@pytest.mark.parametrize(("width", "stage", "row", "column"), [(1280, "conv1", 12, 20), (390, "pool2", 2, 3)])
def test_a_tap_on_a_cell_of_an_oblique_sheet_opens_that_cell(
    browser: Browser, server: str, width: int, stage: str, row: int, column: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server}/{CHAPTER}")
    page.wait_for_selector(".player")
    go(page, stage)
    last = next(s.shape[2] for s in SCENE.stages if s.name == stage) - 1
    page.touchscreen.tap(*point(page, f"{stage}/{last}", row, column))
    expect(page.locator(".inspector")).to_be_visible()
    assert place(page) == f"{stage}: row {row}, column {column}, channel {last}"
    expect(page.locator(".player__chosen")).to_have_attribute("d", re.compile(r"^M"))
    context.close()


@IN_BOTH
def test_a_click_on_a_cell_of_the_figure_opens_that_cell(chapter: Page) -> None:
    for stage, row, column in (("conv1", 12, 20), ("pool2", 2, 3)):
        go(chapter, stage)
        last = next(s.shape[2] for s in SCENE.stages if s.name == stage) - 1
        chapter.mouse.click(*point(chapter, f"{stage}/{last}", row, column))
        expect(chapter.locator(".inspector")).to_be_visible()
        assert place(chapter) == f"{stage}: row {row}, column {column}, channel {last}"


def test_in_the_scene_a_cell_is_found_where_it_is_outlined(modules: Page) -> None:
    script = """([scene, stage, t]) => {
        const { shape } = scene.stages.find(({ name }) => name === stage);
        const { rows, columns, channels: depth } = cells.gridOf(shape);
        const faults = [];
        for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
            const cell = { channel: depth - 1, row, column };
            const numbers = pick.outlineOf(scene, t, stage, cell).match(/-?[\\d.]+(e-?\\d+)?/g).map(Number);
            const [x, y, right, rise] = numbers;
            const down = numbers.length === 6 ? 5 : (rise + numbers[4]) / 2;
            const found = pick.cellUnder(scene, t, x + right / 2, y + down);
            if (JSON.stringify(found) !== JSON.stringify({ stage, cell })) faults.push([cell, found]);
        }
        return faults; }"""
    scene = json.loads(json.dumps(to_json(SCENE)))
    for stage in SCENE.stages:
        assert modules.evaluate(script, [scene, stage.name, stage.still])[:3] == [], stage.name


@IN_BOTH
def test_keys_open_the_panel_walk_over_rows_columns_and_channels_and_close_it(chapter: Page) -> None:
    go(chapter, "pool1")
    chapter.locator(".player").focus()
    chapter.keyboard.press("Enter")
    picker = chapter.locator(".picker__sheet")
    expect(picker).to_be_focused()
    expect(picker).to_have_accessible_description(re.compile("pool1, row .* largest of 4"))
    for key in [*["ArrowUp"] * 13, *["ArrowLeft"] * 13, *["PageUp"] * 8]:
        chapter.keyboard.press(key)
    assert place(chapter) == "pool1: row 0, column 0, channel 0"
    for key in ["ArrowDown", "ArrowDown", "ArrowRight", "PageDown", "]", "]", "["]:
        chapter.keyboard.press(key)
    assert place(chapter) == "pool1: row 2, column 1, channel 2"
    until(chapter, "location.search.includes('cell=2,2,1')")
    told = chapter.get_by_role("status").filter(has_text="pool1, row 2, column 1, channel 2")
    expect(told).to_have_count(1)
    chapter.keyboard.press("Escape")
    expect(chapter.locator(".inspector")).to_be_hidden()
    expect(chapter.locator(".player")).to_be_focused()
    until(chapter, "!location.search.includes('cell')")


def test_a_button_opens_the_strongest_number_and_gets_the_focus_back(chapter: Page) -> None:
    go(chapter, "dense")
    ask = chapter.get_by_role("button", name="Ask a number")
    ask.click()
    expect(ask).to_have_attribute("aria-expanded", "true")
    assert chapter.locator(".inspector__stage").inner_text() == "dense"
    chapter.get_by_role("button", name="Close").click()
    expect(ask).to_be_focused()
    expect(ask).to_have_attribute("aria-expanded", "false")


@IN_BOTH
def test_a_link_to_a_number_opens_it_in_a_fresh_browser(asked: Page) -> None:
    assert state(asked)[0] == "conv1"
    assert place(asked) == "conv1: row 11, column 7, channel 4"
    asked.wait_for_timeout(500)
    assert asked.url.endswith("?digit=3&stage=conv1&cell=4,11,7")


def test_the_panel_follows_the_scroll_and_the_image(asked: Page) -> None:
    go(asked, "relu1")
    assert place(asked) == "relu1: row 11, column 7, channel 4"
    go(asked, "pool1")
    assert place(asked) == "pool1: row 5, column 3, channel 4"
    go(asked, "conv1")
    value = asked.locator(".inspector__value")
    seen = set()
    for index in range(4):
        asked.locator(".tray__image").nth(index).click()
        settle(asked)
        seen.add(value.inner_text())
    assert len(seen) > 1
    for stage in stage_names():
        go(asked, stage)
        assert asked.locator(".inspector__stage").inner_text() == stage


@IN_BOTH
def test_dragging_over_the_large_sheet_moves_the_cell(asked: Page) -> None:
    box = asked.locator(".picker__sheet").bounding_box()
    assert box is not None
    cell = box["width"] / 26
    asked.mouse.move(box["x"] + 3.5 * cell, box["y"] + 2.5 * cell)
    asked.mouse.down()
    assert place(asked) == "conv1: row 2, column 3, channel 4"
    asked.mouse.move(box["x"] + 9.5 * cell, box["y"] + 20.5 * cell)
    assert place(asked) == "conv1: row 20, column 9, channel 4"
    asked.mouse.up()


@IN_BOTH
@pytest.mark.parametrize("stage", ["conv1", "conv2", "dense"])
def test_the_numbers_on_the_page_add_up(asked: Page, stage: str) -> None:
    go(asked, stage)
    *terms, total = decimals(asked, "tr:not(.sums__detail)")
    assert len(terms) >= 2
    assert sum(terms) == total
    assert asked.locator(".inspector__value").inner_text().replace("−", "-") == str(total)


def test_any_channel_can_be_written_out_without_losing_the_focus(asked: Page) -> None:
    go(asked, "conv2")
    for channel in ("0", "5"):
        opener = asked.locator(f".sums__open[data-channel='{channel}']")
        opener.focus()
        asked.keyboard.press("Enter")
        expect(opener).to_be_focused()
        expect(opener).to_have_attribute("aria-expanded", "true")
        expect(asked.locator(".sums__detail")).to_have_count(1)
        expect(asked.locator(".sums__grid")).to_have_count(3)


@given(query=st.one_of(st.text(), st.text("0123456789,-e.%<>").map(lambda cell: f"?stage=conv1&cell={cell}")))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_opens_what_is_not_there(modules: Page, query: str) -> None:
    found = modules.evaluate("([query, stages]) => celladdress.readCell(query, stages)", [query, STAGES])
    if found and "cell" in found:
        shape = next(stage["shape"] for stage in STAGES if stage["name"] == found["stage"])
        row, column, channel = (found["cell"][axis] for axis in ("row", "column", "channel"))
        assert min(row, column, channel) >= 0
        assert all(at < size for at, size in zip((row, column, channel), shape, strict=True))


@pytest.mark.parametrize(
    "query", [f"stage=conv1&cell={HOSTILE}", f"stage={HOSTILE}&cell=0,0,0", "stage=dense&cell=0,0,10"]
)
def test_a_hostile_or_malformed_cell_is_ignored_with_a_notice(
    watched: Watched, server: str, query: str
) -> None:
    watched.page.goto(f"{server}/{CHAPTER}?{query}")
    notice = watched.page.locator(".player__notice")
    expect(notice).to_contain_text("must")
    expect(notice).to_have_attribute("role", "status")
    expect(watched.page.locator(".inspector")).to_be_hidden()
    assert watched.page.locator(".player__notice *").count() == 0
    assert watched.complaints == []


def scenes(browser: Browser, server: str, width: int) -> Iterator[Page]:
    """Yield the chapter with the panel open, at every stage and in both themes."""
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(f"{server}/{CHAPTER}?digit=3&stage=input&cell=0,14,14")
        page.wait_for_selector(".inspector")
        for stage in stage_names():
            go(page, stage)
            yield page
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_open_panel_has_no_fault_at_any_stage(browser: Browser, server: str, width: int) -> None:
    for page in scenes(browser, server, width):
        assert faults(page, ".scrolly") == [], place(page)


@pytest.mark.parametrize("width", [320, 390, 1000])
def test_the_open_panel_does_not_overflow_sideways(browser: Browser, server: str, width: int) -> None:
    for page in scenes(browser, server, width):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        body = page.locator(".inspector__body")
        assert body.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, place(page)


def test_nothing_is_covered_that_says_where_the_reader_is(asked: Page) -> None:
    panel = asked.locator(".inspector").bounding_box()
    for part in (".player__head", ".tape", ".player__stage"):
        box = asked.locator(part).bounding_box()
        assert box is not None
        assert panel is not None
        assert panel["x"] + panel["width"] <= box["x"] or panel["y"] >= box["y"] + box["height"], part


def test_where_motion_is_unwelcome_a_click_asks_for_what_is_in_view(asked: Page) -> None:
    asked.emulate_media(reduced_motion="reduce")
    asked.keyboard.press("Escape")
    slider = asked.get_by_role("slider", name="Position in the network")
    slider.fill("1.1")
    settle(asked)
    at = SCENE.at(next(stage.still for stage in SCENE.stages if stage.name == "conv1"))["conv1/7"]
    box = asked.locator(".player__stage").bounding_box()
    assert box is not None
    x, y = at["x"] + 3.5 * at["a"], at["y"] + 3.5 * at["b"] + 5.5 * at["d"]
    scale = box["width"] / SCENE.width
    asked.mouse.click(box["x"] + scale * x, box["y"] + scale * y)
    assert place(asked) == "conv1: row 5, column 3, channel 7"
