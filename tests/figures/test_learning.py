"""The film of a training: real snapshots, one colour scale, curves as far as the training had come."""

import re
from io import BytesIO

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from genfigs import writers
from genfigs.figures import learning
from genfigs.writers import frames as film
from tests.figures import exhibits


@pytest.fixture(scope="module")
def figure():
    return learning.draw(exhibits.results(exhibits.NETWORKS["the chapter's"], epochs=3), "learning")


def test_there_is_one_frame_per_snapshot_and_each_shows_its_kernels(figure):
    results = exhibits.results(exhibits.NETWORKS["the chapter's"], epochs=3)
    for mosaic, kernels in zip(figure.picture.mosaics, results.history["kernels"], strict=True):
        shown = np.stack([tile.picture.values for tile in mosaic.tiles], axis=-1)
        assert np.array_equal(shown, np.asarray(kernels)[:, :, 0])


def test_one_colour_scale_serves_all_kernels_of_all_epochs(figure):
    scales = {tile.picture.scale for mosaic in figure.picture.mosaics for tile in mosaic.tiles}
    largest = max(abs(tile.picture.values).max() for tile in figure.picture.mosaics[-1].tiles)
    assert scales == {largest}


def test_the_first_frame_has_no_curve_yet_and_the_last_all_of_it(figure):
    dots = [sum(len(line.points) == 1 for line in mosaic.lines) for mosaic in figure.picture.mosaics]
    assert dots == [0, 3, 6, 9]


def test_a_mean_over_an_epoch_stands_in_its_middle_and_a_test_after_it_at_its_end():
    (loss,), (training, validation) = learning.curves(exhibits.results(exhibits.NETWORKS["4 filters"]))
    assert [epoch for epoch, _ in loss.points] == [epoch for epoch, _ in training.points] == [0.5, 1.5]
    assert [epoch for epoch, _ in validation.points] == [1.0, 2.0]


def test_kernels_that_only_grow_are_alike_and_a_reversed_one_is_opposite():
    start = np.random.default_rng(0).normal(size=(3, 3, 2))
    end = start * np.array([2.0, -1.0])
    assert learning.likeness(np.stack([start, end])) == pytest.approx([1.0, -1.0])


def test_a_long_training_keeps_its_first_and_last_column():
    figure = learning.draw(exhibits.results(exhibits.NETWORKS["4 filters"], epochs=30), "learning")
    told = [word.text for word in figure.picture.still.words if re.match(r"random|epoch", word.text)]
    assert (told[0], told[-1], len(told)) == ("random", "epoch 30", learning.SNAPSHOTS)


def test_the_films_play_once_for_less_than_five_seconds_and_end_on_the_last_frame(figure):
    files = writers.render(figure)
    assert set(files) == {"light.svg", "dark.svg", "svg", "gif", "webp", "png"}
    gif = Image.open(BytesIO(files["gif"]))
    assert "loop" not in gif.info
    durations = [gif.seek(index) or gif.info["duration"] for index in range(gif.n_frames)]
    assert sum(durations) - film.HOLD <= 1000 * film.SECONDS + 10 * len(durations)


def test_the_animated_svg_fades_frames_in_and_stands_still_under_reduced_motion(figure):
    root = etree.fromstring(writers.render(figure)["svg"])
    groups = root.findall("{*}g")
    delays = [re.search(r"delay:([\d.]+)s", group.get("style")) for group in groups]
    times = [float(found[1]) for found in delays if found]
    assert len(groups) == len(times) + 1 == 4
    assert times == sorted(times)
    assert times[-1] < film.SECONDS
    assert "prefers-reduced-motion:reduce){g{animation:none!important}}" in root.findtext("{*}style")


def test_a_blend_lies_between_its_neighbours():
    black, white = np.zeros((1, 1, 3), np.uint8), np.full((1, 1, 3), 255, np.uint8)
    assert film.blend(black, white, 0.2).tolist() == [[[51, 51, 51]]]
