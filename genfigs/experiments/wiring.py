"""Why not wire every pixel to a neuron: the weights of a dense and of a convolutional first layer."""

from math import prod

from genfigs.experiments import Study, Value
from genfigs.network.layers import Conv2D, Dense, Layer, Shape

PHOTO = (200, 200, 3)  # chapter 7's colour image


def measure(study: Study) -> dict[str, Value]:
    """Return how many weights each kind of first layer has, biases not counted.

    `own_...` are of the network that was trained: its first layer as it is, and a dense one in its place.
    """
    inputs = prod(PHOTO)
    filters = Conv2D(filters=8, kernel_size=3)
    dense, convolution = weights(Dense(inputs), (inputs,)), weights(filters, PHOTO)
    image, first = study.network.stages[:2]
    own_dense = weights(Dense(prod(first.shape)), (prod(image.shape),))
    own = weights(study.network.layers[0], image.shape)
    return {
        "inputs": inputs,
        "dense_weights": dense,
        "dense_billions": dense / 1e9,
        "filters": filters.filters,
        "convolution_weights": convolution,
        "ratio": dense / convolution,
        "own_dense_weights": own_dense,
        "own_weights": own,
        "own_ratio": own_dense / own if own else 0.0,
    }


def weights(layer: Layer, input_shape: Shape) -> int:
    """Return the size of the layer's kernel; 0 if it has none."""
    return prod(layer.weight_shapes(input_shape).get("kernel", (0,)))
