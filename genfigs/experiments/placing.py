"""Move test images off the centre: how often the network is still right, as they lie and centred again."""

import numpy as np
from jaxtyping import UInt8

from genfigs.data import centring
from genfigs.experiments import Study, Value
from genfigs.network.evaluation import predict

IMAGES, QUICK = 1000, 100  # of the test split
STEPS = (0, 1, 2, 3, 4, 5, 6)  # pixels
TOLD = 4  # pixels of the step that the prose quotes: a seventh of the image's side
DIRECTIONS = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))

Image = UInt8[np.ndarray, "28 28"]
Images = UInt8[np.ndarray, "count 28 28"]


def measure(study: Study) -> dict[str, Value]:
    """Return accuracies from 0 to 1 by how far the images were moved, every image in one of eight directions.

    `as_placed` is of the moved images, `centred` of the same after the page's centring. No ink leaves the
    image: what has no room to move further stops at the border.
    """
    count = QUICK if study.quick else IMAGES
    images, labels = study.dataset.test.images[:count], study.dataset.test.labels[:count]
    as_placed: list[float] = []
    centred: list[float] = []
    for pixels in STEPS:
        moved = np.stack([move(image, *away(index, pixels)) for index, image in enumerate(images)])
        again = np.stack([centring.centred(image) for image in moved])
        for accuracies, shown in ((as_placed, moved), (centred, again)):
            answers = predict(study.network, study.params, shown).argmax(axis=1)
            accuracies.append(float(np.mean(answers == labels)))
    told = STEPS.index(TOLD)
    return {
        "images": len(images),
        "steps": list(STEPS),
        "as_placed": as_placed,
        "centred": centred,
        "told": TOLD,
        "told_at_start": as_placed[0],
        "told_as_placed": as_placed[told],
        "told_centred": centred[told],
    }


def away(index: int, pixels: int) -> tuple[int, int]:
    """Return the rows and columns to move an image by; neighbours in the split go in different directions."""
    down, right = DIRECTIONS[index % len(DIRECTIONS)]
    return down * pixels, right * pixels


def move(image: Image, down: int, right: int) -> Image:
    """Return the image with its ink moved as far as there is room for it."""
    steps = tuple(
        int(np.clip(step, -used[0], len(image) - 1 - used[-1])) if used.size else 0
        for step, used in zip(
            (down, right), (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0)), strict=True
        )
    )
    moved: Image = np.roll(image, steps, axis=(0, 1))
    return moved
