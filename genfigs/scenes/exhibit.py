"""The numbers a scene shows: one image's activations, addressed the way actors name them.

The browser's twin of this module is `docs/assets/js/exhibit.js`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from genfigs.scenes import Scene, SceneStage

PROBES = 3  # pixels of the raw image that show their value: the brightest of each third


@dataclass(frozen=True)
class Picture:
    """One sheet's cells, the colour map they are shown in and the value at the map's end."""

    values: Float[np.ndarray, "rows columns"]
    colour_map: str
    scale: float


@dataclass(frozen=True)
class Vote:
    """One weighted line from a cell of the strip to a class.

    Units: `strength` is -1 to 1, of the strongest line.
    """

    cell: int
    unit: int
    strength: float


@dataclass(frozen=True)
class Exhibit:
    """Every stage's tensor for one image, the kernels, the names of the classes and the true one."""

    tensors: Mapping[str, np.ndarray]
    kernels: Mapping[str, np.ndarray]
    class_names: tuple[str, ...]
    label: int

    def scale(self, stage: str) -> float:
        """Return the value at the end of the stage's colour map: the largest magnitude in its tensor."""
        return float(np.abs(self.tensors[stage]).max())

    def picture(self, scene: Scene, image: str, block: int = 0) -> Picture:
        """Return what the image `stage/channel` shows; of a vector, `stage/run` is the run-th equal part.

        With a `block` size only the largest cell of every block is left.
        """
        name, index = image.split("/")
        stage = stage_named(scene, name)
        tensor = self.tensors[name]
        if tensor.ndim == 3:
            values = tensor[:, :, int(index)]
        else:
            runs = sum(actor.name.startswith(f"{name}/") for actor in scene.actors)
            values = tensor.reshape(runs, 1, -1)[int(index)]
        if block:
            values = winners(values, block)
        scale = 1.0 if stage.colour_map == "ink" else self.scale(name)
        return Picture(values, stage.colour_map, scale)

    def probes(self, image: str) -> list[tuple[int, int, float]]:
        """Return (row, column, value) of the brightest cell in each third of a stage's first channel."""
        values = self.tensors[image.split("/")[0]][:, :, 0]
        rows, columns = values.shape
        found = []
        for third in range(PROBES):
            start, stop = rows * third // PROBES, rows * (third + 1) // PROBES
            cell = int(values[start:stop].argmax())
            row, column = start + cell // columns, cell % columns
            found.append((row, column, float(values[row, column])))
        return found

    def votes(self, layer: str, count: int) -> list[Vote]:
        """Return the `count` strongest products of weight and activation, weakest first."""
        names = list(self.tensors)
        inputs = self.tensors[names[names.index(layer) - 1]]
        products = self.kernels[layer] * inputs[:, None]
        order = np.argsort(np.abs(products), axis=None, kind="stable")[-count:]
        strongest = float(np.abs(products).max()) or 1.0
        units = products.shape[1]
        return [Vote(int(i) // units, int(i) % units, float(products.flat[i]) / strongest) for i in order]


def winners(values: Float[np.ndarray, "rows columns"], size: int) -> Float[np.ndarray, "rows columns"]:
    """Return `values` with zeros wherever a cell is not the largest of its `size` x `size` block."""
    rows, columns = (length // size for length in values.shape)
    whole = values[: rows * size, : columns * size]
    largest = whole.reshape(rows, size, columns, size).max(axis=(1, 3))
    kept = np.zeros_like(values)
    spread = np.repeat(np.repeat(largest, size, axis=0), size, axis=1)
    kept[: rows * size, : columns * size] = np.where(whole == spread, whole, 0)
    return kept


def stage_named(scene: Scene, name: str) -> SceneStage:
    """Return the scene's stage of that name."""
    return next(stage for stage in scene.stages if stage.name == name)
