"""Which pixels a cell sees: exactly those that its gradient reaches."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, Softmax
from genfigs.network.receptive_field import ReceptiveField, receptive_fields
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network as chapter
from tests.network.random_weights import random_weights

HEAD = (Flatten(), Dense(10), Softmax())
NETWORKS = {
    "valid": Sequential(Conv2D(1, 3), AveragePool2D(2), Conv2D(1, 3), AveragePool2D(2), *HEAD),
    "same": Sequential(
        *(Conv2D(1, 5, padding="same"), AveragePool2D(2), Conv2D(1, 3, padding="same")), *HEAD
    ),
    "strides": Sequential(Conv2D(1, 3, strides=2, padding="same"), Conv2D(1, 4, strides=2), *HEAD),
}


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_the_field_is_the_support_of_the_gradient_for_every_cell(network):
    positive = jax.tree.map(jnp.ones_like, random_weights(network))
    for name, field in receptive_fields(network).items():
        gradient = jax.jit(
            jax.jacobian(lambda image, name=name: network.trace(positive, image)[name][0, :, :, 0])
        )
        reached = np.asarray(gradient(jnp.ones((1, 28, 28, 1))))[:, :, 0, :, :, 0] > 0
        for row, column in np.ndindex(reached.shape[:2]):
            seen = np.zeros((28, 28), bool)
            top, left = field.start + field.jump * row, field.start + field.jump * column
            seen[max(top, 0) : top + field.size, max(left, 0) : left + field.size] = True
            assert np.array_equal(reached[row, column], seen), (name, row, column)


def test_the_chapters_fields_grow_from_one_pixel_to_ten():
    fields = {name: (field.size, field.jump) for name, field in receptive_fields(chapter).items()}
    assert fields["input"] == (1, 1)
    assert fields["conv1"] == fields["relu1"] == (3, 1)
    assert fields["pool1"] == (4, 2)
    assert fields["conv2"] == (8, 2)
    assert fields["pool2"] == (10, 4)
    assert "flatten" not in fields


def test_a_patch_over_the_border_is_completed_with_paper():
    image = np.full((4, 4), 9, np.uint8)
    corner = ReceptiveField(size=3, jump=1, start=-1).patch(image, 0, 3)
    assert corner.tolist() == [[0, 0, 0], [9, 9, 0], [9, 9, 0]]
