"""Results to draw from, made in a moment: an untrained network, striped images and an invented history."""

import numpy as np

from genfigs.experiments import Study, edges
from genfigs.figures import Results
from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential
from tests.network import stripes
from tests.network.random_weights import random_weights

DIGITS = tuple("0123456789")
CLOTHES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
HEAD = (Flatten(), Dense(10), Softmax())
NETWORKS = {
    "the chapter's": Sequential(
        *(Conv2D(8, 3), ReLU(), MaxPool2D(2), Conv2D(16, 3), ReLU(), MaxPool2D(2)), *HEAD
    ),
    "5 x 5 kernels": Sequential(Conv2D(8, 5), ReLU(), MaxPool2D(2), Conv2D(16, 5), ReLU(), *HEAD),
    "4 filters": Sequential(Conv2D(4, 3), ReLU(), MaxPool2D(2), Conv2D(5, 3), ReLU(), *HEAD),
    "12 filters": Sequential(Conv2D(12, 3), ReLU(), MaxPool2D(2), Conv2D(16, 3), ReLU(), *HEAD),
    "strides": Sequential(Conv2D(8, 3, strides=2), ReLU(), Conv2D(16, 3, strides=2), ReLU(), *HEAD),
    "one convolution": Sequential(Conv2D(8, 3), ReLU(), MaxPool2D(2), *HEAD),
    "three convolutions": Sequential(
        *(Conv2D(8, 3), ReLU(), AveragePool2D(2), Conv2D(16, 3), ReLU(), Conv2D(8, 3), ReLU()), *HEAD
    ),
    "same padding": Sequential(
        *(Conv2D(8, 3, padding="same"), ReLU(), MaxPool2D(2), Conv2D(16, 3, padding="same"), ReLU()), *HEAD
    ),
}
PLAIN = Sequential(*HEAD)


def results(network, class_names=DIGITS, params=None, epochs=2, count=40):
    params = params or random_weights(network)
    data = stripes.dataset(100)
    measured = edges.measure(Study(network, params, data, quick=True, seed=0)) if "conv1" in params else {}
    return Results(
        network=network,
        params=params,
        class_names=class_names,
        samples=(),
        test=stripes.split(count, 2),
        history=history(params, epochs),
        values={f"edges.{key}": value for key, value in measured.items()},
        seed=0,
        quick=True,
    )


def history(params, epochs):
    kernel = np.asarray(next(iter(params.values()))["kernel"])
    return {
        "loss": [1.0 / (epoch + 1) for epoch in range(epochs)],
        "accuracy": [1 - 0.2 / (epoch + 1) for epoch in range(epochs)],
        "validation_accuracy": [1 - 0.1 / (epoch + 1) for epoch in range(epochs)],
        "kernels": [(kernel * (epoch + 1)).tolist() for epoch in range(epochs + 1)],
    }
