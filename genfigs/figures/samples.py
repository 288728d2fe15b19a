"""The sample images, each with the network's answer: one per class, then those it gets wrong or nearly so."""

from genfigs.figures import Figure, Mosaic, Results, Sample, Tile, Word
from genfigs.scenes.exhibit import Picture

COLUMNS = 7
SIZE, GAP, LINE = 84, 18, 46


def draw(results: Results, name: str) -> Figure:
    """Return the grid of samples with class and probability under each."""
    tiles, words = [], []
    for index, sample in enumerate(results.samples):
        row, column = divmod(index, COLUMNS)
        x, y = GAP + column * (SIZE + GAP), GAP + row * (SIZE + LINE + GAP)
        tiles.append(Tile(Picture(sample.image / 255.0, "ink", 1.0), x, y, SIZE, SIZE))
        role = "muted" if sample.prediction == sample.label else "accent"
        answer = f"{results.class_names[sample.prediction]}  {sample.probabilities.max():.1%}"
        words.append(Word(answer, x + SIZE / 2, y + SIZE + 22, role=role, size=15, mono=True))
        if sample.prediction != sample.label:
            truth = f"is {results.class_names[sample.label]}"
            words.append(Word(truth, x + SIZE / 2, y + SIZE + 40, role="accent", size=14))
    rows = -(-len(results.samples) // COLUMNS)
    width, height = GAP + COLUMNS * (SIZE + GAP), GAP + rows * (SIZE + LINE + GAP)
    return Figure(describe(results), width, height, Mosaic(width, height, tuple(tiles), tuple(words)))


def describe(results: Results) -> str:
    """Return which samples the network reads rightly and which it does not."""
    wrong = [sample for sample in results.samples if sample.prediction != sample.label]
    told = "; ".join(mistake(sample, results.class_names) for sample in wrong) or "none is misread"
    return f"{len(results.samples)} test images with the network's answer and its probability: {told}."


def mistake(sample: Sample, class_names: tuple[str, ...]) -> str:
    """Return a misreading in words."""
    return f"{class_names[sample.label]} is read as {class_names[sample.prediction]}"
