"""An ensemble learns as its members would alone, and its rivals have the sizes they promise."""

import jax
import numpy as np
import optax
import pytest

from genfigs.network.cost import multiplications, total_multiplications
from genfigs.network.ensemble import accuracies, starts, train_together
from genfigs.network.evaluation import evaluate
from genfigs.network.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.rivals import dense_rival
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from genfigs.network.training import TrainingDiverged, objective
from tests.network.stripes import dataset

SMALL = Sequential(Conv2D(4, 5, strides=2), ReLU(), MaxPool2D(2), Flatten(), Dense(10), Softmax())
UPDATES = 60  # more than one chunk of 50


@pytest.fixture(scope="module")
def data():
    return dataset(640)


@pytest.fixture(scope="module")
def batches():
    return np.random.default_rng(0).integers(0, 640, (3, UPDATES, 16))


@pytest.fixture(scope="module")
def trained(data, batches):
    return train_together(SMALL, data.train, batches, seed=1)


def member(params, index):
    return jax.tree.map(lambda array: array[index], params)


def test_a_member_ends_where_it_would_have_ended_alone(data, batches, trained):
    adam = optax.adam(optax.cosine_decay_schedule(0.01, UPDATES))
    params = member(starts(SMALL, 3, 1), 2)
    moments = adam.init(params)
    step = jax.jit(lambda params, images, labels: jax.grad(objective, 1, True)(SMALL, params, images, labels))
    for batch in batches[2]:
        grads, _ = step(params, data.train.images[batch], data.train.labels[batch])
        updates, moments = adam.update(grads, moments, params)
        params = optax.apply_updates(params, updates)
    for stage, arrays in member(trained, 2).items():
        for name, array in arrays.items():
            np.testing.assert_allclose(array, params[stage][name], atol=1e-4)


def test_members_start_as_the_network_starts_with_spreads_of_its_own(trained):
    kernels = starts(SMALL, 3, 1)["dense"]["kernel"]
    assert kernels.shape == (3, 144, 10)
    assert kernels.std(axis=(1, 2)) == pytest.approx(np.sqrt(2 / 144), rel=0.1)
    assert not np.array_equal(kernels[0], kernels[1])


def test_members_differ_and_the_same_seed_gives_the_same_bytes(data, batches, trained):
    again = train_together(SMALL, data.train, batches, seed=1)
    jax.tree.map(np.testing.assert_array_equal, trained, again)
    first, second = (member(trained, index)["conv1"]["kernel"] for index in (0, 1))
    assert not np.allclose(first, second)


def test_accuracies_are_those_of_the_members_one_by_one(data, trained):
    alone = [evaluate(SMALL, member(trained, index), data.test).accuracy for index in range(3)]
    assert accuracies(SMALL, trained, data.test) == pytest.approx(alone)
    assert np.mean(alone) > 0.5


def test_divergence_is_told(data, batches):
    with pytest.raises(TrainingDiverged, match="after 60 updates at learning rate 1e"):
        train_together(SMALL, data.train, batches, seed=0, learning_rate=1e38)


def test_a_rival_has_as_many_parameters_as_whole_units_allow():
    unit = 784 + 1 + 10
    for times in (1, 20):
        rival = dense_rival(network, times)
        assert abs(rival.parameters - times * network.parameters) <= unit / 2
        assert [stage.kind for stage in rival.stages] == [
            "input",
            "flatten",
            "dense",
            "relu",
            "dense",
            "softmax",
        ]


def test_a_rival_of_a_tiny_network_still_has_a_unit():
    tiny = Sequential(Conv2D(1, 3, strides=13), Flatten(), Dense(10), Softmax())
    assert dense_rival(tiny).parameters == 784 + 1 + 20


def test_multiplications_are_counted_by_position_and_weight():
    assert multiplications(Conv2D(8, 3), (28, 28, 1)) == 26 * 26 * 8 * 9
    assert multiplications(Conv2D(8, 3, strides=2, padding="same"), (28, 28, 3)) == 14 * 14 * 8 * 27
    assert multiplications(Dense(10), (400,)) == 4000
    assert multiplications(MaxPool2D(2), (28, 28, 1)) == 0
    assert total_multiplications(network) == 26 * 26 * 8 * 9 + 11 * 11 * 16 * 72 + 4000
