"""Accuracy, confusion and predictions of answers known beforehand."""

import numpy as np
import pytest

from genfigs.data import Split
from genfigs.network.evaluation import evaluate, predict
from tests.network import rigged

ANSWERS = [0, 1, 1, 7, 7, 9]
LABELS = np.uint8([0, 1, 1, 7, 1, 4])


@pytest.fixture
def result():
    return evaluate(rigged.network, rigged.params, Split(rigged.images(ANSWERS), LABELS))


def test_accuracy_counts_the_right_answers(result):
    assert result.count == 6
    assert result.accuracy == pytest.approx(4 / 6)
    assert result.predictions.tolist() == ANSWERS


def test_confusion_has_true_classes_in_rows_and_answers_in_columns(result):
    assert result.confusion[1] == [0, 2, 0, 0, 0, 0, 0, 1, 0, 0]
    assert result.confusion[4][9] == 1
    assert sum(map(sum, result.confusion)) == 6


def test_each_class_has_its_own_accuracy(result):
    assert result.per_class[:2] == [1.0, pytest.approx(2 / 3)]
    assert result.per_class[4] == 0.0
    assert result.per_class[5] == 0.0  # no image of it


def test_many_images_are_answered_in_order():
    answers = np.random.default_rng(0).integers(0, 10, 2345)
    probabilities = predict(rigged.network, rigged.params, rigged.images(answers))
    np.testing.assert_array_equal(probabilities.argmax(axis=1), answers)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-6)
