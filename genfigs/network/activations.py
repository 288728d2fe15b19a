"""One image in, every stage's tensor out."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Float32, UInt8

from genfigs.network.sequential import Params, Sequential

WHITE = 255.0  # the largest value of an 8-bit pixel


def preprocess(
    images: UInt8[Array | np.ndarray, "batch height width"],
) -> Float[Array, "batch height width channels=1"]:
    """Return `images` as the network reads them: from 0 (paper) to 1 (full ink), with a channel axis."""
    return jnp.asarray(images, jnp.float32)[..., None] / WHITE


def activations(
    network: Sequential, params: Params, image: UInt8[np.ndarray, "height width"]
) -> dict[str, Float32[np.ndarray, "..."]]:
    """Return every stage's output for one image, in the network's order and without the batch axis."""
    trace = _trace(network, params, image[None])
    return {stage.name: np.asarray(trace[stage.name][0], np.float32) for stage in network.stages}


@partial(jax.jit, static_argnums=0)
def _trace(
    network: Sequential, params: Params, images: UInt8[Array, "batch height width"]
) -> dict[str, Float[Array, "batch ..."]]:
    return network.trace(params, preprocess(images))
