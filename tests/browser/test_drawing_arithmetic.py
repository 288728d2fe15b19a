"""The arithmetic behind a reader's own image: centring as in Python, a soft pen, and a text for the address."""

import base64
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from genfigs.data import centring, handwriting

pytestmark = pytest.mark.browser
SHEET = "([ink, width, height]) => centring.%s({ ink: network.bytesOf(ink), width, height })"


def computed(page: Page, what: str, sheet: np.ndarray) -> np.ndarray:
    """Return what the browser's `centring` module makes of a sheet of ink."""
    height, width = sheet.shape
    sent = [base64.b64encode(sheet.tobytes()).decode(), width, height]
    levels = page.evaluate(f"(sent) => [...({SHEET % what})(sent)]", sent)
    return np.array(levels, np.uint8).reshape(28, 28)


def sheets() -> Iterator[np.ndarray]:
    """Yield digits at many sizes and places, noise, a single pixel, a long line, and no ink at all."""
    random = np.random.default_rng(0)
    for times, digit in enumerate(handwriting.draw(np.arange(8).astype(np.uint8), 5), start=1):
        sheet = np.zeros((230, 250), np.uint8)
        top, left = random.integers(0, 230 - 28 * times + 1), random.integers(0, 250 - 28 * times + 1)
        sheet[top : top + 28 * times, left : left + 28 * times] = digit.repeat(times, 0).repeat(times, 1)
        yield sheet
    yield random.integers(0, 256, (61, 90), dtype=np.uint8)
    for rows, columns in ((slice(7, 8), slice(3, 4)), (slice(0, 90), slice(40, 41)), (slice(0), slice(0))):
        sheet = np.zeros((90, 61), np.uint8)
        sheet[rows, columns] = 255
        yield sheet


def test_centring_gives_the_same_image_in_both(modules: Page) -> None:
    for sheet in sheets():
        theirs = computed(modules, "centred", sheet).astype(int)
        np.testing.assert_allclose(theirs, centring.centred(sheet), rtol=0, atol=1)


def test_without_centring_the_whole_sheet_is_reduced(modules: Page) -> None:
    for sheet in sheets():
        height, width = sheet.shape
        side = max(height, width)
        square = np.zeros((side, side), np.uint8)
        top, left = (side - height) // 2, (side - width) // 2
        square[top : top + height, left : left + width] = sheet
        theirs = computed(modules, "asPlaced", sheet).astype(int)
        np.testing.assert_allclose(theirs, np.floor(centring.averaged(square, 28) + 0.5), rtol=0, atol=1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 15), min_size=784, max_size=784))
def test_any_image_of_sixteen_levels_survives_the_address(modules: Page, levels: list[int]) -> None:
    text, back = modules.evaluate(
        """(levels) => { const text = packing.packed(Uint8Array.from(levels, (level) => 17 * level));
        return [text, [...packing.unpacked(text)]]; }""",
        levels,
    )
    assert back == [17 * level for level in levels]
    assert len(text) <= 784


def test_a_digit_takes_fewer_than_400_letters(modules: Page) -> None:
    lengths = [
        len(
            modules.evaluate(
                "(image) => packing.packed(network.bytesOf(image))", base64.b64encode(image).decode()
            )
        )
        for image in handwriting.draw((np.arange(100) % 10).astype(np.uint8), 7)
    ]
    assert max(lengths) < 400
    assert np.median(lengths) < 250


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=900), st.from_regex(r"[\w-]{1,900}", fullmatch=True)))
def test_any_other_text_is_no_image_and_throws_nothing(modules: Page, text: str) -> None:
    result = modules.evaluate("(text) => packing.unpacked(text)?.length ?? null", text)
    assert result in (None, 784)


def test_a_stroke_is_smooth_soft_and_undone_without_a_trace(modules: Page) -> None:
    first, second, undone, cleared = modules.evaluate(
        """() => {
            const paper = strokes.createStrokes();
            const copy = () => [...paper.sheet.ink];
            paper.begin([60, 60]); paper.extend([60, 150]); paper.extend([140, 150]); paper.end();
            const first = copy();
            paper.begin([200, 200]); paper.extend([-50, 400]); paper.end();
            const second = copy();
            paper.undo();
            const undone = copy();
            paper.undo();
            return [first, second, undone, copy()];
        }"""
    )
    ink = np.array(first).reshape(280, 280)
    assert undone == first != second
    assert not any(cleared)
    assert 0 < np.mean((ink > 0) & (ink < 255)) / np.mean(ink > 0) < 0.3
    assert ink[150, 60] < 255 <= ink[100, 60]  # the corner is rounded


def test_drawing_point_by_point_gives_the_ink_of_redrawing(modules: Page) -> None:
    same = modules.evaluate(
        """() => {
            const one = strokes.createStrokes();
            for (const from of [20, 120]) {
                one.begin([from, 30]);
                for (let step = 1; step < 40; step += 1) one.extend([from + 60 * Math.sin(step / 6), 30 + 5 * step]);
                one.end();
            }
            const before = [...one.sheet.ink].join();
            one.begin([5, 5]); one.end(); one.undo();
            return before === [...one.sheet.ink].join();
        }"""
    )
    assert same
