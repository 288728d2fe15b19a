"""The layers of a convolutional network: shapes, parameters and mathematics, in Keras's conventions.

Images are (batch, height, width, channels) and kernels (rows, columns, in, out); an image is flattened row by
row, column by column, channel by channel.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from genfigs.errors import UserError, nearest

Shape = tuple[int, ...]
Weights = dict[str, Float[Array | np.ndarray, "..."]]  # one layer's arrays: "kernel" and "bias"
Images = Float[Array, "batch height width channels"]
Maps = Float[Array, "batch rows columns filters"]
Vectors = Float[Array, "batch features"]
Scores = Float[Array, "batch units"]

PADDINGS = ("valid", "same")
EXACT = (
    "highest"  # accelerators would otherwise round the factors of a product to fewer bits than float32 has
)


def describe(shape: Shape) -> str:
    """Return `28 × 28 × 1` for (28, 28, 1)."""
    return " × ".join(str(size) for size in shape)


@dataclass(frozen=True)
class Layer:
    """What every layer can say of itself."""

    kind: ClassVar[str]  # as in the manifest
    stem: ClassVar[str]  # of the stage's name

    def __post_init__(self) -> None:
        """Raise UserError if a size is smaller than 1."""
        for name, value in vars(self).items():
            if isinstance(value, int) and value < 1:
                raise UserError(
                    f"`{name}` of `{self}` must be at least 1; got {value}; give a positive whole number"
                )

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of one output, without the batch axis.

        Raises: UserError if the layer cannot read `input_shape`.
        """
        return input_shape

    def weight_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """Return the shape of each array that training adjusts."""
        return {}

    def parameters(self, input_shape: Shape) -> int:
        """Return how many numbers training adjusts."""
        return sum(prod(shape) for shape in self.weight_shapes(input_shape).values())

    def init(self, key: Array, input_shape: Shape) -> Weights:
        """Return random kernels, scaled for layers followed by a ReLU, and zero biases.

        Source: He et al., Delving Deep into Rectifiers (2015), section 2.2.
        """
        draw = {"kernel": jax.nn.initializers.he_normal(), "bias": jax.nn.initializers.zeros}
        return {name: draw[name](key, shape) for name, shape in self.weight_shapes(input_shape).items()}

    def apply(self, weights: Weights, x: Float[Array, "batch ..."]) -> Float[Array, "batch ..."]:
        """Return the layer's output for every input of a batch."""
        raise NotImplementedError


@dataclass(frozen=True)
class Conv2D(Layer):
    """A bank of square kernels that slide across the image; each contributes one channel."""

    filters: int
    kernel_size: int
    strides: int = 1
    padding: str = "valid"  # or "same": zeros around the border, so that stride 1 keeps height and width
    kind: ClassVar[str] = "conv2d"
    stem: ClassVar[str] = "conv"

    def __post_init__(self) -> None:
        """Raise UserError for sizes smaller than 1 and an unknown padding."""
        super().__post_init__()
        if self.padding not in PADDINGS:
            hint = nearest(self.padding, PADDINGS)
            raise UserError(f"`padding` must be `valid` or `same`; got `{self.padding}`{hint}")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (height, width, filters)."""
        height, width, _ = _image(input_shape)
        if self.padding == "valid" and self.kernel_size > min(height, width):
            raise UserError(
                f"`kernel_size` must be at most the height and width of its input, {describe(input_shape)}; "
                f"got {self.kernel_size}; take a smaller kernel, pool less before it, or pad it with `same`"
            )
        border = self.kernel_size - 1 if self.padding == "valid" else 0
        return (*(-(-(size - border) // self.strides) for size in (height, width)), self.filters)

    def weight_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """Return one kernel per pair of input channel and filter, one bias per filter."""
        size = self.kernel_size
        return {"kernel": (size, size, input_shape[-1], self.filters), "bias": (self.filters,)}

    def border(self, size: int, positions: int) -> int:
        """Return how many zeros precede `size` rows or columns; as many, or one more, follow."""
        return max((positions - 1) * self.strides + self.kernel_size - size, 0) // 2

    def apply(self, weights: Weights, x: Images) -> Maps:
        """Return, at every position, the weighted sum of the window over all channels, plus the bias."""
        maps = jax.lax.conv_general_dilated(
            x,
            jnp.asarray(weights["kernel"]),
            window_strides=(self.strides, self.strides),
            padding=self.padding.upper(),
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
            precision=EXACT,
        )
        return maps + jnp.asarray(weights["bias"]).reshape(1, 1, 1, -1)


@dataclass(frozen=True)
class ReLU(Layer):
    """Negative numbers become zero."""

    kind: ClassVar[str] = "relu"
    stem: ClassVar[str] = "relu"

    def apply(self, weights: Weights, x: Float[Array, "batch ..."]) -> Float[Array, "batch ..."]:
        """Return the larger of each number and zero."""
        return jax.nn.relu(x)


@dataclass(frozen=True)
class _Pool2D(Layer):
    """Each block becomes one number; incomplete rows and columns at the end are dropped."""

    pool_size: int
    stem: ClassVar[str] = "pool"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (height, width, channels), height and width divided by `pool_size` and rounded down."""
        height, width, channels = _image(input_shape)
        if self.pool_size > min(height, width):
            raise UserError(
                f"`pool_size` must be at most the height and width of its input, {describe(input_shape)}; "
                f"got {self.pool_size}; take smaller blocks or leave the layer out"
            )
        return height // self.pool_size, width // self.pool_size, channels

    def blocks(self, x: Images) -> Float[Array, "batch rows block_rows columns block_columns channels"]:
        """Return `x` cut into blocks."""
        rows, columns, channels = self.output_shape(x.shape[1:])
        size = self.pool_size
        whole = x[:, : rows * size, : columns * size]
        return whole.reshape(-1, rows, size, columns, size, channels)


@dataclass(frozen=True)
class MaxPool2D(_Pool2D):
    """Each block keeps its largest value."""

    kind: ClassVar[str] = "max_pool2d"

    def apply(self, weights: Weights, x: Images) -> Maps:
        """Return the largest value of every block."""
        return self.blocks(x).max(axis=(2, 4))


@dataclass(frozen=True)
class AveragePool2D(_Pool2D):
    """Each block keeps its mean."""

    kind: ClassVar[str] = "average_pool2d"

    def apply(self, weights: Weights, x: Images) -> Maps:
        """Return the mean of every block."""
        return self.blocks(x).mean(axis=(2, 4))


@dataclass(frozen=True)
class Flatten(Layer):
    """The same numbers in one line: row by row, column by column, channel by channel."""

    kind: ClassVar[str] = "flatten"
    stem: ClassVar[str] = "flatten"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return how many numbers there are."""
        return (prod(input_shape),)

    def apply(self, weights: Weights, x: Float[Array, "batch ..."]) -> Vectors:
        """Return every image as one vector."""
        return x.reshape(len(x), -1)


@dataclass(frozen=True)
class Dense(Layer):
    """Every number votes for every unit."""

    units: int
    kind: ClassVar[str] = "dense"
    stem: ClassVar[str] = "dense"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the number of units."""
        if len(input_shape) != 1:
            raise UserError(
                f"`Dense` must read a line of numbers; got {describe(input_shape)}; put `Flatten()` before it"
            )
        return (self.units,)

    def weight_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """Return one weight per pair of input and unit, one bias per unit."""
        return {"kernel": (*input_shape, self.units), "bias": (self.units,)}

    def apply(self, weights: Weights, x: Vectors) -> Scores:
        """Return the weighted sums plus the biases."""
        return jnp.matmul(x, jnp.asarray(weights["kernel"]), precision=EXACT) + weights["bias"][None]


@dataclass(frozen=True)
class Softmax(Layer):
    """Scores become probabilities that sum to 1."""

    kind: ClassVar[str] = "softmax"
    stem: ClassVar[str] = "softmax"

    def apply(self, weights: Weights, x: Vectors) -> Vectors:
        """Return the exponential of every score, divided by their sum."""
        return jax.nn.softmax(x)


def _image(shape: Shape) -> Shape:
    """Return `shape` if it is (height, width, channels). Raises: UserError otherwise."""
    if len(shape) != 3:
        raise UserError(
            f"the layer must receive an image of height × width × channels; got {describe(shape)}; "
            "put it before `Flatten()`"
        )
    return shape
