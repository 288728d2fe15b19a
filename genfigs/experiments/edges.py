"""How edge-like the first layer's kernels are: the share of each that the best edge filter explains.

The edge filters are Sobel's, steered to every angle: smoothed first derivatives, like chapter 8's. Each is a
mixture of two, the horizontal and the vertical one, so that the best angle needs no search. All sum to zero:
they ignore flat paper and flat ink. A kernel whose weights do not sum to zero reacts to them, so its mean
counts against it and is not taken out first.

Source: Freeman & Adelson, The Design and Use of Steerable Filters (1991), section II.
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from jaxtyping import Float

from genfigs.errors import UserError
from genfigs.experiments import Study, Value
from genfigs.network.layers import Conv2D
from genfigs.network.sequential import Params, Sequential

RANDOM = 100_000  # random kernels: their mean is then good to three decimals
RANDOM_SEED = 0
PERCENTILE = 95  # a kernel counts as edge-like if it beats this many in a hundred random ones

Kernels = Float[np.ndarray, "filters size size"]
Kernel = Float[np.ndarray, "size size"]


@dataclass(frozen=True)
class Match:
    """A kernel's best edge filter.

    Units: `share` is 0 to 1, of the kernel's sum of squares. `angle` is the direction in which the filter
    rises from negative to positive, in degrees counter-clockwise from the right.
    """

    share: float
    angle: float
    filter: Kernel


def measure(study: Study) -> dict[str, Value]:
    """Return each first-layer kernel's share and angle, their summary, and what random kernels reach.

    `threshold` is the share that 95 in 100 random kernels stay below; `edge_like` of the `filters` exceed it.
    """
    kernels = first_kernels(study.network, study.params)
    matches = [match(kernel) for kernel in kernels]
    shares = [found.share for found in matches]
    chance = random_shares(kernels.shape[1])
    threshold = float(np.percentile(chance, PERCENTILE))
    return {
        "filters": len(shares),
        "shares": shares,
        "angles": [found.angle for found in matches],
        "mean": float(np.mean(shares)),
        "best": max(shares),
        "least": min(shares),
        "random_mean": float(chance.mean()),
        "threshold": threshold,
        "edge_like": sum(share > threshold for share in shares),
    }


def first_kernels(network: Sequential, params: Params) -> Kernels:
    """Return the kernels of the first convolution, one per filter, summed over its input channels.

    Raises: UserError if the network has no convolution.
    """
    stage = next((stage for stage in network.stages if isinstance(stage.layer, Conv2D)), None)
    if stage is None:
        raise UserError("`edges` must look at a convolution; the network has none; add a `Conv2D`")
    return np.moveaxis(np.asarray(params[stage.name]["kernel"], float).sum(axis=2), -1, 0)


def match(kernel: Kernel) -> Match:
    """Return the best of the edge filters of all angles, of length 1; share 0 if none explains anything."""
    right, up = sobel(len(kernel))
    across, along = float((kernel * right).sum()), float((kernel * up).sum())
    energy = float((kernel**2).sum())
    share = (across**2 + along**2) / energy if energy else 0.0
    angle = np.arctan2(along, across)
    return Match(min(share, 1.0), float(np.degrees(angle)) % 360, np.cos(angle) * right + np.sin(angle) * up)


def sobel(size: int) -> tuple[Kernel, Kernel]:
    """Return the edge filters that rise to the right and upwards, of length 1; a single cell holds no edge.

    Source: Sobel & Feldman, A 3x3 Isotropic Gradient Operator (1968); larger ones by binomial smoothing.
    """
    if size == 1:
        return np.zeros((1, 1)), np.zeros((1, 1))
    smooth = reduce(np.convolve, [[1.0, 1.0]] * (size - 1), np.ones(1))
    slope = reduce(np.convolve, [[1.0, 1.0]] * (size - 2), np.array([-1.0, 1.0]))
    right = np.outer(smooth, slope)
    right /= np.sqrt((right**2).sum())
    return right, -right.T


def random_shares(size: int) -> Float[np.ndarray, " kernels"]:
    """Return the share of kernels whose weights are independent and normal: about 2 / size² on average."""
    kernels = np.random.default_rng(RANDOM_SEED).standard_normal((RANDOM, size * size))
    pair = np.stack([edge.ravel() for edge in sobel(size)], axis=1)
    shares: Float[np.ndarray, " kernels"] = ((kernels @ pair) ** 2).sum(axis=1) / (kernels**2).sum(axis=1)
    return shares
