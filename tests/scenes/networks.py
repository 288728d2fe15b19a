"""Networks the scene must be able to show: the chapter's, and what a reader may change it into."""

from functools import cache

import numpy as np

from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from genfigs.scenes.exhibit import Exhibit
from tests.figures.material import exhibit_for

HEAD = (Flatten(), Dense(10), Softmax())

NETWORKS = {
    "chapter": network,
    "5x5 kernels": Sequential(Conv2D(8, 5), ReLU(), MaxPool2D(2), Conv2D(16, 5), ReLU(), MaxPool2D(2), *HEAD),
    "4 and 12 filters": Sequential(
        Conv2D(4, 3), ReLU(), MaxPool2D(2), Conv2D(12, 3), ReLU(), MaxPool2D(2), *HEAD
    ),
    "third convolution": Sequential(
        Conv2D(8, 3), ReLU(), MaxPool2D(2), Conv2D(16, 3), ReLU(), MaxPool2D(2), Conv2D(24, 3), ReLU(), *HEAD
    ),
    "average pooling": Sequential(Conv2D(8, 3), ReLU(), AveragePool2D(2), Conv2D(16, 3), ReLU(), *HEAD),
    "strided": Sequential(Conv2D(8, 3, strides=2), ReLU(), Conv2D(16, 3, strides=2), ReLU(), *HEAD),
    "one convolution": Sequential(Conv2D(8, 3), ReLU(), MaxPool2D(2), *HEAD),
    "same padding": Sequential(
        Conv2D(8, 3, padding="same"), ReLU(), MaxPool2D(2), Conv2D(8, 4, strides=2, padding="same"), *HEAD
    ),
    "pooling by 3": Sequential(Conv2D(6, 3), MaxPool2D(3), ReLU(), *HEAD),
    "no convolution": Sequential(MaxPool2D(3), *HEAD),
}


@cache
def exhibit_of(name: str) -> Exhibit:
    """Return numbers to show: the chapter's own, for other networks random ones of the same sizes."""
    if name == "chapter":
        return exhibit_for(network)
    rng, tensors = np.random.default_rng(0), {}
    for stage in NETWORKS[name].stages:
        values = rng.normal(size=stage.shape).astype(np.float32)
        last = next(reversed(tensors.values()), values)
        match stage.layer:
            case Conv2D() | Dense():
                tensors[stage.name] = values
            case MaxPool2D() | AveragePool2D():
                tensors[stage.name] = last[: stage.shape[0], : stage.shape[1]]
            case Flatten():
                tensors[stage.name] = last.ravel()
            case _:
                tensors[stage.name] = np.abs(values)
    return Exhibit(tensors, {"dense": rng.normal(size=(last.size, 10))}, tuple("0123456789"), 0)
