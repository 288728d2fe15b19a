"""The browser's network gives Python's scores: for a thousand images, and for other networks too."""

import base64
from collections.abc import Iterator

import jax
import numpy as np
import pytest
from playwright.sync_api import Page

from genfigs.network.activations import preprocess
from genfigs.network.sequential import Params, Sequential
from genfigs.writers.exports import network_json
from tests.alternatives.networks import LISTINGS
from tests.network.random_weights import random_weights
from tests.scenes.networks import NETWORKS

pytestmark = pytest.mark.browser
COUNT = 1000
CLOSE = 1e-5
SCORES = """([data, images]) => {
    const read = network.readNetwork(data);
    const bytes = network.bytesOf(images);
    return Array.from({ length: bytes.length / 784 }, (_, index) => {
        const stages = Object.values(network.trace(read, bytes.subarray(784 * index, 784 * (index + 1))));
        return [...stages.at(-2).values];
    }); }"""


def listed(listing: str) -> Sequential:
    """Return the network that a listing defines."""
    names: dict = {}
    exec(listing, names)
    return names["network"]


EVERY = {**NETWORKS, **{name: listed(listing) for name, listing in LISTINGS.items()}}


def images_of_every_kind(count: int) -> np.ndarray:
    """Return the empty image, the full one, then noise and sparse ink in turn."""
    rng = np.random.default_rng(1)

    def draw() -> Iterator[np.ndarray]:
        yield np.zeros((28, 28), np.uint8)
        yield np.full((28, 28), 255, np.uint8)
        for index in range(count - 2):
            noise = rng.integers(0, 256, (28, 28), dtype=np.uint8)
            yield noise if index % 2 else noise * (rng.random((28, 28)) < 0.15)

    return np.stack(list(draw()))


def scores(modules: Page, network: Sequential, params: Params, images: np.ndarray) -> np.ndarray:
    data = network_json(network, params, tuple("0123456789"))
    return np.array(modules.evaluate(SCORES, [data, base64.b64encode(images.tobytes()).decode()]))


@pytest.mark.parametrize("name", EVERY)
def test_the_scores_of_any_network_equal_pythons(modules: Page, name: str) -> None:
    network, params = EVERY[name], random_weights(EVERY[name])
    images = images_of_every_kind(COUNT if name == "chapter" else 20)
    expected = np.asarray(jax.jit(network.logits)(params, preprocess(images)))
    np.testing.assert_allclose(scores(modules, network, params, images), expected, rtol=0, atol=CLOSE)
