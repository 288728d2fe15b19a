"""The bill for a first layer as the image grows: dense against convolutional, by formula.

The dense layer has one neuron per input, as in section 2 of the chapter; the convolution is the network's own
first one, or eight kernels of 3 x 3 if it has none.
"""

from math import prod

from genfigs.experiments import Study, Value
from genfigs.network.cost import multiplications
from genfigs.network.layers import Conv2D, Dense, Shape
from genfigs.network.sequential import Sequential

IMAGES = ((28, 28, 1), (64, 64, 3), (128, 128, 3), (200, 200, 3), (500, 500, 3), (1_000, 1_000, 3))
CONVOLUTION = Conv2D(filters=8, kernel_size=3)


def measure(study: Study) -> dict[str, Value]:
    """Return parameters and multiplications of both first layers, for each of `images`.

    `smallest` and `largest` stand for the first and the last image: `largest_dense_parameters`, and so on.
    `..._ratio` is dense over convolutional.
    """
    convolution = first_convolution(study.network)
    bills = [bill(convolution, image) for image in IMAGES]
    values: dict[str, Value] = {
        "images": [list(image) for image in IMAGES],
        "filters": convolution.filters,
        "kernel_size": convolution.kernel_size,
    }
    for key in bills[0]:
        values |= {key: [each[key] for each in bills]}
        values |= {f"smallest_{key}": bills[0][key], f"largest_{key}": bills[-1][key]}
    return values


def first_convolution(network: Sequential) -> Conv2D:
    """Return the network's first convolution, or the chapter's if it has none."""
    return next((layer for layer in network.layers if isinstance(layer, Conv2D)), CONVOLUTION)


def bill(convolution: Conv2D, image: Shape) -> dict[str, int | float]:
    """Return what each kind of first layer has and does for an image of this shape."""
    inputs = (prod(image),)
    dense = Dense(*inputs)
    counts = {
        "dense_parameters": dense.parameters(inputs),
        "convolution_parameters": convolution.parameters(image),
        "dense_multiplications": multiplications(dense, inputs),
        "convolution_multiplications": multiplications(convolution, image),
    }
    return {
        **counts,
        "parameters_ratio": counts["dense_parameters"] / counts["convolution_parameters"],
        "multiplications_ratio": counts["dense_multiplications"] / counts["convolution_multiplications"],
    }
