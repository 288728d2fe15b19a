"""What the head line and the text alternatives say is true of the network and of the image."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from genfigs.network.layers import AveragePool2D, Conv2D, MaxPool2D
from genfigs.network.tiny_cnn import network
from genfigs.scenes.exhibit import Exhibit
from genfigs.scenes.forward_pass import forward_pass
from genfigs.scenes.telling import tell
from genfigs.scenes.wording import clause, title
from tests.figures.material import exhibit_for
from tests.scenes.networks import NETWORKS, exhibit_of

SCENE = forward_pass(network)
STAGES = {stage.name: stage for stage in SCENE.stages}


@pytest.fixture(scope="module")
def exhibit() -> Exhibit:
    """Return one digit's numbers."""
    return exhibit_for(network)


def showing(exhibit: Exhibit, **tensors: object) -> Exhibit:
    """Return the exhibit with other numbers at some stages."""
    changed = {name: np.asarray(values, np.float32) for name, values in tensors.items()}
    return replace(exhibit, tensors={**exhibit.tensors, **changed})


def test_the_head_lines_of_the_chapter_are_those_of_the_design() -> None:
    """Spot checks of words, with the numbers of the network in them."""
    told = {name: (stage.title, stage.clause) for name, stage in STAGES.items()}
    assert told["input"] == ("The image", "one grey channel, values 0 to 1")
    assert told["conv1"] == ("Convolution", "8 learned 3 × 3 filters")
    assert told["conv2"] == ("Convolution", "16 learned 3 × 3 × 8 filters")
    assert told["pool1"] == ("Max-pool", "keep the largest of every 2 × 2")


@pytest.mark.parametrize("name", NETWORKS)
def test_head_lines_hold_the_numbers_of_the_layers(name: str) -> None:
    """Filters, kernel size, depth, stride, block size, classes: changed with the network."""
    stages = NETWORKS[name].stages
    for before, stage in pairwise(stages):
        found = [int(number) for number in re.findall(r"\d+", clause(stage))]
        match stage.layer:
            case Conv2D(filters, size, strides):
                depth = [before.shape[2]] if before.shape[2] > 1 else []
                assert found == [filters, size, size, *depth, *([strides] if strides > 1 else [])]
            case MaxPool2D(size) | AveragePool2D(size):
                assert found == [size, size]
                assert ("largest" in clause(stage)) == (title(stage) == "Max-pool")


@pytest.mark.parametrize("name", NETWORKS)
def test_every_stage_can_be_told(name: str) -> None:
    """Title and shape first, then at least one number of the image's own."""
    exhibit = exhibit_of(name)
    for stage in forward_pass(NETWORKS[name]).stages:
        words = tell(stage, exhibit)
        assert words.startswith(f"{stage.title}, {' × '.join(map(str, stage.shape))}: ")
        assert words.endswith(".")
        assert re.search(r"\d", words.partition(": ")[2])


@pytest.mark.parametrize(("label", "verdict"), [(4, "which is right"), (9, "but the image shows 9")])
def test_a_decision_is_called_right_only_when_it_is(exhibit: Exhibit, label: int, verdict: str) -> None:
    """The probability told is the winner's, and a mistake is told as one."""
    probabilities = np.full(10, 0.025)
    probabilities[4] = 0.775
    words = tell(STAGES["softmax"], replace(showing(exhibit, softmax=probabilities), label=label))
    assert f"gives 4 a probability of 77.5%, {verdict}." in words


def test_scores_are_told_in_the_order_of_their_size(exhibit: Exhibit) -> None:
    """Negative numbers with a proper minus sign."""
    words = tell(STAGES["dense"], showing(exhibit, dense=[-9, -8, -1.25, -3, -4, -5, -6, -7, -9, -9]))
    assert "2 has the largest, −1.2" in words
    assert "then 3 with −3.0" in words


def test_maps_are_told_with_their_range_and_their_negative_share(exhibit: Exhibit) -> None:
    """A quarter of the numbers is negative."""
    values = np.ones((26, 26, 8))
    values[:13, :13] = -2.5
    words = tell(STAGES["conv1"], showing(exhibit, conv1=values))
    assert "8 feature maps with values from −2.5 to 1.0; 25% of them are negative." in words


@pytest.mark.parametrize(
    ("dark", "told"), [(0, "left."), (1, "One map stayed empty."), (3, "3 maps stayed empty.")]
)
def test_maps_in_which_nothing_was_found_are_counted(exhibit: Exhibit, dark: int, told: str) -> None:
    """A map of zeros found nothing in this image."""
    values = np.ones((26, 26, 8))
    values[:, :, :dark] = 0
    words = tell(STAGES["relu1"], showing(exhibit, relu1=values))
    assert words.endswith(told)
    assert f"{(8 - dark) / 8:.0%} of the numbers are left" in words


def test_pooled_maps_the_strip_and_the_ink_are_counted(exhibit: Exhibit) -> None:
    """Numbers above zero, the largest one left, the share of inked pixels."""
    strip = np.zeros(400)
    strip[:123] = 1
    assert "123 of 400 are above zero" in tell(STAGES["flatten"], showing(exhibit, flatten=strip))
    pooled = np.zeros((5, 5, 16))
    pooled[0, 0, 0] = 3.75
    assert "16 maps of 5 × 5 cells; one number of every block is left, up to 3.8." in tell(
        STAGES["pool2"], showing(exhibit, pool2=pooled)
    )
    page = np.zeros((28, 28, 1))
    page[:7] = 0.5
    words = tell(STAGES["input"], replace(showing(exhibit, input=page), label=7))
    assert "it shows 7 in grey levels; 25% of the pixels carry ink." in words


def test_class_names_that_are_words_are_told_as_words(exhibit: Exhibit) -> None:
    """Fashion-MNIST has no digits; nothing may be called handwritten."""
    clothes = replace(exhibit, class_names=("shirt",) * 10)
    words = tell(STAGES["input"], clothes)
    assert "shirt" in words
    assert "digit" not in words
    assert "handwritten" not in words
