"""Shift the image and the feature maps shift with it; after pooling they do so only by whole blocks.

Every stage that has rows and columns is compared: its maps of the shifted image, against its maps of the
image, shifted by the nearest number of whole cells. Only cells count whose receptive field lies inside the image
both times, so that neither the border nor the paper that comes in reaches them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

from genfigs.experiments import Study, Value
from genfigs.network.activations import preprocess
from genfigs.network.receptive_field import ReceptiveField, receptive_fields

IMAGES = 100  # of the test split: half a million values of the chapter's conv1
SHIFTS = (1, 2, 3, 4)  # pixels to the right
CONVOLUTION, POOLING = "conv1", "pool1"
ROUNDING = 1e-5  # of the largest value: the same sum in another order may differ by so little

Maps = Float[np.ndarray, "count rows _ channels"]
Images = UInt8[np.ndarray, "count height width"]


@dataclass(frozen=True)
class Comparison:
    """The maps of a stage before and after a shift of the image: the cells that count, and all in place."""

    expected: Maps
    found: Maps
    still: Maps
    moved: Maps

    @property
    def difference(self) -> Maps:
        """Return how far each value that counts is from the one that should be there."""
        gap: Maps = np.abs(self.found - self.expected)
        return gap

    @property
    def changed(self) -> float:
        """Return the share of values, from 0 to 1, that differ by more than rounding."""
        return float(np.mean(self.difference > ROUNDING * np.abs(self.still).max()))

    @property
    def distance(self) -> float:
        """Return the length of the difference, in lengths of what should be there."""
        return length(self.difference) / max(length(self.expected), 1e-12)

    @property
    def in_place(self) -> float:
        """Return how far the maps are from the unshifted ones, in lengths of those: 0 is invariance."""
        return length(self.moved - self.still) / max(length(self.still), 1e-12)


def measure(study: Study) -> dict[str, Value]:
    """Return how far the maps of a shifted image are from the shifted maps of the image.

    `conv_difference` is the largest absolute difference after the first convolution, over all shifts.
    `pool_changed` is, for every shift, the fraction of values that differ after the first pooling;
    `pool_changed_odd` and `pool_changed_even` are the largest of them. A network without `conv1` or
    `pool1` has no such values.

    Lists along `stages`: `steps`, the pixels between neighbouring cells; by shift, the fraction `changed`, the
    `distance` and the change `in_place`. Those after a shift of one pixel are also `<stage>_changed`,
    `<stage>_distance` and `<stage>_in_place`; `<stage>_step` is the step.
    """
    images = study.dataset.test.images[:IMAGES]
    fields = receptive_fields(study.network)
    still = maps(study, images)
    moved = {pixels: maps(study, shift(images, pixels)) for pixels in SHIFTS}
    compared = {
        name: {pixels: compare(still[name], moved[pixels][name], pixels, field) for pixels in SHIFTS}
        for name, field in fields.items()
        if counted(still[name], max(SHIFTS), field)
    }
    return {
        "images": len(images),
        "shifts": list(SHIFTS),
        **(convolved(compared[CONVOLUTION]) if CONVOLUTION in compared else {}),
        **(pooled(compared[POOLING]) if POOLING in compared else {}),
        **staged(fields, compared),
    }


def counted(still: Maps, pixels: int, field: ReceptiveField) -> range:
    """Return the columns, of the maps of the shifted image, that see only pixels of the image both times."""
    width, columns = 28, still.shape[2]
    inside = -(field.start // field.jump)
    first = max(-(-(pixels - field.start) // field.jump), inside + whole_cells(pixels, field.jump))
    last = (width - field.size - field.start) // field.jump
    return range(first, min(last + 1, columns))


def whole_cells(pixels: int, jump: int) -> int:
    """Return the number of cells nearest to a shift; the smaller of two that are equally near."""
    return -(-(2 * pixels - jump) // (2 * jump))


def compare(still: Maps, moved: Maps, pixels: int, field: ReceptiveField) -> Comparison:
    """Return what a stage should show after the shift, and what it shows."""
    columns = np.array(counted(still, pixels, field), int)
    shifted = still[:, :, columns - whole_cells(pixels, field.jump)]
    return Comparison(shifted, moved[:, :, columns], still, moved)


def convolved(compared: Mapping[int, Comparison]) -> dict[str, Value]:
    """Return how many values were compared after the convolution, and the largest difference."""
    gaps = [each.difference for each in compared.values()]
    return {
        "conv_values": sum(gap.size for gap in gaps),
        "conv_difference": float(max(gap.max() for gap in gaps)),
    }


def pooled(compared: Mapping[int, Comparison]) -> dict[str, Value]:
    """Return the fraction of values that differ after the pooling, by shift, and the worst of each kind."""
    changed = {pixels: each.changed for pixels, each in compared.items()}
    return {
        "pool_changed": list(changed.values()),
        "pool_changed_odd": max(fraction for pixels, fraction in changed.items() if pixels % 2),
        "pool_changed_even": max(fraction for pixels, fraction in changed.items() if not pixels % 2),
    }


def staged(
    fields: Mapping[str, ReceptiveField], compared: Mapping[str, Mapping[int, Comparison]]
) -> dict[str, Value]:
    """Return the comparison of every stage, as lists and by name."""
    values: dict[str, Value] = {
        "stages": list(compared),
        "steps": [fields[name].jump for name in compared],
        "last": list(compared)[-1],
    }
    for key in ("changed", "distance", "in_place"):
        table = {name: [getattr(each, key) for each in found.values()] for name, found in compared.items()}
        values[key] = list(table.values())
        values |= {f"{name}_{key}": row[0] for name, row in table.items()}
    return values | {f"{name}_step": fields[name].jump for name in compared}


def shift(images: Images, pixels: int) -> Images:
    """Return `images` moved to the right; paper comes in from the left."""
    moved = np.zeros_like(images)
    moved[:, :, pixels:] = images[:, :, :-pixels]
    return moved


def maps(study: Study, images: Images) -> dict[str, Maps]:
    """Return the feature maps after every stage that has rows and columns."""
    trace = study.network.trace(study.params, preprocess(images))
    return {name: np.asarray(values) for name, values in trace.items() if values.ndim == 4}


def length(numbers: Maps) -> float:
    """Return the root of the sum of squares."""
    return float(np.sqrt((numbers.astype(float) ** 2).sum()))
