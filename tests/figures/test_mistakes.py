"""The most confident mistakes, from a network whose answers are dictated."""

import numpy as np

from genfigs.data import Split
from genfigs.figures import Results, mistakes
from tests.figures.exhibits import CLOTHES
from tests.network import rigged


def told(answers, labels, ink):
    images = rigged.images(answers)
    images[images > 0] = ink
    params = {"dense": {**rigged.params["dense"], "kernel": 5 * rigged.params["dense"]["kernel"]}}
    test = Split(images, np.uint8(labels))
    return Results(rigged.network, params, CLOTHES, (), test, {}, {}, seed=0, quick=True)


def test_mistakes_come_in_the_order_of_their_confidence():
    results = told(answers=[3, 1, 2, 4], labels=[5, 1, 7, 0], ink=[100, 255, 255, 200])
    figure = mistakes.draw(results, "mistakes")
    assert [row[:2] for row in figure.table[1:]] == [
        ("Sneaker", "Pullover"),
        ("T-shirt/top", "Coat"),
        ("Sandal", "Dress"),
    ]
    assert figure.values["mistakes.shown"] == 3
    assert "Sneaker is read as Pullover" in figure.alt


def test_only_mistakes_above_the_mark_count_as_sure():
    results = told(answers=[3, 2], labels=[5, 7], ink=[100, 255])
    e = np.exp(5.0)
    figure = mistakes.draw(results, "mistakes")
    assert np.isclose(figure.values["mistakes.surest"], e / (e + 9))
    assert figure.values["mistakes.sure"] == 1


def test_a_flawless_network_has_a_figure_that_says_so():
    figure = mistakes.draw(told(answers=[3, 2], labels=[3, 2], ink=[255, 255]), "mistakes")
    assert figure.alt == "None of 2 test images is misread."
    assert not figure.picture.tiles
    assert [word.text for word in figure.picture.words] == ["No test image is misread."]


def test_no_more_than_a_dozen_are_shown_and_all_are_counted():
    count = 20
    figure = mistakes.draw(told([1] * count, [2] * count, [255] * count), "mistakes")
    assert len(figure.picture.tiles) == mistakes.SHOWN
    assert figure.values["mistakes.sure"] == count
