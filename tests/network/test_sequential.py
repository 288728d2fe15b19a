"""A network knows its stages: names, shapes, parameters, and every stage's output."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from genfigs.errors import UserError
from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network

CHAPTER = [
    ("input", (28, 28, 1), 0),
    ("conv1", (26, 26, 8), 80),
    ("relu1", (26, 26, 8), 0),
    ("pool1", (13, 13, 8), 0),
    ("conv2", (11, 11, 16), 1168),
    ("relu2", (11, 11, 16), 0),
    ("pool2", (5, 5, 16), 0),
    ("flatten", (400,), 0),
    ("dense", (10,), 4010),
    ("softmax", (10,), 0),
]


def test_the_chapters_network_has_the_chapters_stages():
    assert [(stage.name, stage.shape, stage.parameters) for stage in network.stages] == CHAPTER
    assert network.parameters == 5258


def test_the_trace_holds_every_stage_in_the_shape_it_promises():
    params = network.init(jax.random.key(0))
    images = jnp.asarray(np.random.default_rng(0).random((3, 28, 28, 1), np.float32))
    trace = network.trace(params, images)
    assert [(name, output.shape) for name, output in trace.items()] == [
        (stage.name, (3, *stage.shape)) for stage in network.stages
    ]
    np.testing.assert_array_equal(trace["input"], images)
    np.testing.assert_array_equal(trace["dense"], network.logits(params, images))
    np.testing.assert_array_equal(trace["softmax"], network.probabilities(params, images))
    np.testing.assert_allclose(trace["softmax"].sum(axis=1), 1, atol=1e-6)


def test_parameters_count_what_init_draws():
    params = network.init(jax.random.key(0))
    assert {name: sum(array.size for array in arrays.values()) for name, arrays in params.items()} == {
        stage.name: stage.parameters for stage in network.stages if stage.parameters
    }


def test_layers_of_the_same_shape_start_with_different_kernels():
    twins = Sequential(Conv2D(4, 1), Conv2D(4, 1), Flatten(), Dense(10), Softmax(), input_shape=(28, 28, 4))
    params = twins.init(jax.random.key(0))
    assert not np.array_equal(params["conv1"]["kernel"], params["conv2"]["kernel"])


@pytest.mark.parametrize(
    ("layers", "names"),
    [
        (
            [
                Conv2D(4, 3),
                ReLU(),
                AveragePool2D(2),
                Conv2D(4, 3),
                Conv2D(8, 3),
                ReLU(),
                Flatten(),
                Dense(10),
            ],
            "conv1 relu1 pool1 conv2 conv3 relu2 flatten dense",
        ),
        ([Conv2D(4, 5, strides=2, padding="same"), Flatten(), Dense(10)], "conv1 flatten dense"),
        ([MaxPool2D(2), Flatten(), Dense(32), ReLU(), Dense(10)], "pool1 flatten dense1 relu1 dense2"),
    ],
)
def test_stages_are_named_by_what_they_are_and_numbered_where_needed(layers, names):
    assert [stage.name for stage in Sequential(*layers, Softmax()).stages] == [
        "input",
        *names.split(),
        "softmax",
    ]


def test_equal_listings_are_equal_networks():
    listing = [Conv2D(4, 3), Flatten(), Dense(10), Softmax()]
    assert Sequential(*listing) == Sequential(*listing)
    assert hash(Sequential(*listing)) == hash(Sequential(*listing))
    assert Sequential(*listing) != Sequential(*listing, input_shape=(20, 20, 1))


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (
            [Conv2D(4, 3), MaxPool2D(9), Conv2D(4, 3), Softmax()],
            ["stage `conv2`", "Conv2D", "got 3", "2 × 2 × 4"],
        ),
        ([Conv2D(4, 3), Dense(10), Softmax()], ["stage `dense`", "26 × 26 × 4", "put `Flatten()` before it"]),
        (
            [Flatten(), MaxPool2D(2), Softmax()],
            ["stage `pool1`", "MaxPool2D", "got 784", "before `Flatten()`"],
        ),
        ([Flatten(), Dense(10)], ["must end with `Softmax()`", "got `Dense(units=10)`", "add `Softmax()`"]),
        ([], ["must end with `Softmax()`", "no layers"]),
    ],
)
def test_a_network_that_does_not_fit_together_names_the_stage_and_the_remedy(layers, words):
    with pytest.raises(UserError) as caught:
        Sequential(*layers)
    for word in words:
        assert word in str(caught.value)
