"""For every filter of every convolution, the patches of test images that excite it most."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.figures._convolutions import convolutions, signed
from genfigs.network.activations import preprocess
from genfigs.network.receptive_field import ReceptiveField, receptive_fields
from genfigs.network.sequential import Stage
from genfigs.scenes.exhibit import Picture

IMAGES = 2000  # more change the patches little and cost time
BATCH = 500
SIDE = 3  # patches in a row and in a column
PATCH, GAP, BLOCK_GAP, COLUMNS = 27.0, 2.0, 14.0, 8
BLOCK = SIDE * (PATCH + GAP) - GAP
TITLE, LABEL, MARGIN = 44.0, 24.0, 16.0


@dataclass(frozen=True)
class Strongest:
    """Where a stage's filters answer most: the image, the cell and the value, the strongest first."""

    images: Int[np.ndarray, "patches filters"]
    cells: Int[np.ndarray, "patches filters"]  # row * columns + column
    values: Float[np.ndarray, "patches filters"]


def draw(results: Results, name: str) -> Figure:
    """Return nine patches per filter, from nine images, as large as the filter's receptive field."""
    stages = convolutions(results.network, name)
    fields = receptive_fields(results.network)
    found = strongest(results, stages)
    tiles: list[Tile] = []
    words: list[Word] = []
    y = MARGIN
    for stage in stages:
        field = fields[stage.name]
        words.append(title(stage, field, y))
        for index in range(stage.shape[-1]):
            row, column = divmod(index, COLUMNS)
            x, top = (
                MARGIN + column * (BLOCK + BLOCK_GAP),
                y + TITLE + row * (BLOCK + LABEL + BLOCK_GAP),
            )
            words.append(label(index, found[stage.name], x, top))
            tiles += block(results, field, stage, found[stage.name], index, x, top)
        y += TITLE + -(-stage.shape[-1] // COLUMNS) * (BLOCK + LABEL + BLOCK_GAP) + MARGIN
    filters = sum(stage.shape[-1] for stage in stages)
    width, height = round(MARGIN * 2 + COLUMNS * (BLOCK + BLOCK_GAP) - BLOCK_GAP), round(y)
    return Figure(
        alt=f"For each of {filters} filters the {SIDE**2} patches, from different test images, that excite "
        f"it most: {'; '.join(size(stage, fields[stage.name]) for stage in stages)}.",
        width=width,
        height=height,
        picture=Mosaic(width, height, tuple(tiles), tuple(words)),
        table=table(results, found),
        values={"excitations.images": len(results.test.images[:IMAGES])}
        | {"excitations.filters": filters, "excitations.silent": sum(map(silent, found.values()))}
        | {f"excitations.{stage.name}.field": fields[stage.name].size for stage in stages},
    )


def strongest(results: Results, stages: list[Stage]) -> dict[str, Strongest]:
    """Return, by stage, where each filter's values before ReLU are largest; one value per image."""
    best: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {stage.name: [] for stage in stages}
    for images in batches(results.test.images[:IMAGES]):
        trace = results.network.trace(results.params, preprocess(images))
        for name, parts in best.items():
            maps = np.asarray(trace[name]).reshape(len(images), -1, trace[name].shape[-1])
            parts.append((maps.argmax(axis=1), maps.max(axis=1)))
    return {name: ranked(*map(np.concatenate, zip(*parts, strict=True))) for name, parts in best.items()}


def batches(images: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the images a few hundred at a time."""
    for start in range(0, len(images), BATCH):
        yield images[start : start + BATCH]


def ranked(cells: np.ndarray, values: np.ndarray) -> Strongest:
    """Return the strongest images of each filter; of equal ones, the earlier."""
    order = np.argsort(-values, axis=0, kind="stable")[: SIDE**2]
    return Strongest(order, np.take_along_axis(cells, order, 0), np.take_along_axis(values, order, 0))


def block(
    results: Results, field: ReceptiveField, stage: Stage, found: Strongest, index: int, x: float, y: float
) -> Iterator[Tile]:
    """Yield a filter's patches, the strongest at the top left."""
    for rank, (image, cell) in enumerate(zip(found.images[:, index], found.cells[:, index], strict=True)):
        place = divmod(int(cell), stage.shape[1])
        picture = Picture(field.patch(results.test.images[image], *place) / 255.0, "ink", 1.0)
        row, column = divmod(rank, SIDE)
        yield Tile(picture, x + column * (PATCH + GAP), y + LABEL + row * (PATCH + GAP), PATCH, PATCH)


def silent(found: Strongest) -> int:
    """Return how many filters no image lifts above zero: ReLU erases all they write."""
    return int((found.values[0] <= 0).sum())


def title(stage: Stage, field: ReceptiveField, y: float) -> Word:
    """Return the heading of a stage."""
    return Word(size(stage, field), MARGIN, y + 20, size=17, anchor="start")


def size(stage: Stage, field: ReceptiveField) -> str:
    """Return how much of the image a cell of the stage sees."""
    return f"{stage.name}: patches of {field.size} × {field.size} pixels"


def label(index: int, found: Strongest, x: float, y: float) -> Word:
    """Return a filter's number; one that ReLU always silences says so."""
    mark = " silent" if found.values[0, index] <= 0 else ""
    return Word(f"{index + 1}{mark}", x, y + LABEL - 8, role="muted", size=14, anchor="start", mono=True)


def table(results: Results, found: dict[str, Strongest]) -> tuple[tuple[str, ...], ...]:
    """Return each filter's strongest value and the classes of the images its patches come from."""
    rows = (
        (stage, str(index + 1), signed(best.values[0, index]), classes(results, best.images[:, index]))
        for stage, best in found.items()
        for index in range(best.images.shape[1])
    )
    return ("stage", "filter", "strongest value", "classes of the images"), *rows


def classes(results: Results, images: np.ndarray) -> str:
    """Return the classes of some test images, each with how often it occurs, the most frequent first."""
    labels, counts = np.unique(results.test.labels[images], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return ", ".join(f"{results.class_names[labels[i]]} × {counts[i]}" for i in order)
