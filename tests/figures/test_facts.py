"""What single figures say is true of what they draw from."""

from dataclasses import replace

import numpy as np
import pytest

from genfigs.figures import Mosaic, Results, Sample
from genfigs.figures import confusion as confusion_figure
from genfigs.figures import kernels as kernels_figure
from genfigs.figures import samples as samples_figure
from genfigs.figures import specimen as specimen_figure
from genfigs.figures import stages as stages_figure
from genfigs.theme import LIGHT
from tests.figures.material import results


def answered(sample: Sample, label: int, answer: int) -> Sample:
    """Return the sample with another true class and another answer."""
    probabilities = np.full(10, 0.01, np.float32)
    probabilities[answer] = 0.91
    return replace(sample, label=label, probabilities=probabilities)


def with_samples(*answers: tuple[int, int]) -> Results:
    """Return results whose samples have these (true class, answer)."""
    base = results().samples[0]
    return replace(results(), samples=tuple(answered(base, *pair) for pair in answers))


def test_the_hero_is_the_first_two_or_else_the_first_sample() -> None:
    """The same image as in the scroll travels through the pictures."""
    assert with_samples((1, 1), (2, 2), (2, 3)).hero.prediction == 2
    assert with_samples((1, 1), (3, 3)).hero.label == 1


def test_the_confusion_matrix_names_its_most_frequent_mistake() -> None:
    """Only mistakes count, however large the diagonal."""
    counts = np.diag([50] * 10)
    counts[4, 9], counts[9, 4] = 3, 7
    figure = confusion_figure.draw(
        replace(results(), values={"accuracy.confusion": counts.tolist()}), "confusion"
    )
    assert "510 test images: 500 lie on the diagonal" in figure.alt
    assert "9 read as 4, 7 times" in figure.alt
    assert [row[0] for row in figure.table] == ["true class", *results().class_names]
    assert figure.table[10][5] == "7"


def test_a_matrix_without_mistakes_can_be_drawn() -> None:
    """A perfect network has no largest mistake to scale colours by."""
    counts = np.diag([5] * 10)
    assert confusion_figure.plot(counts, results().class_names, LIGHT).axes


def test_misread_samples_are_told_and_marked() -> None:
    """Two right, one wrong: the text alternative names the wrong one, and so does the picture."""
    figure = samples_figure.draw(with_samples((0, 0), (8, 3), (5, 5)), "samples")
    assert "8 is read as 3" in figure.alt
    assert "0 is read" not in figure.alt
    assert isinstance(figure.picture, Mosaic)
    assert [word.text for word in figure.picture.words if word.text.startswith("is ")] == ["is 8"]


def test_samples_that_are_all_right_are_told_so() -> None:
    """No list of mistakes is no mistakes."""
    assert "none is misread" in samples_figure.draw(with_samples((0, 0), (1, 1)), "samples").alt


def test_every_kernel_is_drawn_beside_its_map_on_common_scales() -> None:
    """One scale for all kernels and one for all maps, else sheets could not be compared."""
    picture = kernels_figure.draw(results(), "kernels").picture
    assert isinstance(picture, Mosaic)
    kernels = results().params["conv1"]["kernel"]
    maps = results().hero.activations["conv1"]
    for index in range(kernels.shape[-1]):
        kernel, feature_map = (tile.picture for tile in picture.tiles[2 * index : 2 * index + 2])
        np.testing.assert_array_equal(kernel.values, kernels[:, :, 0, index])
        np.testing.assert_array_equal(feature_map.values, maps[:, :, index])
        assert kernel.scale == np.abs(kernels).max()
        assert feature_map.scale == np.abs(maps).max()


def test_the_specimen_shows_images_of_the_class_its_row_names() -> None:
    """Row by row, the first ones of each class in the split."""
    picture = specimen_figure.draw(results(), "specimen").picture
    assert isinstance(picture, Mosaic)
    rows = sorted({tile.y for tile in picture.tiles})
    for label, y in enumerate(rows):
        shown = [tile.picture.values for tile in picture.tiles if tile.y == y]
        expected = results().test.images[results().test.labels == label][: len(shown)] / 255
        np.testing.assert_array_equal(np.stack(shown), expected)


@pytest.mark.parametrize("quick", [True, False])
def test_a_preview_samples_fewer_frames(quick: bool) -> None:
    """A preview is for prose work: it may be coarse, and is cheaper."""
    clip = stages_figure.draw(replace(results(), quick=quick), "stage-conv1").picture
    assert clip.frames == (8 if quick else 20)
    assert (clip.start, clip.still) == (1, 1.9)
