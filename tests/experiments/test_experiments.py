"""What the prose quotes: each experiment against answers known beforehand."""

import json
import pkgutil
from importlib import import_module

import numpy as np
import pytest

from genfigs import experiments
from genfigs.data import Dataset, Split
from genfigs.experiments import Study, accuracy, equivariance, wiring
from genfigs.network.layers import Conv2D, Dense, Flatten, MaxPool2D, Softmax
from genfigs.network.receptive_field import ReceptiveField
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from tests.network import rigged
from tests.network.random_weights import random_weights
from tests.network.stripes import dataset

MODULES = [module.name for module in pkgutil.iter_modules(experiments.__path__)]
NAMES = [name for name in MODULES if not name.startswith("_")]


@pytest.fixture(scope="module")
def study():
    return Study(network, random_weights(network), dataset(100), quick=True, seed=0)


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


def test_every_stage_is_exact_when_the_shift_is_a_whole_number_of_its_cells(study):
    values = equivariance.measure(study)
    assert values["stages"] == [stage.name for stage in network.stages[:7]]
    assert values["steps"] == [1, 1, 1, 2, 2, 2, 4]
    assert values["last"] == "pool2"
    for step, changed in zip(values["steps"], values["changed"], strict=True):
        for pixels, fraction in zip(values["shifts"], changed, strict=True):
            assert (fraction == 0) == (pixels % step == 0)


def test_convolutions_without_pooling_move_along_exactly_with_any_padding(study):
    deep = Sequential(Conv2D(2, 3), Conv2D(3, 5, padding="same"), Flatten(), Dense(10), Softmax())
    values = equivariance.measure(Study(deep, random_weights(deep), study.dataset, True, 0))
    assert values["changed"] == [[0.0] * 4] * 3
    assert max(values["distance"][-1]) < 1e-6
    assert min(values["in_place"][-1]) > 0.01


def test_the_cells_that_count_see_the_image_both_times():
    field = ReceptiveField(size=10, jump=4, start=0)
    assert equivariance.counted(np.zeros((1, 5, 5, 1)), 4, field) == range(1, 5)
    assert [equivariance.whole_cells(pixels, 4) for pixels in (1, 2, 3, 4, 5, 6, 7)] == [0, 0, 1, 1, 1, 1, 2]
    bordered = ReceptiveField(size=3, jump=1, start=-1)
    assert equivariance.counted(np.zeros((1, 28, 28, 1)), 2, bordered) == range(3, 27)


def test_a_network_without_images_inside_has_no_stages_but_the_input(study):
    plain = Sequential(Flatten(), Dense(10), Softmax())
    values = equivariance.measure(Study(plain, random_weights(plain), study.dataset, True, 0))
    assert values["stages"] == ["input"]


def test_a_layer_that_does_not_share_its_weights_would_be_noticed(study):
    strided = Sequential(Conv2D(4, 3, strides=3), MaxPool2D(2), Flatten(), Dense(10), Softmax())
    values = equivariance.measure(Study(strided, random_weights(strided), study.dataset, True, 0))
    assert values["conv_difference"] > 0.1


def test_a_shift_moves_columns_to_the_right():
    image = np.uint8([[[1, 2, 3]]])
    assert equivariance.shift(image, 1).tolist() == [[[0, 1, 2]]]
