"""How much data each network needs: its accuracy on the test images after learning from few or many."""

from collections.abc import Sequence
from math import ceil

from genfigs.experiments import Study, Value
from genfigs.experiments._contest import (
    BATCH,
    Scores,
    answer_all,
    contenders,
    curve,
    facts,
    lessons,
    point,
    seeds,
    train_all,
)
from genfigs.network.ensemble import CHUNK

SIZES = (100, 200, 500, 1_000, 3_000, 10_000, 30_000)
QUICK_SIZES = (100, 1_000)
LEAST_UPDATES, PASSES = 150, 2  # few images are seen often, many images twice
FEW = 1_000  # the size that the prose speaks of


def measure(study: Study) -> dict[str, Value]:
    """Return mean accuracy and spread by number of training images, for the network and its dense rivals.

    `<name>` and `<name>_spread` are lists along `sizes`; `<name>_least`, `_few` and `_most` are single means
    after the fewest, `few` and the `most` images. `<name>_needs` is the smallest of the sizes that
    suffices to reach what the convolutional network has after `few` images, in words.
    """
    networks = contenders(study.network)
    tried = sizes(study)
    scores: dict[str, list[Scores]] = {name: [] for name in networks}
    for size in tried:
        trained = train_all(
            study,
            networks,
            study.dataset.train,
            lessons(study, size, updates(size, study.quick), seeds(study)),
        )
        for name, found in answer_all(networks, trained, study.dataset.test).items():
            scores[name].append(found)
    few = min(range(len(tried)), key=lambda index: abs(tried[index] - FEW))
    goal = float(scores["cnn"][few].mean())
    values: dict[str, Value] = {
        "sizes": tried,
        "least": tried[0],
        "few": tried[few],
        "most": tried[-1],
        **facts(study, networks),
    }
    for name, series in scores.items():
        values |= curve(name, series)
        for key, index in (("least", 0), ("few", few), ("most", -1)):
            values |= point(f"{name}_{key}", series[index])
        values[f"{name}_needs"] = needs(tried, series, goal)
    return values


def sizes(study: Study) -> list[int]:
    """Return the numbers of images to learn from, as far as there are as many; at least one number."""
    available = len(study.dataset.train)
    wanted = QUICK_SIZES if study.quick else SIZES
    return [size for size in wanted if size <= available] or [available]


def updates(images: int, quick: bool) -> int:
    """Return how often the weights move: a few hundred times at least, and for every image twice."""
    least = CHUNK if quick else LEAST_UPDATES
    return CHUNK * ceil(max(least, (0 if quick else LEAST_UPDATES) + PASSES * images / BATCH) / CHUNK)


def needs(tried: Sequence[int], series: Sequence[Scores], goal: float) -> str:
    """Return the smallest number of images after which the mean is at least `goal`, in words."""
    enough = [size for size, scores in zip(tried, series, strict=True) if scores.mean() >= goal]
    return f"{enough[0]:,}" if enough else f"more than {tried[-1]:,}"
