"""Which images the reader gets to see, and in which words errors reach the author."""

import numpy as np
import pytest

from genfigs.data import Split
from genfigs.network.evaluation import Evaluation
from genfigs.pipeline.explain import LINES, explain
from genfigs.pipeline.storage import to_npz
from genfigs.pipeline.work.samples import HARD, choose


@pytest.fixture
def tested() -> tuple[Split, Evaluation]:
    """Return 200 images of which every twentieth is taken for the next class, by a small margin."""
    random = np.random.default_rng(1)
    labels = (np.arange(200) % 10).astype(np.uint8)
    images = random.integers(0, 255, (200, 28, 28)).astype(np.uint8)
    probabilities = np.full((200, 10), 0.01, np.float32)
    probabilities[np.arange(200), labels] = 0.9 + random.uniform(0, 0.05, 200)
    for index in range(0, 200, 20):
        probabilities[index, (labels[index] + 1) % 10] = 0.96 + index / 10000
    return Split(images, labels), Evaluation(0.95, 200, [], probabilities.argmax(axis=1), probabilities)


def test_there_is_one_recognised_image_of_each_class_then_the_closest_calls(
    tested: tuple[Split, Evaluation],
) -> None:
    split, evaluation = tested
    chosen = choose(split, evaluation)
    typical, hard = chosen[:10], chosen[10:]
    assert [int(split.labels[index]) for index in typical] == list(range(10))
    assert all(evaluation.predictions[index] == split.labels[index] for index in typical)
    assert len(hard) == HARD
    assert [bool(evaluation.predictions[index] == split.labels[index]) for index in hard] == [
        False,
        False,
        True,
        True,
    ]
    assert len(set(chosen)) == len(chosen)


def test_a_network_that_is_always_right_still_gives_close_calls(tested: tuple[Split, Evaluation]) -> None:
    split, _ = tested
    right = np.eye(10, dtype=np.float32)[split.labels]
    chosen = choose(split, Evaluation(1.0, 200, [], split.labels.astype(int), right))
    assert len(set(chosen)) == 10 + HARD


def test_equal_arrays_give_equal_bytes_in_any_order() -> None:
    one, two = np.arange(3), np.ones((2, 2))
    assert to_npz({"one": one, "two": two}) == to_npz({"two": two, "one": one})
    assert to_npz({"one": one}) != to_npz({"one": two})


@pytest.mark.parametrize("text", ["", "short", "long\n" * 50, "x" * 5000])
def test_an_explanation_is_never_longer_than_ten_lines(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    explained = explain(ValueError(text), tmp_path_factory.getbasetemp())
    assert explained.startswith("ValueError")
    assert len(explained.splitlines()) <= LINES
