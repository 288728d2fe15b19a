"""How often a trained network is right, and what it confuses."""

from dataclasses import dataclass
from functools import partial

import jax
import numpy as np
from jaxtyping import Array, Float, Float32, Int, UInt8

from genfigs.data import Split
from genfigs.network.activations import preprocess
from genfigs.network.sequential import Params, Sequential

CHUNK = 1000  # images at a time: 22 MB of feature maps in the chapter's network


@dataclass(frozen=True)
class Evaluation:
    """The network's answers for every image of a split, and how they compare with the labels."""

    accuracy: float  # from 0 to 1
    count: int
    confusion: list[list[int]]  # images of the row's class that were taken for the column's
    predictions: Int[np.ndarray, " count"]
    probabilities: Float32[np.ndarray, "count classes"]

    @property
    def per_class(self) -> list[float]:
        """Return each class's accuracy; 0 for a class without images."""
        return [row[true] / max(sum(row), 1) for true, row in enumerate(self.confusion)]


def evaluate(network: Sequential, params: Params, split: Split) -> Evaluation:
    """Return how `network` answers on `split`."""
    probabilities = predict(network, params, split.images)
    predictions = probabilities.argmax(axis=1)
    confusion = np.zeros((probabilities.shape[1],) * 2, int)
    np.add.at(confusion, (split.labels, predictions), 1)
    return Evaluation(
        accuracy=float(np.mean(predictions == split.labels)),
        count=len(split.labels),
        confusion=confusion.tolist(),
        predictions=predictions,
        probabilities=probabilities,
    )


def predict(
    network: Sequential, params: Params, images: UInt8[np.ndarray, "count height width"]
) -> Float32[np.ndarray, "count classes"]:
    """Return the probability of every class for every image."""
    chunks = [images[start : start + CHUNK] for start in range(0, len(images), CHUNK)]
    return np.concatenate([np.asarray(_probabilities(network, params, chunk)) for chunk in chunks])


@partial(jax.jit, static_argnums=0)
def _probabilities(
    network: Sequential, params: Params, images: UInt8[Array, "batch height width"]
) -> Float[Array, "batch classes"]:
    return network.probabilities(params, preprocess(images))
