"""What each kind of layer does on stage, and scenes made of that: one image travels, and nothing cuts.

An act receives the sheets that the one before left, and leaves its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from genfigs.network.layers import AveragePool2D, Conv2D, MaxPool2D
from genfigs.network.sequential import Stage
from genfigs.scenes import Choreography, Scene, SceneStage
from genfigs.scenes.geometry import (
    HEIGHT,
    MARGIN,
    WIDTH,
    Grid,
    Place,
    as_grid,
    cell_size,
    class_centres,
    deck,
    enlarged,
    flat,
    spacing,
    strip,
)
from genfigs.scenes.wording import clause, stem, title

STRIP_HEIGHT = 44.0
RISE = 100.0  # units that the last deck gives way to the strip below it
VOTES = 120  # the strongest of the dense layer's weighted lines; all of them would be a grey block


@dataclass
class Stagehand:
    """What the acts share: the cell size, everybody on stage in drawing order, and the sheets in view."""

    cell: float
    cast: list[Choreography] = field(default_factory=list)
    sheets: list[Choreography] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def sheet(self, image: str, grid: Grid, place: Place, **start: float) -> Choreography:
        """Bring one channel of a stage on stage."""
        facts = {"image": image, "rows": grid.rows, "columns": grid.columns}
        return self.enter(Choreography(image, "sheet", facts, **{"opacity": 0.0, **place.props(), **start}))

    def cover(self, image: str, grid: Grid, place: Place, below: Choreography) -> Choreography:
        """Bring a sheet on stage right above the one it will replace, so that nothing shines through."""
        sheet = self.sheet(image, grid, place)
        self.cast.insert(self.cast.index(below) + 1, self.cast.pop())
        return sheet

    def winners(self, name: str, size: int) -> list[Choreography]:
        """Cover the sheets in view by copies on which only the largest cell of every block is left."""
        copies: list[Choreography] = []
        for sheet, place in zip(self.sheets, self.places, strict=True):
            grid = Grid(sheet.facts["rows"], sheet.facts["columns"], 1)
            copy = self.cover(sheet.facts["image"], grid, place, sheet)
            copy.name, copy.facts = f"{name}-winners/{len(copies)}", {**copy.facts, "block": size}
            copies.append(copy)
        return copies

    def enter(self, actor: Choreography) -> Choreography:
        """Add an actor on top of everybody on stage."""
        self.cast.append(actor)
        return actor

    def hand_over(self, sheets: list[Choreography], places: list[Place]) -> None:
        """Make `sheets` the ones the next act starts from."""
        self.sheets, self.places = sheets, places


def show_image(stage: Stage, hand: Stagehand, start: float) -> None:
    """Show the raw image from the front, a few of its pixels with their values."""
    grid = as_grid(stage.shape)
    size = min((HEIGHT - 2 * MARGIN) / grid.rows, (WIDTH - 2 * MARGIN) / grid.columns)
    place = flat(grid, size)
    sheets = [
        hand.sheet(f"{stage.name}/{channel}", grid, place, opacity=1.0) for channel in range(grid.depth)
    ]
    facts = {"image": sheets[0].name, "rows": grid.rows, "columns": grid.columns}
    values = Choreography(f"{stage.name}-values", "values", facts, **place.props(), opacity=0.0)
    hand.enter(values.move(start + 0.05, start + 0.3, opacity=1.0).move(start + 1, start + 1.05, opacity=0.0))
    hand.hand_over(sheets, [place] * grid.depth)


def convolve(stage: Stage, hand: Stagehand, start: float) -> None:
    """Slide the kernel over every sheet at once, fill one map cell by cell, then fan out into all of them."""
    grid, before = as_grid(stage.shape), hand.sheets
    source = Grid(before[0].facts["rows"], before[0].facts["columns"], len(before))
    aside = deck(source, hand.cell, right=WIDTH * 0.5)
    for sheet, place in zip(before, aside, strict=True):
        sheet.move(start + 0.02, start + 0.16, **place.props())
    first = deck(Grid(grid.rows, grid.columns, 1), hand.cell, left=WIDTH * 0.5)[0]
    places = deck(grid, hand.cell)
    sheets = [hand.sheet(f"{stage.name}/{c}", grid, first, scan=float(c > 0)) for c in range(grid.depth)]
    sheets[0].linear("scan").move(start + 0.13, start + 0.18, opacity=1.0).move(
        start + 0.18, start + 0.52, scan=1.0
    )
    _slide_kernel(stage, hand, aside, first, start)
    for sheet, place in zip(sheets, places, strict=True):
        sheet.move(start + 0.54, start + 0.62, opacity=1.0).move(start + 0.54, start + 0.78, **place.props())
    for sheet, place in zip(before, aside, strict=True):
        sheet.move(start + 0.54, start + 0.66, opacity=0.0, x=place.x - 60)
    hand.hand_over(sheets, places)


def _slide_kernel(stage: Stage, hand: Stagehand, sources: list[Place], target: Place, start: float) -> None:
    rows, columns, _ = stage.shape
    layer = stage.layer
    assert isinstance(layer, Conv2D)
    offset = layer.border(hand.sheets[0].facts["rows"], rows)
    steps = {"steps": [rows, columns]}
    kernel = {**steps, "size": layer.kernel_size, "stride": layer.strides, "offset": -offset}
    cell = {**steps, "size": 1, "stride": 1, "offset": 0}
    windows = [(f"{stage.name}-kernel-{c}", kernel, place) for c, place in enumerate(sources)]
    for name, facts, place in [*windows, (f"{stage.name}-cell", cell, target)]:
        window = Choreography(name, "window", facts, **place.props(), opacity=0.0, scan=0.0).linear("scan")
        window.move(start + 0.13, start + 0.18, opacity=1.0).move(start + 0.18, start + 0.52, scan=1.0)
        hand.enter(window.move(start + 0.52, start + 0.56, opacity=0.0))


def rectify(stage: Stage, hand: Stagehand, start: float) -> None:
    """Let the negative numbers fade to paper where they stand."""
    grid = as_grid(stage.shape)
    below = zip(hand.places, hand.sheets, strict=True)
    sheets = [hand.cover(f"{stage.name}/{c}", grid, place, old) for c, (place, old) in enumerate(below)]
    _dissolve(hand.sheets, sheets, start + 0.1, start + 0.55)
    hand.hand_over(sheets, hand.places)


def _dissolve(before: list[Choreography], after: list[Choreography], start: float, stop: float) -> None:
    for old, new in zip(before, after, strict=True):
        new.move(start, stop, opacity=1.0)
        old.move(stop, stop + 0.03, opacity=0.0)


def pool(stage: Stage, hand: Stagehand, start: float) -> None:
    """Let each block's largest number stand alone, fill the block, then close up: the sheets halve."""
    grid, before = as_grid(stage.shape), hand.sheets
    assert isinstance(stage.layer, MaxPool2D | AveragePool2D)
    size, places = stage.layer.pool_size, deck(grid, hand.cell)
    if isinstance(stage.layer, MaxPool2D):
        alone = hand.winners(stage.name, size)
        _dissolve(before, alone, start + 0.04, start + 0.16)
        before = alone
    covers = zip(hand.places, before, strict=True)
    sheets = [
        hand.cover(f"{stage.name}/{c}", grid, enlarged(place, size), old)
        for c, (place, old) in enumerate(covers)
    ]
    _dissolve(before, sheets, start + 0.22, start + 0.42)
    for sheet, place in zip(sheets, places, strict=True):
        sheet.move(start + 0.48, start + 0.76, **place.props())
    hand.hand_over(sheets, places)


def unroll(stage: Stage, hand: Stagehand, start: float) -> None:
    """Lay the sheets out as one strip in the order the code reads them: row, column, channel.

    All channels of one position stay neighbours, so every position becomes one short run of cells. The deck
    rises to make room, and the runs come down from it one after the other.
    """
    before, rows, columns = hand.sheets, hand.sheets[0].facts["rows"], hand.sheets[0].facts["columns"]
    top = min(place.y + place.b * columns for place in hand.places)
    risen = [replace(place, y=place.y - min(RISE, max(top - MARGIN, 0.0))) for place in hand.places]
    for sheet, place in zip(before, risen, strict=True):
        sheet.move(start + 0.02, start + 0.12, **place.props()).move(start + 0.56, start + 0.68, opacity=0.0)
    x, y, width = strip(stage.shape[0], y=(HEIGHT - STRIP_HEIGHT) / 2, height=STRIP_HEIGHT)
    pitch = risen[1].x - risen[0].x if len(risen) > 1 else risen[0].a
    runs = []
    for index in range(rows * columns):
        row, column = divmod(index, columns)
        first = risen[0]
        corner = first.x + first.a * column, first.y + first.b * column + first.d * row
        run = hand.sheet(
            f"{stage.name}/{index}", Grid(1, len(before), 1), Place(*corner, pitch, 0.0, first.d)
        )
        leave = start + 0.12 + 0.36 * index / (rows * columns)
        home = Place(x + width * len(before) * index, y + RISE, width, 0.0, STRIP_HEIGHT)
        run.move(leave, leave + 0.05, opacity=1.0).move(leave + 0.03, leave + 0.12, **home.props())
        runs.append(run.move(start + 0.64, start + 0.78, y=y))
    hand.hand_over(runs, [])


def vote(stage: Stage, hand: Stagehand, start: float) -> None:
    """Gather weighted lines from the strip into one score per class."""
    for run in hand.sheets:
        run.move(start + 0.02, start + 0.18, y=MARGIN, d=28.0)
    centres = class_centres(stage.shape[0])
    votes = {"from": [MARGIN, WIDTH - MARGIN, MARGIN + 28], "centres": centres, "to": 190, "count": VOTES}
    votes["layer"] = stage.name
    lines = Choreography(f"{stage.name}-votes", "votes", votes, draw=0.0, opacity=0.0)
    hand.enter(lines.jump(start + 0.2, opacity=1.0).move(start + 0.2, start + 0.5, draw=1.0))
    columns = {"centres": centres, "width": spacing(centres)}
    bars = Choreography("bars", "bars", columns, baseline=296.0, scores=0.0, probabilities=0.0, opacity=0.0)
    hand.enter(bars.move(start + 0.3, start + 0.45, opacity=1.0).move(start + 0.45, start + 0.7, scores=1.0))
    hand.hand_over([*hand.sheets, lines, bars], [])


def decide(stage: Stage, hand: Stagehand, start: float) -> None:
    """Turn scores into probabilities; the winner stands out."""
    *strip_and_lines, bars = hand.sheets
    for actor in strip_and_lines:
        actor.move(start + 0.04, start + 0.22, opacity=0.0)
    bars.move(start + 0.08, start + 0.28, scores=0.0).move(start + 0.2, start + 0.36, baseline=HEIGHT - 64.0)
    bars.move(start + 0.36, start + 0.66, probabilities=1.0)


ACTS: dict[str, Callable[[Stage, Stagehand, float], None]] = {
    "input": show_image,
    "conv": convolve,
    "relu": rectify,
    "pool": pool,
    "flatten": unroll,
    "dense": vote,
    "softmax": decide,
}


def colour_maps(stages: Sequence[Stage]) -> list[str]:
    """Return each stage's colour map: ink for the image, signed after weights, then positive."""
    maps: list[str] = []
    for stage in stages:
        own = {"input": "ink", "conv": "signed", "dense": "signed", "relu": "positive", "softmax": "positive"}
        maps.append(own.get(stem(stage), maps[-1] if maps else "ink"))
    return maps


def act_out(name: str, stages: Sequence[Stage]) -> Scene:
    """Return the scene `name`, which plays the act of each of `stages`; these start with the network's first one."""
    hand = Stagehand(cell_size([as_grid(stage.shape) for stage in stages if len(stage.shape) == 3]))
    for clock, stage in enumerate(stages):
        ACTS[stem(stage)](stage, hand, float(clock))
    told = tuple(
        SceneStage(s.name, stem(s), title(s), clause(s), s.shape, s.parameters, colours, clock + 0.9)
        for clock, (s, colours) in enumerate(zip(stages, colour_maps(stages), strict=True))
    )
    return Scene(name, WIDTH, HEIGHT, told, tuple(actor.actor() for actor in hand.cast))
