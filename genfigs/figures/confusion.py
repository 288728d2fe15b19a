"""The confusion matrix of the test split: which class is read as which."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure as Plot

from genfigs.figures import Figure, Results
from genfigs.theme import Theme

INCHES, DOTS = 6.4, 100


def draw(results: Results, name: str) -> Figure:
    """Return the matrix; colours show mistakes only, so that the diagonal does not drown them."""
    counts = np.asarray(results.values["accuracy.confusion"])
    truth, answer = worst(counts)
    classes = results.class_names
    alt = (
        f"Confusion matrix of {counts.sum():,} test images: {np.trace(counts):,} lie on the diagonal. "
        f"The most frequent mistake: {classes[truth]} read as {classes[answer]}, "
        f"{counts[truth, answer]} times."
    )
    header = ("true class", *(f"read as {name}" for name in classes))
    rows = tuple((classes[i], *(str(n) for n in row)) for i, row in enumerate(counts))
    return Figure(
        alt=alt,
        width=640,
        height=600,
        picture=lambda theme: plot(counts, classes, theme),
        table=(header, *rows),
    )


def worst(counts: np.ndarray) -> tuple[int, int]:
    """Return (true, read as) of the most frequent mistake."""
    mistakes = counts - np.diag(np.diag(counts))
    return tuple(int(i) for i in np.unravel_index(mistakes.argmax(), mistakes.shape))  # type: ignore[return-value]


def plot(counts: np.ndarray, classes: tuple[str, ...], theme: Theme) -> Plot:
    """Return the plot in one theme."""
    figure = Plot(figsize=(INCHES, INCHES * 600 / 640), dpi=DOTS, layout="constrained")
    axes = figure.add_subplot()
    mistakes = np.ma.masked_array(counts, np.eye(len(counts), dtype=bool))
    colours = LinearSegmentedColormap.from_list("positive", theme.maps["positive"][:4])
    axes.imshow(mistakes, cmap=colours, vmin=0, vmax=max(int(mistakes.max()), 1))
    for (row, column), count in np.ndenumerate(counts):
        dark = row != column and count > 0.55 * mistakes.max()
        colour = theme.panel if dark else theme.muted if row == column else theme.ink
        if count:
            axes.text(column, row, str(count), ha="center", va="center", color=colour, fontsize=10)
    axes.set_xlabel("read as", color=theme.muted)
    axes.set_ylabel("true class", color=theme.muted)
    long = max(map(len, classes)) > 2
    axes.set_xticks(range(len(classes)), classes, rotation=90 if long else 0)
    axes.set_yticks(range(len(classes)), classes)
    axes.tick_params(length=0, colors=theme.ink)
    axes.spines[:].set_visible(False)
    return figure
