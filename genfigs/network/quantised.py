"""Weights in 8 bits: every kernel as whole numbers from -127 to 127 and one scale per unit or filter."""

import numpy as np
from jaxtyping import Float, Float32, Int8

from genfigs.network.sequential import Params

LARGEST = 127

Levels = Int8[np.ndarray, "*shape units"]
Scales = Float32[np.ndarray, " units"]


def quantise(kernel: Float[np.ndarray, "*shape units"]) -> tuple[Levels, Scales]:
    """Return the nearest levels and the scales; a weight moves by half a scale at most."""
    largest = np.abs(kernel).reshape(-1, kernel.shape[-1]).max(axis=0)
    whole = largest > LARGEST * np.finfo(np.float32).tiny  # below that a scale would lose its own digits
    scales = (np.where(whole, largest, 1) / LARGEST).astype(np.float32)
    return np.rint(kernel / scales).astype(np.int8), scales


def rounded(params: Params) -> Params:
    """Return the parameters as they come back from 8 bits; biases keep all of theirs."""
    return {
        stage: {
            name: product(*quantise(np.asarray(array))) if name == "kernel" else np.asarray(array)
            for name, array in arrays.items()
        }
        for stage, arrays in params.items()
    }


def product(levels: Levels, scales: Scales) -> Float32[np.ndarray, "*shape units"]:
    """Return the weights that levels and scales stand for."""
    weights: Float32[np.ndarray, "*shape units"] = levels.astype(np.float32) * scales
    return weights
