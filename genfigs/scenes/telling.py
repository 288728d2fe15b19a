"""What a stage did to one image, in words and from its numbers: the text alternative of its picture."""

from collections.abc import Callable

import numpy as np

from genfigs.scenes import SceneStage
from genfigs.scenes.exhibit import Exhibit


def tell(stage: SceneStage, exhibit: Exhibit) -> str:
    """Return one or two sentences with the stage's shape and what can be seen in it."""
    values = exhibit.tensors[stage.name]
    shape = " × ".join(str(size) for size in stage.shape)
    return f"{stage.title}, {shape}: {TELLERS[stage.stem](values, exhibit)}"


def _image(values: np.ndarray, exhibit: Exhibit) -> str:
    return f"it shows {_truth(exhibit)} in grey levels; {np.mean(values > 0):.0%} of the pixels carry ink."


def _truth(exhibit: Exhibit) -> str:
    return exhibit.class_names[exhibit.label]


def _maps(values: np.ndarray, exhibit: Exhibit) -> str:
    return (
        f"{values.shape[-1]} feature maps with values from {_signed(values.min())} "
        f"to {_signed(values.max())}; {np.mean(values < 0):.0%} of them are negative."
    )


def _rectified(values: np.ndarray, exhibit: Exhibit) -> str:
    dark = int((values.reshape(-1, values.shape[-1]).max(axis=0) == 0).sum())
    silent = f" {_count(dark)} stayed empty." if dark else ""
    return f"negative numbers became zero; {np.mean(values > 0):.0%} of the numbers are left.{silent}"


def _count(maps: int) -> str:
    return "One map" if maps == 1 else f"{maps} maps"


def _pooled(values: np.ndarray, exhibit: Exhibit) -> str:
    rows, columns, channels = values.shape
    kept = f"one number of every block is left, up to {values.max():.1f}"
    return f"{channels} maps of {rows} × {columns} cells; {kept}."


def _line(values: np.ndarray, exhibit: Exhibit) -> str:
    return f"the same numbers in one line; {int((values > 0).sum())} of {values.size} are above zero."


def _scores(values: np.ndarray, exhibit: Exhibit) -> str:
    first, second = np.argsort(-values)[:2]
    return (
        f"one score per class; {exhibit.class_names[first]} has the largest, {_signed(values[first])}, "
        f"then {exhibit.class_names[second]} with {_signed(values[second])}."
    )


def _decision(values: np.ndarray, exhibit: Exhibit) -> str:
    winner = int(np.argmax(values))
    verdict = "which is right" if winner == exhibit.label else f"but the image shows {_truth(exhibit)}"
    return (
        f"the network gives {exhibit.class_names[winner]} a probability of {values[winner]:.1%}, {verdict}."
    )


def _signed(value: float | np.floating) -> str:
    return f"{value:.1f}".replace("-", "−")


TELLERS: dict[str, Callable[[np.ndarray, Exhibit], str]] = {
    "input": _image,
    "conv": _maps,
    "relu": _rectified,
    "pool": _pooled,
    "flatten": _line,
    "dense": _scores,
    "softmax": _decision,
}
