"""What a network costs to run: how many numbers are multiplied by a weight for one image."""

from math import prod

from genfigs.network.layers import Conv2D, Dense, Layer, Shape
from genfigs.network.sequential import Sequential


def multiplications(layer: Layer, input_shape: Shape) -> int:
    """Return how often the layer multiplies by a weight: for each output, once per weight it sums over."""
    outputs = prod(layer.output_shape(input_shape))
    match layer:
        case Conv2D():
            return outputs * layer.kernel_size**2 * input_shape[-1]
        case Dense():
            return outputs * prod(input_shape)
        case _:
            return 0


def total_multiplications(network: Sequential) -> int:
    """Return the multiplications of all layers."""
    stages = network.stages[1:]
    return sum(multiplications(stage.layer, network.shape_before(stage)) for stage in stages if stage.layer)
