"""The mistakes that the network is surest of."""

import numpy as np
from jaxtyping import Int

from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.network.evaluation import Evaluation, evaluate
from genfigs.scenes.exhibit import Picture

SHOWN, COLUMNS = 12, 6
SIZE, GAP, LINES = 116.0, 26.0, 44.0
LEGEND = 30.0
SURE = 0.9  # the probability from which on a mistake counts as a confident one


def draw(results: Results, name: str) -> Figure:
    """Return the most confident mistakes on the test split, the surest first."""
    tested = evaluate(results.network, results.params, results.test)
    wrong = surest(tested, results.test.labels)
    tiles: list[Tile] = []
    words: list[Word] = []
    for place, index in enumerate(wrong[:SHOWN].tolist()):
        row, column = divmod(place, COLUMNS)
        x, y = GAP + column * (SIZE + GAP), GAP + row * (SIZE + LINES + GAP)
        tiles.append(Tile(Picture(results.test.images[index] / 255.0, "ink", 1.0), x, y, SIZE, SIZE))
        words += [
            Word(line, x + SIZE / 2, y + SIZE + 20 + 20 * number, role=role, size=13)
            for number, (line, role) in enumerate(verdict(results, tested, index))
        ]
    if not tiles:
        words.append(Word("No test image is misread.", GAP + SIZE, GAP + SIZE / 2))
    rows = max(-(-len(tiles) // COLUMNS), 1)
    width = round(GAP + COLUMNS * (SIZE + GAP))
    height = round(GAP + rows * (SIZE + LINES + GAP) + LEGEND)
    words += legend(height) if tiles else ()
    confidence = tested.probabilities[wrong].max(axis=1)
    return Figure(
        alt=describe(results, tested, wrong),
        width=width,
        height=height,
        picture=Mosaic(width, height, tuple(tiles), tuple(words)),
        table=table(results, tested, wrong[:SHOWN]),
        values={
            "mistakes.shown": len(tiles),
            "mistakes.sure": int((confidence >= SURE).sum()),
            "mistakes.sure_from": SURE,
            "mistakes.surest": float(confidence.max(initial=0.0)),
        },
    )


def surest(tested: Evaluation, labels: np.ndarray) -> Int[np.ndarray, " mistakes"]:
    """Return the indices of all mistakes, by the probability of the wrong answer, the largest first."""
    wrong = np.flatnonzero(tested.predictions != labels)
    order = np.argsort(-tested.probabilities[wrong].max(axis=1), kind="stable")
    ranked: Int[np.ndarray, " mistakes"] = wrong[order]
    return ranked


def verdict(results: Results, tested: Evaluation, index: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the answer with its probability, and the truth with its own, each with a colour's role."""
    answer, truth = int(tested.predictions[index]), int(results.test.labels[index])
    return (
        (f"{results.class_names[answer]}, {tested.probabilities[index, answer]:.1%}", "accent"),
        (f"is {results.class_names[truth]}, {tested.probabilities[index, truth]:.1%}", "muted"),
    )


def legend(height: int) -> tuple[Word, Word]:
    """Return what the two lines under an image say."""
    return (
        Word("answer and its probability", GAP, height - 16.0, role="accent", size=14, anchor="start"),
        Word(
            "true class and its probability", GAP + 230, height - 16.0, role="muted", size=14, anchor="start"
        ),
    )


def describe(results: Results, tested: Evaluation, wrong: np.ndarray) -> str:
    """Return the picture in words."""
    if not len(wrong):
        return f"None of {tested.count:,} test images is misread."
    answer, truth = tested.predictions[wrong[0]], results.test.labels[wrong[0]]
    return (
        f"The {min(len(wrong), SHOWN)} mistakes made with the highest probability, out of {len(wrong):,}. "
        f"The surest: {results.class_names[truth]} is read as {results.class_names[answer]} "
        f"with {tested.probabilities[wrong[0], answer]:.1%}."
    )


def table(results: Results, tested: Evaluation, shown: np.ndarray) -> tuple[tuple[str, ...], ...]:
    """Return truth, answer and probabilities in the order of the picture."""
    rows = (
        (
            results.class_names[results.test.labels[i]],
            results.class_names[tested.predictions[i]],
            f"{tested.probabilities[i].max():.2%}",
            f"{tested.probabilities[i, results.test.labels[i]]:.2%}",
        )
        for i in shown
    )
    return ("true class", "read as", "probability of the answer", "probability of the true class"), *rows
