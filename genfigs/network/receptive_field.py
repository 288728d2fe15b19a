"""Which pixels of the image a cell of a feature map depends on."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from genfigs.network.layers import AveragePool2D, Conv2D, MaxPool2D
from genfigs.network.sequential import Sequential


@dataclass(frozen=True)
class ReceptiveField:
    """A square of the image, the same for every cell of a stage but for its place.

    Units: pixels. Cell (row, column) depends on the square of `size` whose first row is `start + jump * row`.
    `start` is negative when the square reaches over the border.
    """

    size: int = 1
    jump: int = 1
    start: int = 0

    def patch(
        self, image: UInt8[np.ndarray, "height width"], row: int, column: int
    ) -> UInt8[np.ndarray, "size size"]:
        """Return what the cell sees; paper stands for pixels outside the image."""
        top, left = self.start + self.jump * row, self.start + self.jump * column
        beyond = (self.size, self.size)
        padded = np.pad(image, (beyond, beyond))
        top, left = top + self.size, left + self.size
        return padded[top : top + self.size, left : left + self.size]

    def widened(self, window: int, stride: int, border: int) -> "ReceptiveField":
        """Return the field of the next stage, whose cells read `window` x `window` cells of this one."""
        return ReceptiveField(
            self.size + (window - 1) * self.jump, self.jump * stride, self.start - border * self.jump
        )


def receptive_fields(network: Sequential) -> dict[str, ReceptiveField]:
    """Return the field of every stage that has rows and columns, by name.

    Source: Araujo, Norris & Sim, Computing Receptive Fields of Convolutional Neural
    Networks (2019), section 2.
    """
    field, fields = ReceptiveField(), {}
    before = network.stages[0].shape
    for stage in network.stages:
        if len(stage.shape) != 3:
            break
        match stage.layer:
            case Conv2D() as conv:
                border = conv.border(before[0], stage.shape[0])
                field = field.widened(conv.kernel_size, conv.strides, border)
            case MaxPool2D() | AveragePool2D() as pool:
                field = field.widened(pool.pool_size, pool.pool_size, 0)
        fields[stage.name] = field
        before = stage.shape
    return fields
