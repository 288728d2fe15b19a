"""Two decks, stage by stage: one image and the same image moved, and how far the maps moved along."""

import numpy as np
from jaxtyping import Float

from genfigs.experiments.equivariance import shift, whole_cells
from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.network.activations import activations
from genfigs.scenes.exhibit import Picture

SHIFTS = (1, 4)  # pixels: less than a cell of most stages, and a whole number of cells of the usual ones
SIZE, GAP, LEFT, TOP = 108.0, 14.0, 150.0, 44.0
BAND = 2 * (SIZE + GAP) + 52.0  # height of the rows of one shift
Maps = dict[str, np.ndarray]
Sheet = Float[np.ndarray, "rows columns"]


def draw(results: Results, name: str) -> Figure:
    """Return a row for the image and, for each shift, the moved maps above what differs from the shifted ones."""
    stages = shown(results)
    image = results.hero.image if results.samples else results.test.images[0]
    still = maps(results, image)
    sheets = {stage: int(np.abs(still[stage]).sum(axis=(0, 1)).argmax()) for stage in stages}
    tiles = row(still, stages, sheets, still, TOP)
    words = [*headings(stages), *beside(("the image", "as it is"), TOP)]
    for place, pixels in enumerate(SHIFTS):
        y = TOP + SIZE + GAP + 24 + place * BAND
        more = band(results, stages, sheets, still, maps(results, shift(image[None], pixels)[0]), pixels, y)
        tiles, words = tiles + more[0], words + more[1]
    width = round(LEFT + len(stages) * (SIZE + GAP) + 6)
    height = round(TOP + SIZE + GAP + 24 + len(SHIFTS) * BAND + 2)
    return Figure(
        alt=describe(results),
        width=width,
        height=height,
        picture=Mosaic(width, height, tuple(tiles), tuple(words)),
        table=table(results),
    )


def shown(results: Results) -> list[str]:
    """Return the stages drawn: those compared, without those that only cut negative values off."""
    kinds = {stage.name: stage.kind for stage in results.network.stages}
    return [stage for stage in results.values["equivariance.stages"] if kinds[stage] != "relu"][:6]


def maps(results: Results, image: np.ndarray) -> Maps:
    """Return every stage's output."""
    return activations(results.network, results.params, image)


def row(found: Maps, stages: list[str], sheets: dict[str, int], scale: Maps, y: float) -> list[Tile]:
    """Return one sheet per stage, on the scale of the maps of the unmoved image."""
    tiles = []
    for column, stage in enumerate(stages):
        values = found[stage][:, :, sheets[stage]]
        tiles.append(tile(values, float(np.abs(scale[stage]).max()), column, stage, y))
    return tiles


def tile(values: Sheet, scale: float, column: int, stage: str, y: float) -> Tile:
    """Return a sheet in its place, the input as ink and all else signed."""
    colours = "ink" if stage == "input" else "signed"
    return Tile(Picture(values, colours, scale), LEFT + column * (SIZE + GAP), y, SIZE, SIZE)


def band(
    results: Results,
    stages: list[str],
    sheets: dict[str, int],
    still: Maps,
    moved: Maps,
    pixels: int,
    y: float,
) -> tuple[list[Tile], list[Word]]:
    """Return the rows of one shift: the moved maps, the differences, and the measured share that changed."""
    below = y + SIZE + GAP
    tiles = row(moved, stages, sheets, still, y)
    steps = dict(
        zip(results.values["equivariance.stages"], results.values["equivariance.steps"], strict=True)
    )
    for column, stage in enumerate(stages):
        sheet = sheets[stage]
        gap = difference(
            still[stage][:, :, sheet], moved[stage][:, :, sheet], whole_cells(pixels, steps[stage])
        )
        drawn = tile(gap, float(np.abs(still[stage]).max()), column, "difference", below)
        tiles.append(drawn)
    changed = [
        changes(results, stage)[results.values["equivariance.shifts"].index(pixels)] for stage in stages
    ]
    words = [
        Word(
            f"{share:.0%} changed" if share else "none changed",
            LEFT + column * (SIZE + GAP) + SIZE / 2,
            below + SIZE + 20,
            "accent" if share else "ink",
            14,
        )
        for column, share in enumerate(changed)
    ]
    plural = "pixel" if pixels == 1 else "pixels"
    words += [
        *beside((f"moved by {pixels} {plural}",), y),
        *beside(("difference from", "the moved maps"), below),
    ]
    return tiles, words


def difference(still: Sheet, moved: Sheet, columns: int) -> Sheet:
    """Return `moved` less `still` moved along; nothing where new columns come in."""
    gap: Sheet = np.zeros_like(still)
    gap[:, columns:] = moved[:, columns:] - still[:, : still.shape[1] - columns]
    return gap


def changes(results: Results, stage: str) -> list[float]:
    """Return the measured share of values that changed, by shift."""
    values = results.values
    found: list[float] = values["equivariance.changed"][values["equivariance.stages"].index(stage)]
    return found


def headings(stages: list[str]) -> list[Word]:
    """Return the names over the columns."""
    return [
        Word(stage, LEFT + i * (SIZE + GAP) + SIZE / 2, TOP - 14, "muted", 15)
        for i, stage in enumerate(stages)
    ]


def beside(lines: tuple[str, ...], y: float) -> list[Word]:
    """Return what stands left of a row."""
    return [Word(text, LEFT - 14, y + 50 + 18 * i, "muted", 14, "end") for i, text in enumerate(lines)]


def describe(results: Results) -> str:
    """Return the measured shares in words."""
    shifts = results.values["equivariance.shifts"]
    told = "; ".join(
        f"{stage}: "
        + ", ".join(
            f"{changes(results, stage)[shifts.index(pixels)]:.0%} after {pixels}" for pixels in SHIFTS
        )
        for stage in shown(results)
    )
    return (
        "An image and the same image moved to the right, each with one map per stage, and the difference "
        f"from the maps moved along. Share of values that differ, by pixels moved: {told}."
    )


def table(results: Results) -> tuple[tuple[str, ...], ...]:
    """Return the share of changed values of every stage by shift."""
    header = ("stage", *(f"moved by {pixels}" for pixels in results.values["equivariance.shifts"]))
    rows = (
        (stage, *(f"{share:.1%}" for share in changes(results, stage)))
        for stage in results.values["equivariance.stages"]
    )
    return header, *rows
