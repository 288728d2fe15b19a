"""A clip as one SVG that plays by itself, once, without a script; under reduced motion it shows its end.

Every actor is drawn at each sampled moment; attributes that differ between moments become CSS keyframes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from genfigs.figures import Clip
from genfigs.scenes import Actor, Scene, State, filled_cells
from genfigs.scenes.exhibit import Picture
from genfigs.writers.painter import Block, Painter
from genfigs.writers.svg import Element, Point, curve, data_uri, fmt, image, matrix, node, to_bytes

SAMPLES = 30
SECONDS = 4.0  # under the five after which moving content needs a stop button (WCAG 2.2.2)
ANIMATED = ("transform", "opacity", "x", "y", "width", "height", "stroke-dashoffset", "clip-path", "fill")


class MotionPainter(Painter):
    """Draws the same things so that nothing but animatable attributes differs between two moments."""

    def cells(self, group: Element, picture: Picture, state: State) -> None:
        """Append all cells; those of rows not yet filled are clipped."""
        rows, columns = picture.values.shape
        sheet = image(
            group, data_uri(picture, self.theme), width=columns, height=rows, transform=matrix(state)
        )
        if "scan" in state:
            hidden = 100 - 100 * (filled_cells(state["scan"], rows, columns) // columns) / rows
            sheet.set("clip-path", f"inset(0 0 {fmt(hidden)}% 0)")

    def outline(self, group: Element, state: State, block: Block, colour: str, stroke: int) -> None:
        """Append a rectangle that the sheet's matrix shears."""
        column, row, columns, rows = block
        x = state["x"] + state["a"] * column
        y = state["y"] + state["b"] * column + state["d"] * row
        place = {**state, "x": x, "y": y}
        more = {"fill": "none", "stroke": colour, "stroke_width": stroke}
        size = {"width": columns, "height": rows, "vector_effect": "non-scaling-stroke"}
        node(group, "rect", transform=matrix(place), **size, **more)

    def curve(
        self, group: Element, start: Point, stop: Point, drawn: float, stroke: dict[str, object]
    ) -> None:
        """Append the whole line, dashed so that only its drawn share shows."""
        dash = {"pathLength": 1, "stroke_dasharray": 1, "stroke_dashoffset": 1 - drawn}
        node(group, "path", d=curve(start, stop, 1.0), **dash, **stroke)


@dataclass
class StyleSheet:
    """Collects keyframes; equal ones are written once."""

    names: dict[str, str] = field(default_factory=dict)

    def name(self, keyframes: str) -> str:
        """Return the animation name of a keyframes body."""
        return self.names.setdefault(keyframes, f"k{len(self.names)}")

    def text(self) -> str:
        """Return the style sheet."""
        rules = [f"@keyframes {name}{{{body}}}" for body, name in self.names.items()]
        timing = (
            f"animation-duration:{fmt(SECONDS)}s;animation-timing-function:linear;animation-fill-mode:both"
        )
        still = "@media(prefers-reduced-motion:reduce){[class]{animation:none!important}}"
        return "".join([f".m{{{timing}}}.s{{{timing.replace('linear', 'step-end')}}}", *rules, still])


def animated_svg(clip: Clip, painter: MotionPainter) -> bytes:
    """Return the clip, from its start to its stop, as an SVG document that plays once."""
    scene = clip.scene
    moments = [clip.start + (clip.stop - clip.start) * i / (SAMPLES - 1) for i in range(SAMPLES)]
    stage = scene.stage_at(clip.start)
    root, area = painter.document(f"{stage.title}: {stage.clause}")
    painter.head(root, stage)
    sheet = StyleSheet()
    for actor, states in visible(scene, moments):
        drawn = [painter.draw(area, actor, state) for state in states]
        for moment in drawn[:-1]:
            area.remove(moment)
        animate(drawn, sheet, "s" if actor.kind == "window" else "m")
    root.insert(0, node(None, "style", sheet.text()))
    return to_bytes(root)


def visible(scene: Scene, moments: list[float]) -> Iterator[tuple[Actor, list[State]]]:
    """Yield every actor that shows at one of the moments, with its states at all of them."""
    for actor in scene.actors:
        states = [actor.at(t) for t in moments]
        if any(state["opacity"] > 0 for state in states):
            yield actor, states


def animate(drawn: list[Element], sheet: StyleSheet, timing: str) -> None:
    """Give every element of the last drawing keyframes for what differed in the earlier ones."""
    for versions in zip(*(group.iter() for group in drawn), strict=True):
        last = versions[-1]
        names = [name for name in ANIMATED if len({version.get(name) for version in versions}) > 1]
        bodies = [body(name, [version.get(name, "1") for version in versions]) for name in names]
        if bodies:
            last.set("class", timing)
            last.set("style", f"animation-name:{','.join(sheet.name(text) for text in bodies)}")
    _keep_sharp(drawn[-1])


def _keep_sharp(group: Element) -> None:
    for element in group.iter("{*}image"):
        style = element.get("style", "")
        if "pixelated" not in style:
            element.set("style", f"{style};image-rendering:pixelated")


def body(name: str, values: list[str]) -> str:
    """Return keyframes for one property; moments inside a stretch that does not change are left out."""
    unit = "px" if name in ("x", "y", "width", "height") else ""
    kept = []
    for index, value in enumerate(values):
        around = values[max(index - 1, 0) : index + 2]
        if len(set(around)) > 1 or index in (0, len(values) - 1):
            shown = value.replace(" ", ",") if name == "transform" else value
            kept.append(f"{fmt(100 * index / (len(values) - 1))}%{{{name}:{shown}{unit}}}")
    return "".join(kept)
