"""A frame drawn by the browser and the same frame drawn by Python look the same."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser

from genfigs.network.activations import activations
from genfigs.network.tiny_cnn import network
from genfigs.scenes.exhibit import Exhibit
from genfigs.scenes.forward_pass import forward_pass
from genfigs.theme import THEMES, Theme
from genfigs.writers.painter import HEAD, Painter
from genfigs.writers.raster import rasterise
from tests.browser import published
from tests.browser.conftest import CHAPTER
from tests.browser.test_scroll import settle

pytestmark = pytest.mark.browser
WITHIN = 0.3, 0.5, 0.9  # of a stage: its act under way, and over
SOFT = 2.0  # pixels of blur: letters and edges are smoothed differently, shapes and colours are not
MEAN, WORST = 1.5, 75  # levels of 255: of all pixels, and of 99.9 in 100


def exhibit() -> Exhibit:
    """Return the numbers that the browser shows at first."""
    params, (image, label) = published.params(), published.samples()[0]
    kernels = {name: arrays["kernel"] for name, arrays in params.items()}
    names = tuple(published.read("network")["class_names"])
    return Exhibit(activations(network, params, image), kernels, names, label)


def soft(picture: Image.Image, size: tuple[int, int]) -> np.ndarray:
    return np.asarray(picture.convert("RGB").resize(size).filter(ImageFilter.GaussianBlur(SOFT)), float)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_frame_looks_the_same_in_the_browser_and_in_python(
    browser: Browser, server: str, theme: Theme
) -> None:
    scene = forward_pass(network)
    painter = Painter(scene, exhibit(), theme)
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=theme.name)
    page.goto(f"{server}/{CHAPTER}")
    page.wait_for_selector(".player")
    for t in (stage + within for stage in range(len(scene.stages)) for within in WITHIN):
        page.evaluate("(t) => document.querySelector('.scrolly').scroll.seek(t)", t)
        settle(page)
        shown = page.evaluate("() => document.querySelector('.scrolly').scroll.clock")
        assert shown == pytest.approx(t, abs=0.01)
        theirs = Image.open(BytesIO(page.screenshot(clip=page.locator(".player__stage").bounding_box())))
        whole = Image.fromarray(rasterise(painter.frame(shown), scene.width))
        ours = whole.crop((0, HEAD, scene.width, HEAD + scene.height))
        gap = np.abs(soft(theirs, ours.size) - soft(ours, ours.size))
        assert gap.mean() < MEAN, (t, gap.mean())
        assert np.percentile(gap, 99.9) < WORST, (t, np.percentile(gap, 99.9))
    page.close()


def test_the_measure_tells_one_stage_from_the_next() -> None:
    """Or the test above could not fail."""
    scene = forward_pass(network)
    painter = Painter(scene, exhibit(), THEMES[0])
    frames = [Image.fromarray(rasterise(painter.frame(stage + 0.9), scene.width)) for stage in (1, 2, 3)]
    one, other, another = (soft(frame, frame.size) for frame in frames)
    assert np.abs(one - other).mean() > 1.5 * MEAN
    assert np.abs(other - another).mean() > 1.5 * MEAN
