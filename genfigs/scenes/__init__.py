"""Scenes: actors whose properties are keyframed on a clock `t` that counts stages.

A scene holds no pixels. Its actors name what they show (`conv1/3` is channel 3 of stage `conv1`), and a
player brings the numbers: the browser for the image the reader chose, the writers for the sample the pictures
are made from. The browser's twin of this module is `docs/assets/js/scene.js`; a test holds the two together.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

State = dict[str, float]


def round3(value: float) -> float:
    """Return `value` to a thousandth: what is written to JSON is exactly what Python plays."""
    return round(float(value), 3) + 0.0


@dataclass(frozen=True)
class Track:
    """One property over time: constant before the first and after the last keyframe, eased in between."""

    times: tuple[float, ...]
    values: tuple[float, ...]
    linear: bool = False

    def at(self, t: float) -> float:
        """Return the value at clock `t`; of two keyframes at the same time the later one holds."""
        after = bisect_right(self.times, t)
        if after == 0:
            return self.values[0]
        if after == len(self.times):
            return self.values[-1]
        start, stop = self.times[after - 1], self.times[after]
        progress = (t - start) / (stop - start)
        eased = progress if self.linear else progress * progress * (3 - 2 * progress)
        return self.values[after - 1] + (self.values[after] - self.values[after - 1]) * eased


@dataclass(frozen=True)
class Actor:
    """One thing on the stage: its kind, what never changes about it, and its keyframed properties."""

    name: str
    kind: str
    facts: Mapping[str, Any]
    tracks: Mapping[str, Track]

    def at(self, t: float) -> State:
        """Return every property at clock `t`."""
        return {prop: track.at(t) for prop, track in self.tracks.items()}


@dataclass(frozen=True)
class SceneStage:
    """What the head line and the cards say about one stage, and the clock at which its still is taken."""

    name: str
    stem: str
    title: str
    clause: str
    shape: tuple[int, ...]
    parameters: int
    colour_map: str
    still: float

    @property
    def numbers(self) -> int:
        """Return how many numbers the stage holds."""
        product = 1
        for size in self.shape:
            product *= size
        return product


@dataclass(frozen=True)
class Scene:
    """A stage area of `width` x `height` units, actors in drawing order, and the stages the clock counts."""

    name: str
    width: int
    height: int
    stages: tuple[SceneStage, ...]
    actors: tuple[Actor, ...]

    @property
    def duration(self) -> float:
        """Return the last meaningful clock value."""
        return float(len(self.stages))

    def at(self, t: float) -> dict[str, State]:
        """Return the state of every actor at clock `t`; a pure function of `t`."""
        return {actor.name: actor.at(t) for actor in self.actors}

    def stage_at(self, t: float) -> SceneStage:
        """Return the stage whose turn it is at clock `t`."""
        return self.stages[min(max(int(t), 0), len(self.stages) - 1)]


class Choreography:
    """Collects an actor's keyframes move by move; `actor()` freezes it."""

    def __init__(self, name: str, kind: str, facts: Mapping[str, Any], **start: float) -> None:
        self.name, self.kind, self.facts = name, kind, dict(facts)
        self._keys: dict[str, list[tuple[float, float]]] = {
            prop: [(0.0, round3(value))] for prop, value in start.items()
        }
        self._linear: set[str] = set()

    def now(self, prop: str) -> float:
        """Return the value the property has reached so far."""
        return self._keys[prop][-1][1]

    def move(self, start: float, stop: float, **targets: float) -> "Choreography":
        """Ease every named property from where it is to its target between `start` and `stop`."""
        for prop, target in targets.items():
            keys = self._keys[prop]
            if round3(target) == keys[-1][1]:
                continue
            if round3(start) > keys[-1][0] or len(keys) == 1:
                keys.append((round3(start), keys[-1][1]))
            keys.append((round3(stop), round3(target)))
        return self

    def jump(self, time: float, **targets: float) -> "Choreography":
        """Set every named property at once."""
        return self.move(time, time, **targets)

    def linear(self, *props: str) -> "Choreography":
        """Play the named properties without easing."""
        self._linear.update(props)
        return self

    def actor(self) -> Actor:
        """Return the finished actor."""
        return Actor(self.name, self.kind, self.facts, {prop: self._track(prop) for prop in self._keys})

    def _track(self, prop: str) -> Track:
        keys = self._keys[prop]
        keys = keys[1:] if len(keys) > 1 and keys[1][1] == keys[0][1] else keys
        times, values = zip(*keys, strict=True)
        return Track(times, values, prop in self._linear)


def to_json(scene: Scene) -> dict[str, Any]:
    """Return the scene as the browser reads it; a property that never changes is a bare number."""

    def track(one: Track) -> float | list[Any]:
        if len(one.times) == 1:
            return one.values[0]
        return [list(one.times), list(one.values), *([1] if one.linear else [])]

    return {
        "name": scene.name,
        "width": scene.width,
        "height": scene.height,
        "stages": [_stage_json(stage) for stage in scene.stages],
        "actors": [
            {
                "name": actor.name,
                "kind": actor.kind,
                **actor.facts,
                "tracks": {prop: track(one) for prop, one in actor.tracks.items()},
            }
            for actor in scene.actors
        ],
    }


def _stage_json(stage: SceneStage) -> dict[str, Any]:
    return {
        "name": stage.name,
        "stem": stage.stem,
        "title": stage.title,
        "clause": stage.clause,
        "shape": list(stage.shape),
        "parameters": stage.parameters,
        "map": stage.colour_map,
        "still": stage.still,
    }


def scan_cell(scan: float, rows: int, columns: int) -> tuple[int, int]:
    """Return the (row, column) a kernel stands on once it has done the fraction `scan` of all positions."""
    index = min(filled_cells(scan, rows, columns), rows * columns - 1)
    return index // columns, index % columns


def filled_cells(scan: float, rows: int, columns: int) -> int:
    """Return how many cells of a map are filled once the fraction `scan` of its positions is done."""
    count = rows * columns  # first, for the order of two products decides how they round
    return min(int(scan * count), count)


__all__ = [
    "Actor",
    "Choreography",
    "Scene",
    "SceneStage",
    "State",
    "Track",
    "filled_cells",
    "round3",
    "scan_cell",
    "to_json",
]
