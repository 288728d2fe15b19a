"""A figure's files: which there are, that their bytes repeat, and that they show what the network computed."""

import hashlib
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from genfigs.figures import Clip, Figure, kernels, stages
from genfigs.scenes import filled_cells
from genfigs.theme import LIGHT, THEMES, Theme, level_index, levels
from genfigs.writers import HOLD, RASTER_WIDTH, SECONDS, distinct_moments, render, still
from genfigs.writers.painter import FOOT, HEAD, Painter
from genfigs.writers.plot import plot_svg
from genfigs.writers.svg import Element
from tests.figures.material import results
from tests.writers.test_svg import decoded

ROOT = Path(__file__).parents[2]
CLIP_ENDINGS = {"light.svg", "dark.svg", "svg", "gif", "webp", "png"}


@cache
def figure(stage: str) -> Figure:
    """Return the figure of one stage."""
    return stages.draw(results(), f"stage-{stage}")


@cache
def files(stage: str) -> dict[str, bytes]:
    """Return the files of one stage's figure, written once."""
    return render(figure(stage))


def clip(stage: str) -> Clip:
    """Return the stretch of the scene that is one stage."""
    picture = figure(stage).picture
    assert isinstance(picture, Clip)
    return picture


def sheets(document: Element) -> list[Element]:
    """Return the images of a drawing that are sheared onto the stage: the sheets, not the legend."""
    return [image for image in document.iter("{*}image") if image.get("transform")]


def frames(content: bytes) -> tuple[Image.Image, list[int]]:
    """Return an animation and how long each of its frames shows, in milliseconds."""
    animation = Image.open(BytesIO(content))
    durations = []
    for index in range(animation.n_frames):
        animation.seek(index)
        animation.load()
        durations.append(animation.info["duration"])
    return animation, durations


def test_a_clip_has_every_format_and_a_mosaic_only_stills() -> None:
    """The endings are a contract: pages and checks look for these files."""
    assert set(files("pool1")) == CLIP_ENDINGS
    assert set(render(kernels.draw(results(), "kernels"))) == {"light.svg", "dark.svg"}


def test_the_same_figure_gives_the_same_bytes_again() -> None:
    """Clip, mosaic and plot."""
    assert render(figure("pool1")) == files("pool1")
    drawn = kernels.draw(results(), "kernels")
    assert render(drawn) == render(kernels.draw(results(), "kernels"))


PROGRAM = """
import hashlib, pickle, sys
from genfigs.figures import confusion, kernels, stages
from genfigs.network.tiny_cnn import network
from genfigs.scenes.forward_pass import forward_pass
from genfigs.writers import render
from genfigs.writers.exports import exports
results = pickle.load(open(sys.argv[1], "rb"))
figures = [(stages, "stage-pool1"), (kernels, "kernels"), (confusion, "confusion")]
written = [render(module.draw(results, name)) for module, name in figures] + [exports(results, [forward_pass(network)])]
for name, content in sorted(item for files in written for item in files.items()):
    print(name, hashlib.sha256(content).hexdigest())
"""


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    """Two fresh interpreters with different hash seeds write the same files, and the same as this one."""
    handed = tmp_path / "results.pickle"
    values = {"accuracy.confusion": results().values["accuracy.confusion"]}
    handed.write_bytes(pickle.dumps(replace(results(), values=values)))
    command = [sys.executable, "-c", PROGRAM, str(handed)]
    running = [
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, text=True
        )
        for seed in ("1", "2")
    ]
    first, second = (process.communicate()[0] for process in running)
    assert first == second
    assert [process.returncode for process in running] == [0, 0]
    assert f"gif {hashlib.sha256(files('pool1')['gif']).hexdigest()}" in first.splitlines()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("stage", ["input", "conv1", "relu1", "pool2"])
def test_a_still_shows_the_very_numbers_of_the_network(stage: str, theme: Theme) -> None:
    """Every sheet decodes to the colour-map levels of its channel, and lies where the scene puts it."""
    shown = clip(stage)
    tensor = shown.exhibit.tensors[stage]
    colour_map = shown.scene.stage_at(shown.still).colour_map
    scale = 1.0 if stage == "input" else float(np.abs(tensor).max())
    drawn = sheets(etree.fromstring(still(figure(stage), theme)))
    assert len(drawn) == tensor.shape[2]
    for channel, sheet in enumerate(drawn):
        expected = levels(theme.maps[colour_map])[level_index(tensor[:, :, channel], colour_map, scale)]
        np.testing.assert_array_equal(decoded(sheet.get("href"))[..., :3], expected)


@pytest.mark.parametrize("t", [1.25, 1.4, 1.5])
def test_a_map_that_is_being_filled_is_empty_past_the_kernel(t: float) -> None:
    """As many cells as the scan has passed are there, the rest is transparent."""
    shown = clip("conv1")
    painter = Painter(shown.scene, shown.exhibit, LIGHT)
    filling = next(actor for actor in shown.scene.actors if actor.name == "conv1/0").at(t)
    image = next(sheet for sheet in sheets(painter.frame(t)) if sheet.get("width") == "26")
    alpha = decoded(image.get("href"))[..., 3].ravel()
    filled = filled_cells(filling["scan"], 26, 26)
    assert 0 < filled < 26 * 26
    assert (alpha[:filled] == 255).all()
    assert (alpha[filled:] == 0).all()


def test_the_head_line_holds_the_shape_and_the_count() -> None:
    """Name and clause left, shape and numbers right."""
    words = [text.text for text in etree.fromstring(files("pool1")["light.svg"]).iter("{*}text")]
    assert {"Max-pool", "keep the largest of every 2 × 2", "13 × 13 × 8", "1,352 numbers"} <= set(words)


@pytest.mark.parametrize("stage", ["conv1", "relu1"])
def test_the_legend_holds_the_ends_of_the_scale(stage: str) -> None:
    """Symmetric about zero where values are signed, from zero where they are not."""
    shown = clip(stage)
    end = f"{shown.exhibit.scale(stage):.2g}"
    words = [text.text for text in etree.fromstring(still(figure(stage), LIGHT)).iter("{*}text")]
    assert words[-2:] == [f"−{end}" if stage == "conv1" else "0", end]


def test_the_bars_hold_scores_then_probabilities() -> None:
    """Heights in proportion; the winner in the accent colour and in bold."""
    shown = clip("softmax")
    probabilities = shown.exhibit.tensors["softmax"]
    document = etree.fromstring(still(figure("softmax"), LIGHT))
    bars = [rect for rect in document.iter("{*}rect") if rect.get("fill") in (LIGHT.muted, LIGHT.accent)]
    heights = [float(bar.get("height")) for bar in bars]
    np.testing.assert_allclose(heights, np.maximum(300 * probabilities, 1), atol=0.01)
    assert [bar.get("fill") == LIGHT.accent for bar in bars].index(True) == probabilities.argmax()
    bold = [text.text for text in document.iter("{*}text") if text.get("font-weight") == "700"]
    assert bold[0] == shown.exhibit.class_names[probabilities.argmax()]


@pytest.mark.parametrize("ending", ["gif", "webp"])
def test_an_animation_plays_once_and_for_about_four_seconds(ending: str) -> None:
    """Then the last frame stays; players that loop regardless hold it a while."""
    animation, durations = frames(files("pool1")[ending])
    times, planned = distinct_moments(clip("pool1"))
    assert 1 < animation.n_frames <= len(times)
    assert sum(durations) == pytest.approx(sum(planned), abs=10 * len(planned))
    assert sum(durations) - durations[-1] < 1000 * SECONDS
    assert durations[-1] >= HOLD
    assert animation.info.get("loop", 1) == 1
    assert b"NETSCAPE" not in files("pool1")["gif"]
    assert animation.size == (RASTER_WIDTH, -(-RASTER_WIDTH * (440 + HEAD + FOOT) // 720))


def test_moments_without_motion_are_one_frame() -> None:
    """Times ascend, cover the clip, and add up to its length."""
    shown = replace(clip("input"), frames=24)
    times, durations = distinct_moments(shown)
    assert times == sorted(set(times))
    assert times[0] == shown.start
    assert len(times) < 24
    assert sum(durations) == pytest.approx(1000 * SECONDS + HOLD, abs=24)
    states = [shown.scene.at(t) for t in times]
    assert all(one != other for one, other in pairwise(states))


def test_the_png_is_the_still() -> None:
    """The same picture in pixels: mostly panel, with the accent of the head line."""
    image = Image.open(BytesIO(files("pool1")["png"])).convert("RGB")
    pixels = np.asarray(image).reshape(-1, 3)
    panel = np.array([int(LIGHT.panel[i : i + 2], 16) for i in (1, 3, 5)])
    assert (np.abs(pixels.astype(int) - panel).max(axis=1) <= 2).mean() > 0.5
    webp, _ = frames(files("pool1")["webp"])
    last = np.asarray(webp.convert("RGB")).reshape(-1, 3).astype(int)
    assert np.abs(last - pixels).mean() < 2


def test_a_plot_s_own_colours_are_the_theme_s() -> None:
    """Axes that nobody coloured take the tokens, so that a new figure is right from the start."""
    from matplotlib.figure import Figure as Plot

    def plot(theme: Theme) -> Plot:
        figure = Plot(figsize=(2, 1))
        figure.subplots().plot([1, 2], label="x")
        return figure

    for theme in THEMES:
        written = plot_svg(plot, theme)
        assert theme.muted.encode() in written
        assert b"#000000" not in written
