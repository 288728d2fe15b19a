"""The figure of moved digits: its curves, its images and its words are the measured ones."""

import numpy as np

from genfigs.experiments.placing import move
from genfigs.figures import Mosaic, off_centre
from tests.figures.material import results


def test_each_image_is_the_hero_further_from_the_centre_with_the_network_s_own_answer() -> None:
    figure = off_centre.draw(results(), "off-centre")
    assert isinstance(figure.picture, Mosaic)
    steps = results().values["placing.steps"]
    heroes = list(off_centre.moved_heroes(results(), steps))
    assert len(figure.picture.tiles) == len(steps)
    for step, tile, (picture, answer) in zip(steps, figure.picture.tiles, heroes, strict=True):
        np.testing.assert_array_equal(tile.picture.values, move(results().hero.image, step, step) / 255)
        assert tile.picture.values is not picture.values
        assert results().class_names[answer] in {word.text for word in figure.picture.words}


def test_the_table_and_the_words_quote_the_measured_accuracies() -> None:
    figure = off_centre.draw(results(), "off-centre")
    placed, centred = (results().values[f"placing.{key}"] for key in ("as_placed", "centred"))
    assert [row[1:] for row in figure.table[1:]] == [
        (f"{one:.1%}", f"{other:.1%}") for one, other in zip(placed, centred, strict=True)
    ]
    assert f"{placed[-1]:.1%}" in figure.alt
    assert f"{max(centred):.1%}" in figure.alt
