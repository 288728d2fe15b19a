"""The arrangement that training uses computes the scores and gradients of the layers' own mathematics."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genfigs.network import fast
from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from tests.network.random_weights import random_weights

HEAD = (Flatten(), Dense(10), Softmax())
RANDOM = np.random.default_rng(0).random((6, 28, 28, 1), np.float32)

NETWORKS = {
    "the chapter's": network,
    "third convolution": Sequential(*network.layers[:6], Conv2D(8, 3), ReLU(), *HEAD),
    "one convolution": Sequential(Conv2D(6, 5), ReLU(), MaxPool2D(2), *HEAD),
    "same padding, odd kernel": Sequential(Conv2D(4, 5, padding="same"), ReLU(), MaxPool2D(3), *HEAD),
    "same padding, even kernel": Sequential(Conv2D(4, 4, padding="same"), MaxPool2D(2), ReLU(), *HEAD),
    "strides": Sequential(Conv2D(4, 3, strides=2), ReLU(), Conv2D(5, 3, strides=3, padding="same"), *HEAD),
    "strides and pooling": Sequential(Conv2D(4, 3, strides=2), ReLU(), MaxPool2D(2), *HEAD),
    "average pooling": Sequential(Conv2D(4, 3), ReLU(), AveragePool2D(2), *HEAD),
    "pooling larger than the kernel": Sequential(Conv2D(4, 3), ReLU(), MaxPool2D(4), *HEAD),
    "pooling twice": Sequential(Conv2D(4, 3), MaxPool2D(2), MaxPool2D(2), ReLU(), *HEAD),
    "pooling first": Sequential(MaxPool2D(2), Conv2D(4, 3), ReLU(), *HEAD),
    "no convolution": Sequential(Flatten(), Dense(32), ReLU(), Dense(10), Softmax()),
}


def scores_and_gradients(scores, network, params, images):
    """Return the scores, and the gradients of a loss that weighs every score differently."""
    weights = np.random.default_rng(2).normal(size=(len(images), 10)).astype(np.float32)

    def loss(params):
        logits = scores(network, params, images)
        return (logits * weights).sum(), logits

    gradients, logits = jax.jit(jax.grad(loss, has_aux=True))(params)
    return [logits, *jax.tree.leaves(gradients)]


def assert_equal_scores_and_gradients(network, images):
    params = random_weights(network, 1)
    plain = scores_and_gradients(Sequential.logits, network, params, images)
    quick = scores_and_gradients(fast.logits, network, params, images)
    for expected, got in zip(plain, quick, strict=True):
        largest = float(np.abs(expected).max())
        assert np.isfinite(largest)
        assert largest > 0
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * largest)


@pytest.mark.parametrize("name", NETWORKS)
def test_scores_and_gradients_are_those_of_the_plain_layers(name):
    assert_equal_scores_and_gradients(NETWORKS[name], jnp.asarray(RANDOM))


def test_equal_values_in_a_block_share_no_more_than_one_gradient():
    blank = np.zeros((2, 28, 28, 1), np.float32)
    blank[:, 10:18, 13:15] = 1  # a stroke on paper: most blocks see four equal windows
    assert_equal_scores_and_gradients(network, jnp.asarray(blank))


@settings(max_examples=5, deadline=None)
@given(
    size=st.integers(7, 12),
    layer=st.builds(
        Conv2D,
        filters=st.integers(1, 3),
        kernel_size=st.integers(1, 4),
        strides=st.integers(1, 2),
        padding=st.sampled_from(["valid", "same"]),
    ),
    pooling=st.integers(1, 2),
)
def test_any_convolution_and_pooling_agree_with_the_plain_layers(size, layer, pooling):
    small = Sequential(layer, ReLU(), MaxPool2D(pooling), *HEAD, input_shape=(size, size + 1, 1))
    assert_equal_scores_and_gradients(small, jnp.asarray(RANDOM[:2, :size, : size + 1]))


def test_every_convolution_of_the_chapter_is_computed_with_its_pooling():
    assert [(name, pooling.pool_size) for name, _, pooling in fast.steps(network)] == [
        ("conv1", 2),
        ("relu1", 1),
        ("conv2", 2),
        ("relu2", 1),
        ("flatten", 1),
        ("dense", 1),
    ]
