"""The layers' mathematics against plain loops, their shapes, and what they say to a mistake."""

from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genfigs.errors import UserError
from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax


def images(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def looped_convolution(layer, weights, image):
    """Return the sum over the window, position by position; `image` is height, width, channels."""
    size, strides = layer.kernel_size, layer.strides
    height, width, filters = layer.output_shape(image.shape)
    if layer.padding == "same":
        missing = [
            max((count - 1) * strides + size - had, 0)
            for count, had in zip((height, width), image.shape, strict=False)
        ]
        image = np.pad(image, [(gap // 2, gap - gap // 2) for gap in missing] + [(0, 0)])
    maps = np.zeros((height, width, filters))
    for row, column, kernel in product(range(height), range(width), range(filters)):
        window = image[row * strides : row * strides + size, column * strides : column * strides + size]
        maps[row, column, kernel] = np.sum(window * weights["kernel"][..., kernel]) + weights["bias"][kernel]
    return maps


@settings(max_examples=25, deadline=None)
@given(
    height=st.integers(4, 8),
    width=st.integers(4, 8),
    channels=st.integers(1, 3),
    layer=st.builds(
        Conv2D,
        filters=st.integers(1, 3),
        kernel_size=st.integers(1, 4),
        strides=st.integers(1, 3),
        padding=st.sampled_from(["valid", "same"]),
    ),
)
def test_a_convolution_is_the_weighted_sum_of_every_window_plus_the_bias(height, width, channels, layer):
    image = images(height, width, channels)
    weights = {name: images(*shape, seed=1) for name, shape in layer.weight_shapes(image.shape).items()}
    expected = looped_convolution(layer, weights, image)
    assert expected.shape == layer.output_shape(image.shape)
    np.testing.assert_allclose(layer.apply(weights, jnp.asarray(image[None]))[0], expected, atol=1e-5)


@settings(max_examples=25, deadline=None)
@given(height=st.integers(4, 9), width=st.integers(4, 9), size=st.integers(1, 4))
def test_pooling_reduces_whole_blocks_and_drops_the_rest(height, width, size):
    image = images(height, width, 2)
    for layer, reduce in ((MaxPool2D(size), np.max), (AveragePool2D(size), np.mean)):
        rows, columns, channels = layer.output_shape(image.shape)
        assert (rows, columns, channels) == (height // size, width // size, 2)
        pooled = layer.apply({}, jnp.asarray(image[None]))[0]
        for row, column in product(range(rows), range(columns)):
            block = image[row * size : (row + 1) * size, column * size : (column + 1) * size]
            np.testing.assert_allclose(pooled[row, column], reduce(block, axis=(0, 1)), atol=1e-6)


def test_relu_keeps_what_is_positive():
    assert ReLU().apply({}, jnp.asarray([[-2.0, 0.0, 3.0]])).tolist() == [[0.0, 0.0, 3.0]]


def test_flatten_reads_row_column_channel():
    image = np.arange(12, dtype=np.float32).reshape(1, 2, 3, 2)
    assert Flatten().apply({}, jnp.asarray(image))[0].tolist() == list(range(12))
    assert Flatten().output_shape((2, 3, 2)) == (12,)


def test_dense_is_weighted_sums_plus_biases():
    weights = {"kernel": np.float32([[1, 10], [2, 20], [3, 30]]), "bias": np.float32([0.5, -0.5])}
    assert Dense(2).apply(weights, jnp.asarray([[1.0, 1.0, 1.0]])).tolist() == [[6.5, 59.5]]


def test_softmax_sums_to_one_and_survives_large_scores():
    probabilities = Softmax().apply({}, jnp.asarray([[1000.0, 1000.0, 0.0]]))
    np.testing.assert_allclose(probabilities, [[0.5, 0.5, 0.0]])


def test_kernels_start_with_the_variance_that_relu_needs():
    kernel = Conv2D(filters=64, kernel_size=5).init(jax.random.key(0), (28, 28, 16))["kernel"]
    assert kernel.shape == (5, 5, 16, 64)
    assert float(kernel.var()) == pytest.approx(2 / (5 * 5 * 16), rel=0.03)


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (
            lambda: Conv2D(8, 5).output_shape((4, 6, 1)),
            ["`kernel_size`", "4 × 6 × 1", "got 5", "smaller kernel"],
        ),
        (
            lambda: Conv2D(8, 3).output_shape((400,)),
            ["height × width × channels", "got 400", "before `Flatten()`"],
        ),
        (lambda: MaxPool2D(3).output_shape((2, 2, 8)), ["`pool_size`", "got 3", "smaller blocks"]),
        (lambda: AveragePool2D(2).output_shape((9,)), ["got 9", "before `Flatten()`"]),
        (lambda: Dense(10).output_shape((5, 5, 16)), ["got 5 × 5 × 16", "put `Flatten()` before it"]),
        (lambda: Conv2D(0, 3), ["`filters`", "at least 1", "got 0"]),
        (lambda: MaxPool2D(0), ["`pool_size`", "at least 1", "got 0"]),
        (lambda: Conv2D(8, 3, padding="vald"), ["`padding`", "got `vald`", "did you mean `valid`?"]),
    ],
)
def test_a_mistake_is_answered_with_what_is_wrong_and_the_remedy(mistake, words):
    with pytest.raises(UserError) as caught:
        mistake()
    for word in words:
        assert word in str(caught.value)
