"""Weights for networks that a test does not train."""

import numpy as np

from genfigs.network.sequential import Params, Sequential


def random_weights(network: Sequential, seed: int = 0) -> Params:
    """Return kernels of the sizes that keep numbers from growing, and small biases; zeros would hide mistakes."""
    rng, drawn = np.random.default_rng(seed), {}
    for stage in network.stages:
        shapes = stage.layer.weight_shapes(network.shape_before(stage)) if stage.layer else {}
        spread = {
            name: np.sqrt(2 / np.prod(shape[:-1])) if shape[1:] else 0.1 for name, shape in shapes.items()
        }
        arrays = {name: rng.normal(0, spread[name], shape) for name, shape in shapes.items()}
        if arrays:
            drawn[stage.name] = {name: array.astype(np.float32) for name, array in arrays.items()}
    return drawn
