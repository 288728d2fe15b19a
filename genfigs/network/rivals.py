"""Dense networks to compare a convolutional one with: one hidden layer, as many parameters or more."""

from math import prod

from genfigs.network.layers import Dense, Flatten, ReLU, Softmax
from genfigs.network.sequential import Sequential


def dense_rival(network: Sequential, times: int = 1) -> Sequential:
    """Return the dense network, of one hidden layer, nearest to `times` as many parameters as `network`."""
    image, classes = network.stages[0].shape, network.stages[-1].shape[0]
    per_unit = prod(image) + 1 + classes  # its weights, its bias, and one weight in every output
    units = max(round((times * network.parameters - classes) / per_unit), 1)
    return Sequential(Flatten(), Dense(units), ReLU(), Dense(classes), Softmax(), input_shape=image)
