"""The strips of the second layer: every weight is shown, where its filter and its sheet say."""

import numpy as np

from genfigs.figures import filters
from tests.figures import exhibits


def strips(figure, count):
    """Return the tiles of full size, one strip of `count` slices per filter."""
    tiles = [tile.picture.values for tile in figure.picture.tiles if tile.width == filters.SLICE]
    return [tiles[start : start + count] for start in range(0, len(tiles), count)]


def test_every_weight_of_the_second_layer_is_shown():
    results = exhibits.results(exhibits.NETWORKS["the chapter's"])
    kernels = results.params["conv2"]["kernel"]
    shown = strips(filters.draw(results, "filters"), 8)
    assert np.array_equal(np.stack([np.stack(strip, axis=-1) for strip in shown], axis=-1), kernels)


def test_a_network_with_one_convolution_shows_its_kernels():
    results = exhibits.results(exhibits.NETWORKS["one convolution"])
    shown = strips(filters.draw(results, "filters"), 1)
    assert np.array_equal(
        np.stack([strip[0] for strip in shown], axis=-1), results.params["conv1"]["kernel"][:, :, 0]
    )


def test_the_table_adds_up_each_slice():
    kernels = np.zeros((3, 3, 2, 1), np.float32)
    kernels[:, :, 1] = -0.5
    assert filters.table(kernels) == (("filter", "sum of slice 1", "sum of slice 2"), ("1", "0.00", "−4.50"))
