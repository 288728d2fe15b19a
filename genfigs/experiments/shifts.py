"""Where the digit is: accuracy on test images moved off-centre, after training on centred or on moved ones.

Accuracies are means over the four directions: right, left, up, down. The image keeps its size: ink that is
moved over the border is cut off and paper comes in behind, so part of the loss at large shifts is lost ink.
`ink_lost` says how much is.
"""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float, Int, UInt8

from genfigs.data import Split
from genfigs.experiments import Study, Value
from genfigs.experiments._contest import (
    Scores,
    answer_all,
    contenders,
    curve,
    facts,
    point,
    train_all,
    usual_lessons,
)
from genfigs.network.sequential import Params, Sequential

DISTANCES, QUICK_DISTANCES = tuple(range(9)), (0, 4, 8)  # pixels
DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0))  # rows down, columns right
TESTED, QUICK_TESTED = 2_000, 500  # test images: each is answered at 33 places
FAR = 4  # pixels: most digits are still whole

Images = UInt8[np.ndarray, "count height width"]


def measure(study: Study) -> dict[str, Value]:
    """Return mean accuracies and spreads by distance, for the network and its dense rivals.

    `<name>` is after training on the images as they are, `<name>_trained` after training on images moved at
    random, in one of the directions and by up to the largest distance. `..._still`, `..._far` and
    `..._farthest` are single means: not moved, moved by `far` pixels, moved by `farthest`.
    """
    networks = contenders(study.network)
    distances = list(QUICK_DISTANCES if study.quick else DISTANCES)
    tested = study.dataset.test.take(slice(0, QUICK_TESTED if study.quick else TESTED))
    batches = usual_lessons(study)
    centred = study.dataset.train
    moved = Split(scatter(centred.images, max(distances), study.seed), centred.labels)
    values: dict[str, Value] = {
        "distances": distances,
        "far": FAR,
        "farthest": distances[-1],
        "images": len(tested),
        **ink(tested.images, distances),
        **facts(study, networks),
    }
    for suffix, split in (("", centred), ("_trained", moved)):
        trained = train_all(study, networks, split, batches)
        scores = [at_distance(networks, trained, tested, distance) for distance in distances]
        for name in networks:
            series = [found[name] for found in scores]
            values |= curve(f"{name}{suffix}", series)
            for key, distance in (("still", 0), ("far", FAR), ("farthest", distances[-1])):
                values |= point(f"{name}{suffix}_{key}", series[distances.index(distance)])
    return values


def at_distance(
    networks: Mapping[str, Sequential], trained: Mapping[str, Params], tested: Split, distance: int
) -> dict[str, Scores]:
    """Return each network's accuracies, averaged over the directions."""
    places = [(rows * distance, columns * distance) for rows, columns in DIRECTIONS][: 4 if distance else 1]
    found = [
        answer_all(networks, trained, Split(move(tested.images, *place), tested.labels)) for place in places
    ]
    return {name: np.mean([scores[name] for scores in found], axis=0) for name in networks}


def move(images: Images, rows: int, columns: int) -> Images:
    """Return the images moved down and to the right; paper comes in, and what crosses the border is lost."""
    height, width = images.shape[1:]
    moved = np.zeros_like(images)
    (to_rows, from_rows), (to_columns, from_columns) = overlap(height, rows), overlap(width, columns)
    moved[:, to_rows, to_columns] = images[:, from_rows, from_columns]
    return moved


def overlap(size: int, shift: int) -> tuple[slice, slice]:
    """Return where the part that stays inside comes to lie, and where it lay."""
    start, stop = max(shift, 0), size + min(shift, 0)
    return slice(start, stop), slice(start - shift, stop - shift)


def scatter(images: Images, farthest: int, seed: int) -> Images:
    """Return the images, each moved in a random direction by a random distance of up to `farthest` pixels."""
    draw = np.random.default_rng(seed)
    directions = np.array(DIRECTIONS)[draw.integers(len(DIRECTIONS), size=len(images))]
    places: Int[np.ndarray, "count 2"] = directions * draw.integers(farthest + 1, size=(len(images), 1))
    scattered = np.empty_like(images)
    for rows, columns in np.unique(places, axis=0):
        there = (places == (rows, columns)).all(axis=1)
        scattered[there] = move(images[there], int(rows), int(columns))
    return scattered


def ink(images: Images, distances: list[int]) -> dict[str, Value]:
    """Return, for every distance, how much ink is cut off, and how many images lose any, both from 0 to 1."""
    lost, cut = zip(*(cuts(images, distance) for distance in distances), strict=True)
    at = distances.index(FAR)
    return {
        "ink_lost": list(lost),
        "ink_lost_far": lost[at],
        "ink_lost_farthest": lost[-1],
        "cut": list(cut),
        "cut_far": cut[at],
        "cut_farthest": cut[-1],
    }


def cuts(images: Images, distance: int) -> tuple[float, float]:
    """Return the share of ink lost and the share of images that lose any, over the four directions."""
    before: Float[np.ndarray, " count"] = images.sum(axis=(1, 2), dtype=float)
    places = [(rows * distance, columns * distance) for rows, columns in DIRECTIONS]
    left = np.stack([move(images, *place).sum(axis=(1, 2), dtype=float) for place in places])
    return float(1 - left.sum() / max(4 * before.sum(), 1)), float((left < before[None]).mean())
