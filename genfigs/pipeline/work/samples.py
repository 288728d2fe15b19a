"""Test the network, and choose the images the reader gets to see."""

import numpy as np
from jaxtyping import Bool, Float, Int

from genfigs.data import Split
from genfigs.network.activations import activations
from genfigs.network.evaluation import Evaluation, evaluate
from genfigs.network.tiny_cnn import network
from genfigs.pipeline.files import to_json
from genfigs.pipeline.job import Job, Outcome
from genfigs.pipeline.storage import read_params, read_split, to_npz

HARD = 4  # images the network gets wrong or nearly so


def run(job: Job) -> Outcome:
    """Return the sample images with all their activations, and the accuracy on the whole test split."""
    params, test = read_params(job.cache), read_split(job.cache, "test")
    tested = evaluate(network, params, test)
    chosen = choose(test, tested)
    traces = [activations(network, params, test.images[index]) for index in chosen]
    arrays = {f"activations/{stage}": np.stack([trace[stage] for trace in traces]) for stage in traces[0]}
    arrays |= {
        "images": test.images[chosen],
        "labels": test.labels[chosen],
        "probabilities": tested.probabilities[chosen],
    }
    facts = {
        "confusion": tested.confusion,
        "values": {"data.accuracy": round(tested.accuracy, 6)},
    }
    return Outcome({"samples.npz": to_npz(arrays), "facts.json": to_json(facts)})


def choose(test: Split, tested: Evaluation) -> list[int]:
    """Return indices: one typical image per class, then the closest calls, half lost and half just won."""
    margins = _margins(test, tested)
    typical = [_typical(test, margins, int(label)) for label in np.unique(test.labels)]
    lost = _closest(test, margins, margins < 0, HARD // 2, set(typical))
    won = _closest(test, margins, margins >= 0, HARD - len(lost), {*typical, *lost})
    return [*typical, *lost, *won]


def _margins(test: Split, tested: Evaluation) -> Float[np.ndarray, " count"]:
    """Return the true class's probability less the best of the others; negative where it lost."""
    rows = np.arange(len(test.labels))
    others = tested.probabilities.astype(float)
    true = others[rows, test.labels].copy()
    others[rows, test.labels] = -1
    margins: Float[np.ndarray, " count"] = true - others.max(axis=1)
    return margins


def _typical(test: Split, margins: Float[np.ndarray, " count"], label: int) -> int:
    """Return, among the clearly recognised half of the class, the image nearest to that half's mean."""
    members = np.flatnonzero(test.labels == label)
    clear = members[margins[members] >= np.median(margins[members])]
    images = test.images[clear].astype(float)
    distances = ((images - images.mean(axis=0)) ** 2).sum(axis=(1, 2))
    return int(clear[np.argmin(distances)])


def _closest(
    test: Split,
    margins: Float[np.ndarray, " count"],
    eligible: Bool[np.ndarray, " count"],
    count: int,
    taken: set[int],
) -> list[int]:
    """Return up to `count` `eligible` images of the smallest margins, of different classes while possible."""
    order: Int[np.ndarray, " count"] = np.argsort(np.abs(margins), kind="stable")
    candidates = [int(index) for index in order if eligible[index] and index not in taken]
    firsts = {int(test.labels[index]): index for index in reversed(candidates)}
    distinct = sorted(firsts.values(), key=candidates.index)
    return (distinct + [index for index in candidates if index not in distinct])[:count]
