"""Whether neighbours matter: the same images with all pixels shuffled, one shuffle for all of them.

A dense network does not know which pixels are neighbours, so the shuffle only renames its inputs. A
convolution reads neighbours together.
"""

import numpy as np
from jaxtyping import Int, UInt8

from genfigs.data import Split
from genfigs.experiments import Study, Value
from genfigs.experiments._contest import (
    Scores,
    answer_all,
    contenders,
    facts,
    point,
    train_all,
    usual_lessons,
)

Images = UInt8[np.ndarray, "count height width"]


def measure(study: Study) -> dict[str, Value]:
    """Return each network's mean accuracy and spread on the images as they are and on shuffled ones.

    `<name>_cost` is what the shuffle costs: the difference of the means, and `<name>_cost_spread` that of the
    differences, seed by seed. `cnn_edge` and `cnn_edge_shuffled` are how far `cnn` is ahead of `wide`.
    """
    networks = contenders(study.network)
    order = shuffle(study.dataset.train.images[0].size, study.seed)
    batches = usual_lessons(study)
    scores: dict[tuple[str, str], Scores] = {}
    for suffix, train, test in (
        ("plain", study.dataset.train, study.dataset.test),
        ("shuffled", shuffled(study.dataset.train, order), shuffled(study.dataset.test, order)),
    ):
        answers = answer_all(networks, train_all(study, networks, train, batches), test)
        scores |= {(name, suffix): found for name, found in answers.items()}
    values = facts(study, networks)
    for name in networks:
        plain, mixed = scores[name, "plain"], scores[name, "shuffled"]
        values |= point(f"{name}_plain", plain) | point(f"{name}_shuffled", mixed)
        values |= point(f"{name}_cost", plain - mixed)
    values |= point("cnn_edge", scores["cnn", "plain"] - scores["wide", "plain"])
    values |= point("cnn_edge_shuffled", scores["cnn", "shuffled"] - scores["wide", "shuffled"])
    return values


def shuffle(pixels: int, seed: int) -> Int[np.ndarray, " pixels"]:
    """Return where each pixel of a shuffled image comes from."""
    return np.random.default_rng(seed).permutation(pixels)


def shuffled(split: Split, order: Int[np.ndarray, " pixels"]) -> Split:
    """Return the split with the pixels of every image in another order."""
    images: Images = split.images.reshape(len(split), -1)[:, order].reshape(split.images.shape)
    return Split(images, split.labels)
