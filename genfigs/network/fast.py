"""The scores of `Sequential.logits` and their gradients, arranged for a processor's caches and vector units.

Three changes, none of which alters a value beyond rounding:

- The batch is the last axis, (channels, rows, columns, batch), so that every operation runs along it.
- Pooling takes the largest value before bias and ReLU, which then meet a quarter of the numbers; neither
  changes which value is the largest.
- A convolution and its pooling are one matrix product: all positions that pooling merges are computed
  together, from the window that they see together, by a matrix that holds the kernel once per position.
  Positions that pooling drops are never computed.

Only training uses it, and only on a processor: accelerators have faster convolutions of their own.
"""

from collections.abc import Iterator
from itertools import product

import jax
import jax.numpy as jnp
from jax.lax import optimization_barrier
from jaxtyping import Array, Float, Int

from genfigs.network.layers import (
    EXACT,
    Conv2D,
    Dense,
    Flatten,
    Images,
    Layer,
    MaxPool2D,
    ReLU,
    Vectors,
    Weights,
)
from genfigs.network.sequential import Params, Sequential

BatchLast = Float[Array, "*_ batch"]
Maps = Float[Array, "channels height width batch"]
Matrix = Float[Array, "_ _"]
Positions = Float[Array, "positions channels height width batch"]
Step = tuple[str, Layer, MaxPool2D]  # the stage's name, its layer, and the pooling done with it

NO_POOLING = MaxPool2D(1)


def logits(network: Sequential, params: Params, images: Images) -> Vectors:
    """Return the scores that the network's last layer turns into probabilities."""
    x: BatchLast = optimization_barrier(images.transpose(3, 1, 2, 0))
    for name, layer, pooling in steps(network):
        x = _apply(layer, pooling, params.get(name, {}), x)
    return x.T


def steps(network: Sequential) -> Iterator[Step]:
    """Yield the layers before the softmax, every convolution together with the pooling that follows it.

    Pooling in blocks as large as the kernel stays on its own: the matrix would be mostly zeros.
    """
    stages = [(stage.name, stage.layer) for stage in network.stages[1:-1] if stage.layer]
    while stages:
        name, layer = stages.pop(0)
        pooling = NO_POOLING
        match layer, [layer for _, layer in stages[:2]]:
            case (Conv2D(), [MaxPool2D() as after, *_]) if after.pool_size < layer.kernel_size:
                _, pooling = stages.pop(0), after
            case (Conv2D(), [ReLU(), MaxPool2D() as after]) if after.pool_size < layer.kernel_size:
                _, pooling = stages.pop(1), after
        yield name, layer, pooling


def _apply(layer: Layer, pooling: MaxPool2D, weights: Weights, x: BatchLast) -> BatchLast:
    """Return the layer's output, batch last."""
    match layer:
        case Conv2D():
            return _convolve(layer, pooling, weights, x)
        case ReLU():
            return layer.apply(weights, x)
        case Flatten():
            return x.transpose(1, 2, 0, 3).reshape(-1, x.shape[-1])
        case Dense():
            return _product(weights["kernel"].T, x) + weights["bias"][:, None]
        case _:
            return layer.apply(weights, x.transpose(3, 1, 2, 0)).transpose(3, 1, 2, 0)


def _convolve(
    layer: Conv2D, pooling: MaxPool2D, weights: Weights, x: Maps
) -> Float[Array, "filters rows columns batch"]:
    """Return the largest weighted sum of every block of positions, plus the bias."""
    channels, *size, batch = x.shape
    positions = layer.output_shape((*size, channels))
    rows, columns, filters = pooling.output_shape(positions)
    matrix, reach, stride = unroll(jnp.asarray(weights["kernel"]), layer.strides, pooling.pool_size)
    borders = [layer.border(before, after) for before, after in zip(size, positions[:2], strict=True)]
    tiles = _tile(x, borders, (rows + reach - 1, columns + reach - 1), stride)
    shifts = product(range(reach), repeat=2)
    windows = jnp.concatenate([tiles[:, i : i + rows, j : j + columns] for i, j in shifts])
    sums = _product(matrix, windows.reshape(len(windows), -1))
    largest = _largest(sums.reshape(-1, filters, rows, columns, batch))
    return largest + weights["bias"].reshape(-1, 1, 1, 1)


def unroll(
    kernel: Float[Array, "size size channels filters"], strides: int, positions: int
) -> tuple[Matrix, int, int]:
    """Return the matrix that computes `positions` x `positions` neighbours from the window they share.

    Its rows are position and filter; its columns are tile, and row, column and channel in the tile. The other
    two numbers are how many tiles high and wide the window is, and how many pixels a tile.
    """
    size, _, channels, filters = kernel.shape
    stride = strides * positions
    reach = -(-(size + stride - strides) // stride)
    places = [(i * strides, reach * stride - size - i * strides, 0) for i in range(positions)]
    whole = (0, 0, 0)
    copies = [jax.lax.pad(kernel, 0.0, (*place, whole, whole)) for place in product(places, repeat=2)]
    split = jnp.stack(copies).reshape(-1, reach, stride, reach, stride, channels, filters)
    return split.transpose(0, 6, 1, 3, 2, 4, 5).reshape(positions**2 * filters, -1), reach, stride


def _tile(
    x: Maps, borders: list[int], tiles: tuple[int, int], size: int
) -> Float[Array, "numbers rows columns batch"]:
    """Return `x` cut into tiles, one channel per number in a tile; zeros fill what lies outside `x`."""
    channels, height, width, batch = x.shape
    (top, left), (rows, columns) = borders, tiles
    around = (top, rows * size - height - top, 0), (left, columns * size - width - left, 0)
    padded = jax.lax.pad(x, 0.0, ((0, 0, 0), *around, (0, 0, 0)))
    split = padded.reshape(channels, rows, size, columns, size, batch)
    return split.transpose(2, 4, 0, 1, 3, 5).reshape(-1, rows, columns, batch)


@jax.custom_vjp
def _product(matrix: Matrix, x: Matrix) -> Matrix:
    """Return the matrix product; XLA multiplies by a transpose faster once that is written out."""
    return jnp.matmul(matrix, x, precision=EXACT)


def _product_forward(matrix: Matrix, x: Matrix) -> tuple[Matrix, tuple[Matrix, Matrix]]:
    return _product(matrix, x), (matrix, x)


def _product_backward(factors: tuple[Matrix, Matrix], slope: Matrix) -> tuple[Matrix, Matrix]:
    matrix, x = factors
    return jnp.matmul(slope, x.T, precision=EXACT), _product(optimization_barrier(matrix.T), slope)


_product.defvjp(_product_forward, _product_backward)


@jax.custom_vjp
def _largest(positions: Positions) -> Maps:
    """Return the largest value over positions; the gradient goes to the first of equals."""
    return positions.max(axis=0)


def _largest_forward(positions: Positions) -> tuple[Maps, tuple[Int[Array, "..."], int]]:
    return _largest(positions), (positions.argmax(axis=0), len(positions))


def _largest_backward(winner: tuple[Int[Array, "..."], int], slope: Maps) -> tuple[Positions]:
    place, count = winner
    every = jnp.arange(count, dtype=place.dtype).reshape(-1, 1, 1, 1, 1)
    return (jnp.where(place[None] == every, optimization_barrier(slope)[None], 0),)


_largest.defvjp(_largest_forward, _largest_backward)
