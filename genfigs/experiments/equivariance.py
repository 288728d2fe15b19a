"""Shift the image and the feature maps shift with it; after pooling they do so only by whole blocks."""

import numpy as np
from jaxtyping import Float, UInt8

from genfigs.experiments import Study, Value
from genfigs.network.activations import preprocess

IMAGES = 100  # of the test split: half a million values of the chapter's conv1
SHIFTS = (1, 2, 3, 4)  # pixels to the right
CONVOLUTION, POOLING = "conv1", "pool1"

Maps = Float[np.ndarray, "count rows columns channels"]
Gap = Float[np.ndarray, "count rows overlap channels"]


def measure(study: Study) -> dict[str, Value]:
    """Return how far the maps of a shifted image are from the shifted maps of the image.

    `conv_difference` is the largest absolute difference after the first convolution, over all shifts.
    `pool_changed` is, for every shift, the fraction of values that differ after the first pooling;
    `pool_changed_odd` and `pool_changed_even` are the largest of them. Columns that new pixels reach
    do not count. A network without `conv1` or `pool1` has no such values.
    """
    images = study.dataset.test.images[:IMAGES]
    still = maps(study, images)
    moved = {pixels: maps(study, shift(images, pixels)) for pixels in SHIFTS}
    gaps = {
        name: {pixels: difference(still[name], moved[pixels][name], pixels // scale) for pixels in SHIFTS}
        for name, scale in ((CONVOLUTION, 1), (POOLING, 2))
        if name in still
    }
    return {
        "images": len(images),
        "shifts": list(SHIFTS),
        **(convolved(gaps[CONVOLUTION]) if CONVOLUTION in gaps else {}),
        **(pooled(gaps[POOLING]) if POOLING in gaps else {}),
    }


def convolved(gaps: dict[int, Maps]) -> dict[str, Value]:
    """Return how many values were compared after the convolution, and the largest difference."""
    return {
        "conv_values": sum(gap.size for gap in gaps.values()),
        "conv_difference": float(max(gap.max() for gap in gaps.values())),
    }


def pooled(gaps: dict[int, Maps]) -> dict[str, Value]:
    """Return the fraction of values that differ after the pooling, by shift, and the worst of each kind."""
    changed = {pixels: float(np.mean(gap > 0)) for pixels, gap in gaps.items()}
    return {
        "pool_changed": list(changed.values()),
        "pool_changed_odd": max(fraction for pixels, fraction in changed.items() if pixels % 2),
        "pool_changed_even": max(fraction for pixels, fraction in changed.items() if not pixels % 2),
    }


def shift(
    images: UInt8[np.ndarray, "count height width"], pixels: int
) -> UInt8[np.ndarray, "count height width"]:
    """Return `images` moved to the right; paper comes in from the left."""
    moved = np.zeros_like(images)
    moved[:, :, pixels:] = images[:, :, :-pixels]
    return moved


def maps(study: Study, images: UInt8[np.ndarray, "count height width"]) -> dict[str, Maps]:
    """Return the feature maps after the first convolution and after the first pooling."""
    trace = study.network.trace(study.params, preprocess(images))
    return {name: np.asarray(trace[name]) for name in (CONVOLUTION, POOLING) if name in trace}


def difference(still: Maps, moved: Maps, columns: int) -> Gap:
    """Return the absolute difference between `moved` and `still` shifted by `columns`, where both exist."""
    width = still.shape[2] - columns
    gap: Gap = np.abs(moved[:, :, columns:] - still[:, :, :width])
    return gap
