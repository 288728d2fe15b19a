"""A moment of a scene as a picture: every kind of actor in one theme, a head line above, a legend below."""

from typing import Any

import numpy as np

from genfigs.scenes import Actor, Scene, SceneStage, State, filled_cells, scan_cell
from genfigs.scenes.exhibit import Exhibit, Picture
from genfigs.theme import MONOSPACE, SANS, Theme
from genfigs.writers.svg import (
    Element,
    Number,
    Point,
    curve,
    data_uri,
    fmt,
    image,
    matrix,
    node,
    parallelogram,
    text,
)

HEAD, FOOT = 76, 40  # units above and below the stage area, for the head line and the legend
SCORE_HEIGHT, FULL_HEIGHT = 70, 300  # units of the largest score's bar and of the bar of probability 1
Block = tuple[Number, Number, Number, Number]


class Painter:
    """Draws a scene's actors in one theme, with one image's numbers."""

    def __init__(self, scene: Scene, exhibit: Exhibit, theme: Theme) -> None:
        self.scene, self.exhibit, self.theme = scene, exhibit, theme

    def document(self, label: str) -> tuple[Element, Element]:
        """Return an empty picture with its background, and the group that holds the stage area."""
        width, height = self.scene.width, self.scene.height + HEAD + FOOT
        root = node(None, "svg", viewBox=f"0 0 {width} {height}", width=width, height=height, role="img")
        node(root, "title", label)
        node(root, "rect", width=width, height=height, fill=self.theme.panel)
        return root, node(root, "g", transform=f"translate(0 {HEAD})", font_family=SANS)

    def frame(self, t: float) -> Element:
        """Return the whole picture at clock `t`: head line, stage area, legend."""
        stage = self.scene.stage_at(min(t, self.scene.duration - 1e-6))
        root, area = self.document(f"{stage.title}: {stage.clause}")
        self.head(root, stage)
        for actor in self.scene.actors:
            state = actor.at(t)
            if state["opacity"] > 0:
                self.draw(area, actor, state)
        return root

    def draw(self, parent: Element, actor: Actor, state: State) -> Element:
        """Append one actor in one state."""
        painters = {
            "sheet": self._sheet,
            "window": self._window,
            "values": self._values,
            "votes": self._votes,
            "bars": self._bars,
        }
        group = node(parent, "g")
        if state["opacity"] < 1:
            group.set("opacity", fmt(state["opacity"]))
        painters[actor.kind](group, actor, state)
        return group

    def _sheet(self, group: Element, actor: Actor, state: State) -> None:
        rows, columns = actor.facts["rows"], actor.facts["columns"]
        facts = actor.facts
        self.cells(group, self.exhibit.picture(self.scene, facts["image"], facts.get("block", 0)), state)
        self.outline(group, state, (0, 0, columns, rows), self.theme.line, 1)

    def cells(self, group: Element, picture: Picture, state: State) -> None:
        """Append a sheet's cells, as many of them as are filled."""
        rows, columns = picture.values.shape
        filled = filled_cells(state["scan"], rows, columns) if state.get("scan", 1.0) < 1 else None
        address = data_uri(picture, self.theme, filled)
        image(group, address, width=columns, height=rows, transform=matrix(state))

    def outline(self, group: Element, state: State, block: Block, colour: str, stroke: int) -> None:
        """Append the outline of a block of cells: (column, row, columns, rows)."""
        node(group, "path", d=parallelogram(state, *block), fill="none", stroke=colour, stroke_width=stroke)

    def _window(self, group: Element, actor: Actor, state: State) -> None:
        facts = actor.facts
        row, column = (
            facts["stride"] * step + facts["offset"] for step in scan_cell(state["scan"], *facts["steps"])
        )
        self.outline(group, state, (column, row, facts["size"], facts["size"]), self.theme.accent, 2)

    def _values(self, group: Element, actor: Actor, state: State) -> None:
        right = state["x"] + state["a"] * actor.facts["columns"] + 28
        for row, column, value in self.exhibit.probes(actor.facts["image"]):
            x, y = state["x"] + state["a"] * column, state["y"] + state["d"] * row
            size = {"width": state["a"], "height": state["d"]}
            node(group, "rect", x=x, y=y, **size, fill="none", stroke=self.theme.accent, stroke_width=2)
            middle = y + state["d"] / 2
            node(
                group,
                "path",
                d=f"M{fmt(x + state['a'])} {fmt(middle)}H{fmt(right - 6)}",
                stroke=self.theme.accent,
            )
            text(group, right, middle + 6, f"{value:.2f}", self.theme.accent, font_family=MONOSPACE)

    def _votes(self, group: Element, actor: Actor, state: State) -> None:
        facts = actor.facts
        left, right, top = facts["from"]
        pitch = (right - left) / len(self.exhibit.kernels[facts["layer"]])
        for vote in self.exhibit.votes(facts["layer"], facts["count"]):
            start = (left + pitch * (vote.cell + 0.5), float(top))
            stop = (facts["centres"][vote.unit], float(facts["to"]))
            stroke = {
                "fill": "none",
                "stroke": self.theme.positive if vote.strength > 0 else self.theme.negative,
                "stroke_width": 0.5 + 2.0 * abs(vote.strength),
                "stroke_opacity": 0.25 + 0.6 * abs(vote.strength),
            }
            self.curve(group, start, stop, state["draw"], stroke)

    def curve(self, group: Element, start: Point, stop: Point, drawn: float, stroke: dict[str, Any]) -> None:
        """Append the drawn share of one weighted line."""
        node(group, "path", d=curve(start, stop, drawn), **stroke)

    def _bars(self, group: Element, actor: Actor, state: State) -> None:
        *_, logits, probabilities = self.exhibit.tensors.values()
        largest, winner = float(np.abs(logits).max()) or 1.0, int(np.argmax(probabilities))
        for unit, centre in enumerate(actor.facts["centres"]):
            score, share = float(logits[unit]), float(probabilities[unit])
            score_height = SCORE_HEIGHT * score / largest
            rise = state["scores"] * score_height + state["probabilities"] * FULL_HEIGHT * share
            self._bar(
                group, centre, actor.facts["width"], state["baseline"], rise, score, unit == winner, state
            )
            at = (centre, state["baseline"] - rise + (-8 if rise >= 0 else 20))
            self._bar_text(group, at, f"{score:.1f}".replace("-", "−"), state["scores"], self.theme.muted)
            colour = self.theme.accent if unit == winner else self.theme.muted
            self._bar_text(group, at, f"{100 * share:.1f}%", state["probabilities"], colour)
            weight = "700" if unit == winner and state["probabilities"] > 0.5 else "400"
            name, y = self.exhibit.class_names[unit], self.scene.height - 18.0
            text(group, centre, y, name, self.theme.ink, text_anchor="middle", font_weight=weight)

    def _bar(
        self,
        group: Element,
        centre: float,
        width: float,
        base: float,
        rise: float,
        score: float,
        winner: bool,
        state: State,
    ) -> None:
        sign = self.theme.positive if score > 0 else self.theme.negative
        share = self.theme.accent if winner else self.theme.muted
        fill = share if state["probabilities"] > state["scores"] else sign
        size = {"width": width * 0.6, "height": max(abs(rise), 1.0)}
        node(group, "rect", x=centre - width * 0.3, y=min(base, base - rise), **size, fill=fill)

    def _bar_text(self, group: Element, at: Point, words: str, shown: float, colour: str) -> None:
        opacity = max(0.0, 2 * shown - 1)
        moved = f"matrix(1 0 0 1 {fmt(at[0])} {fmt(at[1])})"  # unlike x and y of a text, CSS can animate it
        style = {"text_anchor": "middle", "font_size": 15, "font_family": MONOSPACE}
        text(group, 0, 0, words, colour, opacity=opacity, transform=moved, **style)

    def head(self, root: Element, stage: SceneStage) -> None:
        """Append a stage's head line, name and clause left, shape and count right, and the legend below."""
        theme, right = self.theme, self.scene.width - 24.0
        head = node(root, "g", font_family=SANS)
        text(head, 24.0, 36.0, stage.title, theme.ink, font_size=24, font_weight="700")
        text(head, 24.0, 62.0, stage.clause, theme.muted, font_size=16)
        shape = " × ".join(str(size) for size in stage.shape)
        end = {"text_anchor": "end"}
        text(head, right, 38.0, shape, theme.accent, font_size=26, font_family=MONOSPACE, **end)
        text(head, right, 62.0, f"{stage.numbers:,} numbers", theme.muted, font_size=16, **end)
        self._legend(root, stage)

    def _legend(self, root: Element, stage: SceneStage) -> None:
        if stage.stem in ("dense", "softmax"):
            return  # bars carry their own numbers
        scale = 1.0 if stage.colour_map == "ink" else self.exhibit.scale(stage.name)
        signed = stage.colour_map == "signed"
        x, y = self.scene.width - 224.0, self.scene.height + HEAD + 8.0
        legend = node(root, "g", font_family=MONOSPACE)
        ramp = Picture(np.linspace(-1 if signed else 0, 1, 60)[None], stage.colour_map, 1.0)
        image(legend, data_uri(ramp, self.theme), x=x, y=y, width=120, height=14)
        node(legend, "rect", x=x, y=y, width=120, height=14, fill="none", stroke=self.theme.line)
        small = {"font_size": 14}
        low = f"−{scale:.2g}" if signed else "0"
        text(legend, x - 8, y + 12, low, self.theme.muted, text_anchor="end", **small)
        text(legend, x + 128, y + 12, f"{scale:.2g}", self.theme.muted, **small)
