"""Stand-in: the class of the nearest brightness."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Evaluation:
    accuracy: float
    count: int
    confusion: list[list[int]]
    predictions: np.ndarray
    probabilities: np.ndarray


def evaluate(network, params, split):
    scores = -np.abs(split.images.mean(axis=(1, 2))[:, None] - params["dense"]["means"])
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    predictions = probabilities.argmax(axis=1)
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (split.labels, predictions), 1)
    accuracy = float((predictions == split.labels).mean())
    return Evaluation(accuracy, len(split.labels), confusion.tolist(), predictions, probabilities)
