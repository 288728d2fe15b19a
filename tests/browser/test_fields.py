"""What a number sees of the image is the support of its gradient, for every cell of every stage."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from playwright.sync_api import Page

from genfigs.network.layers import AveragePool2D, Conv2D, Layer, MaxPool2D
from genfigs.network.sequential import Sequential
from genfigs.writers.exports import network_json
from tests.browser.test_inference import EVERY
from tests.network.random_weights import random_weights

pytestmark = pytest.mark.browser
GAPS = Sequential(
    Conv2D(2, 2, strides=3), Conv2D(3, 3, strides=2, padding="same"), *EVERY["chapter"].layers[-3:]
)
NETWORKS = {
    "chapter": EVERY["chapter"],
    "same padding": EVERY["same padding"],
    "strided": EVERY["strided"],
    "windows that leave gaps": GAPS,
}
FIELDS = """([data, stage]) => {
    const { layers } = data;
    const { shape } = layers.find(({ name }) => name === stage);
    const count = shape.reduce((product, size) => product * size, 1);
    return Array.from({ length: count }, (_, index) => {
        const [{ rows, columns }] = cells.fieldsOf({ layers }, stage, cells.cellAt(shape, index));
        return [rows, columns];
    }); }"""


def linear(layer: Layer) -> Layer:
    """Return the layer, or one that reads the same cells and lets a gradient reach all of them."""
    return AveragePool2D(layer.pool_size) if isinstance(layer, MaxPool2D) else layer


def gradient_support(network: Sequential) -> dict[str, np.ndarray]:
    """Return, for every stage, which of the 784 pixels each of its numbers depends on: (numbers, 28, 28)."""
    averaging = Sequential(*map(linear, network.layers))
    positive = jax.tree.map(lambda weights: jnp.abs(weights) + 0.01, random_weights(averaging))
    image = jnp.full((1, 28, 28, 1), 0.01)
    pixels = jnp.eye(784).reshape(784, 1, 28, 28, 1)
    trace = jax.jit(
        jax.vmap(lambda pixel: jax.jvp(lambda x: averaging.trace(positive, x), (image,), (pixel,))[1])
    )
    return {
        name: np.abs(np.asarray(reached)).reshape(784, -1).T.reshape(-1, 28, 28) > 0
        for name, reached in trace(pixels).items()
    }


@pytest.mark.parametrize("name", NETWORKS)
def test_what_a_number_sees_is_where_its_gradient_is_not_zero(modules: Page, name: str) -> None:
    network = NETWORKS[name]
    data = network_json(network, random_weights(network), tuple("0123456789"))
    for stage, reached in gradient_support(network).items():
        fields = modules.evaluate(FIELDS, [data, stage])
        seen = np.zeros_like(reached)
        for index, (rows, columns) in enumerate(fields):
            seen[index][np.ix_(rows, columns)] = True
        assert np.array_equal(seen, reached), stage
