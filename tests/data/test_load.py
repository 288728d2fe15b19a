import subprocess
import sys

import numpy as np
import pytest
from idx_files import some_digits, write_pair

from genfigs import data
from genfigs.data import download


def test_a_folder_is_a_source(tmp_path):
    write_pair(tmp_path, "mine", *some_digits(40))
    dataset = data.load(str(tmp_path), seed=0)
    assert (dataset.name, len(dataset.train)) == (tmp_path.name, 32)
    assert dataset.class_names == tuple("0123456789")


def test_a_collection_keeps_its_name_and_classes(tmp_path, monkeypatch):
    write_pair(tmp_path, "mine", *some_digits(40))
    monkeypatch.setattr(download, "fetch", lambda _: tmp_path)
    dataset = data.load("fashion-mnist", seed=0)
    assert dataset.name == "fashion-mnist"
    assert dataset.class_names[9] == "Ankle boot"


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("mnits", "did you mean `mnist`"),
        ("fashion_mnist", "did you mean `fashion-mnist`"),
        ("letters", "known: fashion-mnist"),
    ],
)
def test_an_unknown_source_gets_the_nearest_name(source, hint):
    with pytest.raises(data.DataError, match=hint):
        data.load(source, seed=0)


def test_all_images_of_a_folder_can_be_read_for_evaluation(tmp_path):
    images, labels = some_digits(5)
    split = data.read_test_folder(write_pair(tmp_path, "t10k", images, labels, compress=True))
    np.testing.assert_array_equal(split.images, images)
    np.testing.assert_array_equal(split.labels, labels)


def test_the_fingerprint_sees_a_single_pixel_and_a_single_label(tmp_path):
    images, labels = some_digits(40)
    fingerprints = {data.load(str(write_pair(tmp_path, "mine", images, labels)), seed=0).sha256}
    images[7, 20, 20] = 1
    fingerprints.add(data.load(str(write_pair(tmp_path, "mine", images, labels)), seed=0).sha256)
    labels[7] = 9
    fingerprints.add(data.load(str(write_pair(tmp_path, "mine", images, labels)), seed=0).sha256)
    assert len(fingerprints) == 3


@pytest.mark.parametrize("slow", ["jax", "pooch"])
def test_importing_the_data_layer_is_quick(slow):
    code = f"import sys, genfigs.data; sys.exit({slow!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
