"""The contest that several measurements hold: the network against two dense ones, several seeds each.

Every seed has its own random start and its own training images, the same for all contenders of that seed.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float, Int

from genfigs.data import Split
from genfigs.experiments import Study, Value
from genfigs.network.ensemble import accuracies, train_together
from genfigs.network.rivals import dense_rival
from genfigs.network.sequential import Params, Sequential

SEEDS, QUICK_SEEDS = 5, 2
BATCH = 64
IMAGES, UPDATES = 10_000, 500  # of one training: about three passes
QUICK_IMAGES, QUICK_UPDATES = 1_000, 50
WIDE = 20  # times as many parameters

Scores = Float[np.ndarray, " members"]  # accuracies, from 0 to 1


def contenders(network: Sequential) -> dict[str, Sequential]:
    """Return the network as `cnn`, a dense one of its size as `dense` and one 20 times larger as `wide`."""
    return {"cnn": network, "dense": dense_rival(network), "wide": dense_rival(network, WIDE)}


def seeds(study: Study) -> int:
    """Return how many trainings of each kind there are."""
    return QUICK_SEEDS if study.quick else SEEDS


def lessons(
    study: Study, images: int, updates: int, members: int
) -> Int[np.ndarray, "members updates batch"]:
    """Return which training images each member learns from, in order: a sample of its own, pass after pass."""
    available = len(study.dataset.train)
    needed = updates * BATCH
    orders = []
    for member in range(members):
        draw = np.random.default_rng((study.seed, member, images))
        sample = draw.choice(available, min(images, available), replace=False)
        passes = [draw.permutation(sample) for _ in range(-(-needed // len(sample)))]
        orders.append(np.concatenate(passes)[:needed].reshape(updates, BATCH))
    return np.stack(orders)


def usual_lessons(study: Study) -> Int[np.ndarray, "members updates batch"]:
    """Return the lessons of a measurement in which the number of images does not vary."""
    images, updates = (QUICK_IMAGES, QUICK_UPDATES) if study.quick else (IMAGES, UPDATES)
    return lessons(study, images, updates, seeds(study))


def train_all(
    study: Study, networks: Mapping[str, Sequential], split: Split, batches: Int[np.ndarray, "_ _ _"]
) -> dict[str, Params]:
    """Return each network's trained ensemble, by name."""
    return {
        name: train_together(network, split, batches, seed=study.seed) for name, network in networks.items()
    }


def answer_all(
    networks: Mapping[str, Sequential], params: Mapping[str, Params], split: Split
) -> dict[str, Scores]:
    """Return the accuracies of each network's ensemble, by name."""
    return {name: accuracies(network, params[name], split) for name, network in networks.items()}


def facts(study: Study, networks: Mapping[str, Sequential]) -> dict[str, Value]:
    """Return how many trainings there were of each network, and how many parameters each network has."""
    sizes = {f"{name}_parameters": network.parameters for name, network in networks.items()}
    return {"seeds": seeds(study), **sizes}


def spread(scores: Scores) -> float:
    """Return the sample standard deviation; 0 for a single score."""
    return float(scores.std(ddof=1)) if len(scores) > 1 else 0.0


def curve(name: str, scores: Sequence[Scores]) -> dict[str, Value]:
    """Return the means and the spreads of a series of scores."""
    return {
        name: [float(each.mean()) for each in scores],
        f"{name}_spread": [spread(each) for each in scores],
    }


def point(name: str, scores: Scores) -> dict[str, Value]:
    """Return mean and spread of one score."""
    return {name: float(scores.mean()), f"{name}_spread": spread(scores)}
