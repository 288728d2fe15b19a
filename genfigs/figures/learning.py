"""The first layer's kernels from random to final, epoch by epoch, with loss and accuracy beside them."""

from math import floor

import numpy as np
from jaxtyping import Float

from genfigs.figures import Figure, Frames, Mosaic, Results, Tile, Word
from genfigs.figures._charts import Chart, Curve
from genfigs.figures._convolutions import convolutions
from genfigs.scenes.exhibit import Picture

SNAPSHOTS = 8  # columns of the still; of a longer training, as many epochs evenly spread
TILE, ROW, LEFT, SPAN, LABELS = 40.0, 46.0, 92.0, 500.0, 170.0
CHART, CHART_GAP, TOP = 84.0, 56.0, 40.0
COLUMNS, BIG, BIG_GAP = 4, 86.0, 10.0
FRAME_WIDTH, FRAME_LEFT, FRAME_TOP, FRAME_CHART = 820.0, 20.0, 84.0, 100.0

Kernels = Float[np.ndarray, "snapshots size size filters"]
Band = tuple[float, float]  # left and right, or top and bottom


def draw(results: Results, name: str) -> Figure:
    """Return a still of all epochs and frames of one epoch each; one colour scale serves all kernels."""
    (stage, *_) = convolutions(results.network, name)
    kernels = np.asarray(results.history["kernels"])[:, :, :, 0]
    loss, accuracy = curves(results)
    still = strip(kernels, loss, accuracy)
    frames = tuple(frame(kernels, epoch, loss, accuracy) for epoch in range(len(kernels)))
    alike = likeness(kernels)
    first, last = (f"{results.history['validation_accuracy'][epoch]:.1%}" for epoch in (0, -1))
    return Figure(
        alt=f"The {kernels.shape[-1]} kernels of {stage.name} as coloured squares, from random weights to "
        f"the end of {len(kernels) - 1} epochs. The training loss goes from {loss[0].points[0][1]:.3f} to "
        f"{loss[0].points[-1][1]:.3f}, the accuracy on the validation images from {first} to {last}.",
        width=still.width,
        height=still.height,
        picture=Frames(frames, still),
        table=table(results),
        values={
            "learning.likeness": float(alike.mean()),
            "learning.likeness_least": float(alike.min()),
            "learning.likeness_most": float(alike.max()),
        },
    )


def curves(results: Results) -> tuple[list[Curve], list[Curve]]:
    """Return the curves of loss and accuracy.

    What is measured while an epoch runs is its mean, and stands in the middle of it.
    """
    history = results.history
    middles = np.arange(len(history["loss"])) + 0.5
    ends = np.arange(len(history["loss"])) + 1.0
    loss = Curve("training", tuple(zip(middles, history["loss"], strict=True)), "muted")
    training = Curve("training", tuple(zip(middles, history["accuracy"], strict=True)), "muted")
    held_back = tuple(zip(ends, history["validation_accuracy"], strict=True))
    return [loss], [training, Curve("validation", held_back, "accent")]


def charts(
    loss: list[Curve], accuracy: list[Curve], across: Band, bands: tuple[Band, Band], epochs: int
) -> tuple[Chart, Chart]:
    """Return the places of both charts; loss from 0, accuracy from a round number below the lowest."""
    worst = min(value for curve in accuracy for _, value in curve.points)
    lowest = min(floor(20 * worst) / 20, 0.95)
    highest = max(value for _, value in loss[0].points) or 1.0
    return (
        Chart("loss", *across, *bands[0], epochs, (0.0, highest), lambda value: f"{value:.2g}"),
        Chart("accuracy", *across, *bands[1], epochs, (lowest, 1.0), percent),
    )


def percent(value: float) -> str:
    """Return a share with one decimal unless it is whole."""
    return f"{100 * value:.1f}".removesuffix(".0") + "%"


def strip(kernels: Kernels, loss: list[Curve], accuracy: list[Curve]) -> Mosaic:
    """Return the still: a column of kernels per epoch, a row per filter, and the curves below in step."""
    epochs, filters = len(kernels) - 1, kernels.shape[-1]
    shown = np.unique(np.linspace(0, epochs, min(epochs + 1, SNAPSHOTS)).round().astype(int))
    scale = float(np.abs(kernels).max())
    tiles = tuple(
        Tile(
            Picture(kernels[epoch, :, :, index], "signed", scale),
            LEFT + SPAN * epoch / epochs - TILE / 2,
            TOP + index * ROW,
            TILE,
            TILE,
        )
        for epoch in shown
        for index in range(filters)
    )
    first = TOP + filters * ROW + CHART_GAP
    bands = (first, first + CHART), (first + CHART + CHART_GAP, first + 2 * CHART + CHART_GAP)
    places = charts(loss, accuracy, (LEFT, LEFT + SPAN), bands, epochs)
    words = [*headings(shown, epochs, filters), legend(scale, LEFT - TILE / 2, bands[1][1] + 40)]
    size = LEFT + SPAN + LABELS, bands[1][1] + 60
    return mosaic(size, tiles, words, places, loss, accuracy, epochs)


def headings(shown: np.ndarray, epochs: int, filters: int) -> list[Word]:
    """Return the words over the columns and beside the rows."""
    over = [(LEFT + SPAN * epoch / epochs, "random" if epoch == 0 else f"epoch {epoch}") for epoch in shown]
    beside = [(TOP + index * ROW + TILE / 2 + 5, str(index + 1)) for index in range(filters)]
    return [Word(text, x, TOP - 14, "muted", 14) for x, text in over] + [
        Word(text, LEFT - TILE / 2 - 14, y, "muted", 14, "end", mono=True) for y, text in beside
    ]


def frame(kernels: Kernels, epoch: int, loss: list[Curve], accuracy: list[Curve]) -> Mosaic:
    """Return the kernels after one epoch, large, with the curves up to there beside them."""
    epochs, filters = len(kernels) - 1, kernels.shape[-1]
    scale = float(np.abs(kernels).max())
    rows = -(-filters // COLUMNS)
    tiles = tuple(
        Tile(
            Picture(kernels[epoch, :, :, index], "signed", scale),
            FRAME_LEFT + (index % COLUMNS) * (BIG + BIG_GAP),
            FRAME_TOP + (index // COLUMNS) * (BIG + BIG_GAP),
            BIG,
            BIG,
        )
        for index in range(filters)
    )
    height = max(FRAME_TOP + rows * (BIG + BIG_GAP) + 50, FRAME_TOP + 2 * FRAME_CHART + CHART_GAP + 40)
    second = FRAME_TOP + FRAME_CHART + CHART_GAP
    bands = (FRAME_TOP, FRAME_TOP + FRAME_CHART), (second, second + FRAME_CHART)
    places = charts(loss, accuracy, (498.0, FRAME_WIDTH - LABELS), bands, epochs)
    told = f"after epoch {epoch} of {epochs}" if epoch else "before training: random weights"
    words = [Word(told, FRAME_LEFT, 40.0, size=22, anchor="start"), legend(scale, FRAME_LEFT, height - 20)]
    return mosaic((FRAME_WIDTH, height), tiles, words, places, loss, accuracy, epoch)


def legend(scale: float, x: float, y: float) -> Word:
    """Return what the kernels' colours mean."""
    told = f"blue: negative · paper: 0 · orange-red: positive · weights to ±{scale:.2g}"
    return Word(told, x, y, "muted", 14, "start")


def mosaic(
    size: tuple[float, float],
    tiles: tuple[Tile, ...],
    words: list[Word],
    places: tuple[Chart, Chart],
    loss: list[Curve],
    accuracy: list[Curve],
    until: int,
) -> Mosaic:
    """Return tiles, words and both charts up to epoch `until` on one panel."""
    pairs = tuple(zip(places, (loss, accuracy), strict=True))
    lines = tuple(line for place, curves in pairs for line in place.lines(curves, until))
    labels = [word for place, curves in pairs for word in place.words(curves, until)]
    width, height = map(round, size)
    return Mosaic(width, height, tiles, (*words, *labels), lines)


def likeness(kernels: Kernels) -> Float[np.ndarray, " filters"]:
    """Return the cosine between each kernel's first and last weights: 1 if only its size changed."""
    first, last = (kernels[epoch].reshape(-1, kernels.shape[-1]) for epoch in (0, -1))
    lengths = np.linalg.norm(first, axis=0) * np.linalg.norm(last, axis=0)
    cosines: Float[np.ndarray, " filters"] = (first * last).sum(axis=0) / np.maximum(lengths, 1e-12)
    return cosines


def table(results: Results) -> tuple[tuple[str, ...], ...]:
    """Return loss and accuracies of every epoch."""
    history = results.history
    columns = zip(history["loss"], history["accuracy"], history["validation_accuracy"], strict=True)
    rows = (
        (str(epoch), f"{loss:.4f}", f"{training:.2%}", f"{validation:.2%}")
        for epoch, (loss, training, validation) in enumerate(columns, start=1)
    )
    return ("epoch", "training loss", "training accuracy", "validation accuracy"), *rows
