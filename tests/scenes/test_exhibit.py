"""The numbers a scene shows are the network's."""

from dataclasses import replace

import numpy as np
import pytest

from genfigs.network.tiny_cnn import network
from genfigs.scenes import Scene
from genfigs.scenes.exhibit import PROBES, Exhibit, stage_named
from genfigs.scenes.forward_pass import forward_pass
from tests.figures.material import exhibit_for


@pytest.fixture(scope="module")
def exhibit() -> Exhibit:
    """Return one digit's numbers."""
    return exhibit_for(network)


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Return the chapter's scene."""
    return forward_pass(network)


def test_a_sheet_shows_its_channel_on_its_stage_s_scale(exhibit: Exhibit, scene: Scene) -> None:
    """All sheets of a stage share one scale, so that a faint map looks faint."""
    for stage in network.stages:
        if len(stage.shape) == 3:
            for channel in range(stage.shape[2]):
                picture = exhibit.picture(scene, f"{stage.name}/{channel}")
                np.testing.assert_array_equal(picture.values, exhibit.tensors[stage.name][:, :, channel])
                assert picture.colour_map == stage_named(scene, stage.name).colour_map
                largest = np.abs(exhibit.tensors[stage.name]).max()
                assert picture.scale == (1.0 if stage.name == "input" else largest)


def test_probes_stand_on_the_brightest_pixel_of_each_third(exhibit: Exhibit) -> None:
    """Each value is the pixel's own, and no pixel of the third is brighter."""
    image = exhibit.tensors["input"][:, :, 0]
    probes = exhibit.probes("input/0")
    assert len(probes) == PROBES
    thirds = np.split(image, [28 // 3, 2 * 28 // 3])
    for (row, column, value), third in zip(probes, thirds, strict=True):
        assert value == image[row, column] == third.max()
    assert [np.searchsorted([9, 18], row, side="right") for row, _, _ in probes] == [0, 1, 2]


def test_all_votes_of_a_class_and_its_bias_add_up_to_its_score(exhibit: Exhibit) -> None:
    """Lines are products of weight and activation, only rescaled."""
    kernel, inputs = exhibit.kernels["dense"], exhibit.tensors["flatten"]
    strongest = np.abs(kernel * inputs[:, None]).max()
    sums = np.zeros(10)
    for vote in exhibit.votes("dense", kernel.size):
        sums[vote.unit] += vote.strength * strongest
    np.testing.assert_allclose(sums, inputs @ kernel, rtol=1e-4, atol=1e-5)


def test_only_the_strongest_votes_are_drawn_the_strongest_last(exhibit: Exhibit) -> None:
    """The last one drawn lies on top."""
    products = exhibit.kernels["dense"] * exhibit.tensors["flatten"][:, None]
    votes = exhibit.votes("dense", 25)
    strengths = [abs(vote.strength) for vote in votes]
    assert strengths == sorted(strengths)
    assert strengths[-1] == 1.0
    expected = np.sort(np.abs(products), axis=None)[-25:] / np.abs(products).max()
    np.testing.assert_allclose(strengths, expected, rtol=1e-6)
    for vote in votes:
        assert np.sign(vote.strength) == np.sign(products[vote.cell, vote.unit])


def test_a_blank_strip_casts_votes_of_no_strength(exhibit: Exhibit) -> None:
    """Nothing found is no division by zero."""
    blank = replace(exhibit, tensors={**exhibit.tensors, "flatten": np.zeros(400, np.float32)})
    assert {vote.strength for vote in blank.votes("dense", 12)} == {0.0}
