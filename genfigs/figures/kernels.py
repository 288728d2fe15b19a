"""The first layer's kernels, each beside the feature map it makes of the travelling image."""

import numpy as np

from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.network.layers import Conv2D
from genfigs.scenes.exhibit import Picture

COLUMNS = 4
KERNEL, MAP, GAP, TITLE = 60, 104, 16, 26


def draw(results: Results, name: str) -> Figure:
    """Return kernels and maps in rows of four, all kernels on one colour scale and all maps on another."""
    stage = next(stage for stage in results.network.stages if isinstance(stage.layer, Conv2D))
    kernels = np.asarray(results.params[stage.name]["kernel"])[:, :, 0]
    maps = results.hero.activations[stage.name]
    scales = float(np.abs(kernels).max()), float(np.abs(maps).max())
    tiles, words = [], []
    for index in range(kernels.shape[-1]):
        row, column = divmod(index, COLUMNS)
        x = GAP + column * (KERNEL + MAP + 2 * GAP)
        y = GAP + row * (MAP + TITLE + GAP) + TITLE
        kernel = Picture(kernels[:, :, index], "signed", scales[0])
        feature_map = Picture(maps[:, :, index], "signed", scales[1])
        tiles += [Tile(kernel, x, y, KERNEL, KERNEL), Tile(feature_map, x + KERNEL + 8, y, MAP, MAP)]
        words.append(Word(f"filter {index + 1}", x, y - 8, role="muted", size=14, anchor="start"))
    rows = -(-kernels.shape[-1] // COLUMNS)
    width, height = GAP + COLUMNS * (KERNEL + MAP + 2 * GAP), 2 * GAP + rows * (MAP + TITLE + GAP) + 22
    scale = (
        f"blue: negative · paper: 0 · red: positive · kernels to ±{scales[0]:.2g}, maps to ±{scales[1]:.2g}"
    )
    words.append(Word(scale, GAP, height - 14, role="muted", size=14, anchor="start"))
    return Figure(
        alt=f"The {kernels.shape[-1]} learned {kernels.shape[0]} × {kernels.shape[1]} kernels of "
        f"{stage.name} as coloured squares, weights from {kernels.min():.2f} to {kernels.max():.2f}, "
        "each beside its feature map.",
        width=width,
        height=height,
        picture=Mosaic(width, height, tuple(tiles), tuple(words)),
    )
