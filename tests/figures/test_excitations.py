"""Which patches excite a filter: against a filter whose favourite is known, and at every border."""

import numpy as np
import pytest

from genfigs.data import Split
from genfigs.figures import excitations
from genfigs.network.activations import preprocess
from genfigs.network.layers import Conv2D, Dense, Flatten, Softmax
from genfigs.network.receptive_field import receptive_fields
from genfigs.network.sequential import Sequential
from tests.figures import exhibits


def spotted(places):
    images = np.zeros((len(places), 28, 28), np.uint8)
    for level, (image, (row, column)) in enumerate(zip(images, places, strict=True), start=1):
        image[row, column] = 20 * level
    return Split(images, np.arange(len(places), dtype=np.uint8))


@pytest.fixture
def brightest():
    """Return results of a network whose one filter answers with the middle pixel of its window."""
    network = Sequential(Conv2D(1, 3, padding="same"), Flatten(), Dense(10), Softmax())
    params = exhibits.results(network).params
    kernel = np.zeros((3, 3, 1, 1), np.float32)
    kernel[1, 1] = 1
    params["conv1"] = {"kernel": kernel, "bias": np.zeros(1, np.float32)}
    results = exhibits.results(network, params=params)
    places = [(0, 0), (27, 27), (5, 9), (10, 20), (3, 3), (8, 8), (9, 9), (12, 12), (14, 14), (20, 20)]
    return type(results)(**{**vars(results), "test": spotted(places)})


def test_the_images_are_ranked_by_their_strongest_cell(brightest):
    found = excitations.strongest(brightest, [brightest.network.stages[1]])["conv1"]
    assert found.images[:, 0].tolist() == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert found.cells[0, 0] == 20 * 28 + 20
    assert found.values[0, 0] == pytest.approx(200 / 255)


def test_a_patch_at_the_border_is_completed_with_paper(brightest):
    figure = excitations.draw(brightest, "excitations")
    for tile in figure.picture.tiles:
        ink = np.argwhere(tile.picture.values)
        assert ink.tolist() == [[1, 1]]


def test_a_filter_that_nothing_excites_is_called_silent(brightest):
    brightest.params["conv1"]["bias"] = np.full(1, -2, np.float32)
    figure = excitations.draw(brightest, "excitations")
    assert "1 silent" in [word.text for word in figure.picture.words]
    assert figure.values["excitations.silent"] == 1


def test_the_chapters_filters_see_three_and_eight_pixels():
    values = excitations.draw(exhibits.results(exhibits.NETWORKS["the chapter's"]), "excitations").values
    assert values["excitations.filters"] == 24
    assert (values["excitations.conv1.field"], values["excitations.conv2.field"]) == (3, 8)


def test_a_patch_is_all_that_the_answer_depends_on():
    results = exhibits.results(exhibits.NETWORKS["the chapter's"])
    stage = results.network.stages[4]
    found = excitations.strongest(results, [stage])["conv2"]
    field = receptive_fields(results.network)["conv2"]
    image, place = results.test.images[found.images[0, 0]], divmod(int(found.cells[0, 0]), stage.shape[1])
    alone = np.zeros_like(image)
    top, left = field.start + field.jump * place[0], field.start + field.jump * place[1]
    alone[top : top + field.size, left : left + field.size] = field.patch(image, *place)
    trace = results.network.trace(results.params, preprocess(alone[None]))
    assert float(trace["conv2"][0, *place, 0]) == pytest.approx(found.values[0, 0], abs=1e-5)
