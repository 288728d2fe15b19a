"""The figures to play with: their arithmetic is Python's, and they answer to pointer, keys and sliders."""

import json

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from genfigs.experiments import bill
from genfigs.experiments._contest import contenders
from genfigs.experiments.contenders import pack
from genfigs.experiments.equivariance import whole_cells
from genfigs.experiments.shifts import move
from genfigs.network.evaluation import predict
from genfigs.network.layers import Conv2D
from genfigs.network.quantised import rounded
from genfigs.network.tiny_cnn import network
from tests.browser.conftest import CHAPTER, Watched
from tests.browser.engines import IN_BOTH
from tests.browser.test_access import faults
from tests.figures.material import dataset
from tests.network.random_weights import random_weights

pytestmark = pytest.mark.browser

IMPORT = "async (names) => { for (const name of names) window[name] = await import(`/${name}.js`); }"


def test_the_bill_is_the_same_in_both(modules: Page) -> None:
    modules.evaluate(IMPORT, ["bill"])
    for side, channels in ((28, 1), (200, 3), (1000, 3)):
        for layer in (Conv2D(8, 3), Conv2D(5, 5, strides=2, padding="same")):
            described = {key: getattr(layer, key) for key in ("filters", "kernel_size", "strides", "padding")}
            theirs = modules.evaluate(
                "([side, channels, layer]) => [bill.denseBill(side, channels),"
                " bill.convolutionBill(side, channels, layer)]",
                [side, channels, described],
            )
            ours = bill.bill(layer, (side, side, channels))
            for kind, counts in zip(("dense", "convolution"), theirs, strict=True):
                assert counts["parameters"] == ours[f"{kind}_parameters"]
                assert counts["multiplications"] == ours[f"{kind}_multiplications"]


def test_a_dense_network_in_8_bits_answers_moved_digits_the_same_in_both(modules: Page) -> None:
    modules.evaluate(IMPORT, ["rivals"])
    rival = contenders(network)["wide"]
    params = random_weights(rival)
    images = dataset().test.images[:6]
    places = [(0, 0), (3, -2), (-8, 8), (0, 5), (-1, 0), (8, 8)]
    moved = np.concatenate([move(image[None], *place) for image, place in zip(images, places, strict=True)])
    expected = predict(rival, rounded(params), moved)
    theirs = modules.evaluate(
        """([packed, images, places]) => {
        const { wide } = rivals.readRivals({ wide: packed }, []);
        return images.map((image, index) => {
          const [rows, columns] = places[index];
          return rivals.answerOf(wide, rivals.seenOf(rivals.placed(Uint8Array.from(image), { rows, columns }, 8), 8));
        });
        }""",
        [json.loads(json.dumps(pack(rival, params))), images.reshape(6, -1).tolist(), places],
    )
    assert [answer["label"] for answer in theirs] == expected.argmax(axis=1).tolist()
    assert [answer["probability"] for answer in theirs] == pytest.approx(expected.max(axis=1), abs=1e-5)


def test_whole_cells_and_differences_are_the_same_in_both(modules: Page) -> None:
    modules.evaluate(IMPORT, ["moving"])
    pairs = [[pixels, jump] for pixels in range(9) for jump in (1, 2, 4, 8)]
    theirs = modules.evaluate(
        "(pairs) => pairs.map(([pixels, jump]) => moving.wholeCells(pixels, jump))", pairs
    )
    assert theirs == [max(whole_cells(*pair), 0) for pair in pairs]
    gap = "() => [...moving.differenceOf(Float32Array.of(1, 2, 3, 4), Float32Array.of(9, 1, 9, 5), 2, 1)]"
    assert modules.evaluate(gap) == [0, 0, 0, 2]


def test_what_is_mounted_can_be_taken_away_again(modules: Page) -> None:
    left = modules.evaluate(
        """async () => {
        const { mountBillLab } = await import("/billlab.js");
        const figure = document.createElement("figure");
        const lab = mountBillLab(figure, { network: { layers: [] } });
        const before = figure.querySelectorAll("input").length;
        lab.dispose();
        return [before, figure.childElementCount];
        }"""
    )
    assert left == [2, 0]


@pytest.fixture
def labs(watched: Watched, server: str) -> Page:
    """Return the chapter with every figure to play with started."""
    page = watched.page
    page.goto(f"{server}/{CHAPTER}")
    assert not any("contenders.js" in url for url in watched.requests)
    for name in ("bill", "equivariance", "shifts"):
        page.locator(f"#figure-{name}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#figure-{name} .lab")
    assert sum("contenders.js" in url for url in watched.requests) == 1
    return page


def place(page: Page) -> str:
    return page.locator("#figure-shifts .lab__controls .lab__label").inner_text()


@IN_BOTH
def test_arrow_keys_and_dragging_move_the_digit_and_a_button_puts_it_back(labs: Page) -> None:
    field = labs.locator(".shift__field")
    assert "not moved" in place(labs)
    field.press("ArrowRight")
    field.press("ArrowUp")
    assert "1 right, 1 up" in place(labs)
    box = field.bounding_box()
    assert box
    middle, cell = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), box["width"] / 44
    labs.mouse.move(*middle)
    labs.mouse.down()
    labs.mouse.move(middle[0] + 3 * cell, middle[1] + 2 * cell)
    labs.mouse.up()
    labs.mouse.move(*middle)
    assert "4 right, 1 down" in place(labs)
    for _ in range(9):
        field.press("ArrowRight")
    assert "8 right, 1 down" in place(labs)
    labs.get_by_label("Put the digit back in the middle").click()
    assert "not moved" in place(labs)


def test_what_the_networks_say_is_shown_and_read_out(labs: Page) -> None:
    labs.locator(".shift__field").press("ArrowDown")
    labs.wait_for_timeout(700)
    told = labs.locator("#figure-shifts .lab__status").text_content() or ""
    assert "1 down" in told
    for name in ("Convolutional", "Dense, large", "Dense, same size"):
        assert f"{name}: " in told
    assert labs.locator(".judge").count() == 3


def test_the_decks_move_along_exactly_by_whole_cells_only(labs: Page) -> None:
    slider = labs.locator("#figure-equivariance input")
    words = labs.locator("#figure-equivariance .decks__word")
    slider.fill("4")
    assert set(words.all_inner_texts()) == {"exactly"}
    slider.fill("1")
    assert any("differ" in word for word in words.all_inner_texts())
    assert words.first.inner_text() == "exactly"


def test_the_sliders_show_the_exact_bill(labs: Page) -> None:
    sides = labs.locator("#figure-bill input")
    sides.nth(0).fill("1000")
    sides.nth(1).fill("3")
    assert labs.locator("#figure-bill .bill__count").first.inner_text() == "9,000,003,000,000"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_in_them_is_out_of_reach(browser: Browser, server: str, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/{CHAPTER}")
    for name in ("bill", "equivariance", "shifts"):
        page.locator(f"#figure-{name}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#figure-{name} .lab")
        assert faults(page, f"#figure-{name}") == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
