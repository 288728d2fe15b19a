"""What the prose quotes: each experiment against answers known beforehand."""

import json
import pkgutil
from importlib import import_module

import jax
import numpy as np
import pytest

from genfigs import experiments
from genfigs.data import Dataset, Split
from genfigs.experiments import Study, accuracy, equivariance, wiring
from genfigs.network.layers import Conv2D, Dense, Flatten, MaxPool2D, Softmax
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from tests.network import rigged
from tests.network.stripes import dataset

NAMES = [module.name for module in pkgutil.iter_modules(experiments.__path__)]


@pytest.fixture(scope="module")
def study():
    return Study(network, network.init(jax.random.key(0)), dataset(100), quick=True, seed=0)


@pytest.mark.parametrize("name", NAMES)
def test_every_experiment_returns_flat_json_values(name, study):
    values = import_module(f"genfigs.experiments.{name}").measure(study)
    assert values
    assert json.loads(json.dumps(values, allow_nan=False)) == values
    assert all(isinstance(value, (int, float, str, list)) for value in values.values())


def test_accuracy_counts_mistakes_and_names_the_most_frequent():
    split = Split(rigged.images([3, 3, 8, 8, 8, 5]), np.uint8([3, 3, 8, 3, 3, 0]))
    data = Dataset("rigged", tuple("0123456789"), split, split, split)
    values = accuracy.measure(Study(rigged.network, rigged.params, data, quick=True, seed=0))
    assert values["test"] == pytest.approx(0.5)
    assert (values["count"], values["mistakes"]) == (6, 3)
    assert (values["most_confused"], values["most_confused_count"]) == ("3 taken for 8", 2)


def test_wiring_every_pixel_takes_fourteen_billion_weights(study):
    values = wiring.measure(study)
    assert values["inputs"] == 120_000
    assert values["dense_weights"] == 14_400_000_000
    assert values["dense_billions"] == 14.4
    assert values["convolution_weights"] == 216
    assert values["ratio"] == pytest.approx(66_666_667, abs=1)


def test_wiring_compares_the_trained_networks_own_first_layer(study):
    values = wiring.measure(study)
    assert values["own_weights"] == 72
    assert values["own_dense_weights"] == 784 * 5408


def test_feature_maps_shift_with_the_image_and_pooled_maps_by_whole_blocks(study):
    values = equivariance.measure(study)
    assert values["conv_difference"] == 0.0
    assert values["conv_values"] == 100 * 26 * (25 + 24 + 23 + 22) * 8
    assert values["pool_changed_even"] == 0.0
    assert values["pool_changed_odd"] > 0.1
    assert len(values["pool_changed"]) == len(values["shifts"])


def test_a_layer_that_does_not_share_its_weights_would_be_noticed(study):
    strided = Sequential(Conv2D(4, 3, strides=3), MaxPool2D(2), Flatten(), Dense(10), Softmax())
    values = equivariance.measure(Study(strided, strided.init(jax.random.key(0)), study.dataset, True, 0))
    assert values["conv_difference"] > 0.1


def test_a_shift_moves_columns_to_the_right():
    image = np.uint8([[[1, 2, 3]]])
    assert equivariance.shift(image, 1).tolist() == [[[0, 1, 2]]]
