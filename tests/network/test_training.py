"""Training learns, repeats itself byte for byte, shares its work, and stops when it diverges."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from genfigs.data import Dataset
from genfigs.errors import UserError
from genfigs.network.evaluation import evaluate
from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from genfigs.network.training import TrainingDiverged, epochs_for, train
from tests.network.stripes import dataset

ROOT = Path(__file__).parents[2]
SMALL = Sequential(Conv2D(4, 5, strides=2), ReLU(), AveragePool2D(2), Flatten(), Dense(10), Softmax())
SCRIPT = """
import json, jax
from genfigs.network import training
from genfigs.network.evaluation import evaluate
from genfigs.network.tiny_cnn import network
from tests.network.stripes import dataset
data = dataset(640)
trained = training.train(network, data, seed=3, epochs=3)
accuracy = evaluate(network, trained.params, data.test).accuracy
print(json.dumps([jax.device_count(), accuracy, trained.history.loss]))
"""
COUNT = """
import jax
from genfigs.network.training import use_all_cores
use_all_cores()
print(jax.device_count())
"""


@pytest.fixture(scope="module")
def data():
    return dataset()


@pytest.fixture(scope="module")
def trained(data):
    told = []
    training = train(network, data, seed=0, epochs=3, report=lambda *facts: told.append(facts))
    return training, told


def arrays(training):
    return {(stage, name): array for stage, of in training.params.items() for name, array in of.items()}


def test_small_collections_are_gone_through_more_often():
    assert [epochs_for(images) for images in (60_000, 8_000, 10)] == [6, 25, 30]


def test_it_learns(data, trained):
    assert evaluate(network, trained[0].params, data.test).accuracy > 0.9


def test_parameters_are_numpy_arrays_in_the_networks_shapes(trained):
    kernel = trained[0].params["conv2"]["kernel"]
    assert isinstance(kernel, np.ndarray)
    assert kernel.shape == (3, 3, 8, 16)
    assert kernel.dtype == np.float32


def test_the_history_has_one_entry_per_epoch_and_kernels_from_before_the_first(data, trained):
    history = trained[0].history
    assert len(history.loss) == len(history.accuracy) == len(history.validation_accuracy) == 3
    assert history.loss[-1] < history.loss[0]
    assert [kernels.shape for kernels in history.kernels] == [(3, 3, 1, 8)] * 4
    np.testing.assert_array_equal(history.kernels[-1], trained[0].params["conv1"]["kernel"])
    assert not np.array_equal(history.kernels[0], history.kernels[1])
    assert history.validation_accuracy[-1] == evaluate(network, trained[0].params, data.validation).accuracy


def test_it_reports_every_epoch(trained):
    training, told = trained
    assert [(epoch, epochs) for epoch, epochs, _, _ in told] == [(1, 3), (2, 3), (3, 3)]
    assert [loss for _, _, loss, _ in told] == training.history.loss


def test_one_seed_gives_the_same_bytes_and_another_seed_others(data):
    first, again, other = (arrays(train(SMALL, data, seed=seed, epochs=1)) for seed in (1, 1, 2))
    assert all(first[name].tobytes() == again[name].tobytes() for name in first)
    assert any(first[name].tobytes() != other[name].tobytes() for name in first)


def test_a_split_smaller_than_the_batch_is_one_batch():
    assert np.isfinite(train(SMALL, dataset(50), seed=0, epochs=2).history.loss).all()


def test_a_network_without_convolution_can_be_trained(data):
    dense = Sequential(Flatten(), Dense(16), ReLU(), Dense(10), Softmax())
    training = train(dense, data, seed=0, epochs=4)
    assert evaluate(dense, training.params, data.test).accuracy > 0.9
    assert training.history.kernels[0].shape == (784, 16)


def test_divergence_stops_training_and_names_epoch_and_remedy(data):
    with pytest.raises(TrainingDiverged) as caught:
        train(SMALL, data, seed=0, epochs=2, learning_rate=1e38)
    assert "in epoch 1 of 2 at learning rate 1e+38" in str(caught.value)
    assert "smaller learning rate" in str(caught.value)


@pytest.mark.parametrize(
    ("misfit", "words"),
    [
        (Sequential(Flatten(), Dense(9), Softmax()), ["10 scores", "got 9", "`Dense(10), Softmax()`"]),
        (
            Sequential(Flatten(), Dense(10), Softmax(), input_shape=(32, 32, 1)),
            ["(28, 28, 1)", "got (32, 32, 1)"],
        ),
        (Sequential(MaxPool2D(2), Conv2D(10, 3), Softmax()), ["10 scores", "got 12 × 12 × 10"]),
    ],
)
def test_a_network_that_does_not_fit_the_images_is_refused(data, misfit, words):
    with pytest.raises(UserError) as caught:
        train(misfit, data, seed=0)
    for word in words:
        assert word in str(caught.value)


def run(script, flags):
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "XLA_FLAGS": flags},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def test_any_number_of_devices_learns_the_same():
    alone, *shared = (
        run(SCRIPT, f"{os.environ['XLA_FLAGS']} --xla_force_host_platform_device_count={count}")
        for count in (1, 2, 4)
    )
    assert alone[1] > 0.9
    for devices, (count, accuracy, loss) in zip((2, 4), shared, strict=True):
        assert count == devices
        assert accuracy == pytest.approx(alone[1], abs=0.01)
        np.testing.assert_allclose(loss, alone[2], rtol=1e-2)


def test_all_cores_become_devices_unless_the_user_chose_a_number():
    assert run(COUNT, "") == os.cpu_count()
    assert run(COUNT, "--xla_force_host_platform_device_count=3") == 3


def test_the_weights_are_an_average_in_which_the_newest_count_most_at_first():
    """After one step of a rate that no Adam step exceeds, nine tenths of the way are gone."""
    data, rate = dataset(64), 1e-3
    images = data.train.take(slice(0, 32))
    single = Dataset(data.name, data.class_names, images, data.validation, data.test)
    start, end = train(SMALL, single, seed=0, epochs=1, batch_size=32, learning_rate=rate).history.kernels
    moved = np.abs(end - start)
    assert moved.max() == pytest.approx(0.9 * rate, rel=1e-3)
