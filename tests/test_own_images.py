"""A reader's own folder of images, from its bytes to a trained network."""

from pathlib import Path

import numpy as np
import pytest

from genfigs.data import handwriting, load
from genfigs.network.evaluation import evaluate
from genfigs.network.tiny_cnn import network
from genfigs.network.training import epochs_for, train
from tests.data.idx_files import write_pair

COUNT = 8_000


@pytest.mark.slow
def test_a_folder_of_8000_digits_trains_to_975_in_1000_on_its_own_held_back_split(tmp_path: Path) -> None:
    labels = np.arange(COUNT, dtype=np.uint8) % 10
    images = handwriting.draw(labels, 5, jitter=1.0)
    dataset = load(str(write_pair(tmp_path, "train", images, labels)), seed=0)
    trained = train(network, dataset, seed=0, epochs=epochs_for(len(dataset.train)))
    assert evaluate(network, trained.params, dataset.test).accuracy >= 0.975
