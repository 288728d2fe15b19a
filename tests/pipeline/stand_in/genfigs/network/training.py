"""Stand-in: the mean brightness of each class."""

from dataclasses import dataclass, field

import numpy as np

from genfigs.data import hold

SCALE = 1.0


@dataclass(frozen=True)
class History:
    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    kernels: list[np.ndarray] = field(default_factory=list)


@dataclass(frozen=True)
class Training:
    params: dict
    history: History


def epochs_for(images):
    return 5


def use_all_cores() -> None:
    """One core is enough."""


def train(network, dataset, *, seed, epochs, batch_size, report):
    history = History(kernels=[np.zeros((1, 2))])
    for epoch in range(1, epochs + 1):
        hold("train")
        history.loss.append(1 / epoch)
        history.accuracy.append(0.9)
        history.validation_accuracy.append(0.9)
        report(epoch, epochs, 1 / epoch, 0.9)
    images, labels = dataset.train.images, dataset.train.labels
    means = np.array([images[labels == label].mean() * SCALE for label in range(10)])
    return Training({"dense": {"means": means}}, history)
