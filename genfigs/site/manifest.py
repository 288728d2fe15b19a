"""The manifest of generated figures, as the site reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any

from genfigs.errors import UserError

FOLDER = "figures"
"""Where everything generated lies, relative to the folder of Markdown pages."""

PROSE_DATA = "handwriting"
"""The data that the words are written for; with other data, pictures and numbers follow, but sentences cannot."""

Value = bool | int | float | str | list[Any]


@dataclass(frozen=True)
class Figure:
    """One generated figure: how it is described, its size in CSS pixels, the suffixes of its files, its numbers.

    `file` and `line` are those of the code that draws it, `parameters` what that was given, `seconds` how long it
    took, which a finished site no longer says.
    `error` says why the last build could not draw it anew; the files, if there are any, are then the last good ones.
    """

    name: str
    alt: str
    caption: str
    width: int
    height: int
    suffixes: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()
    file: str = ""
    line: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = None
    error: str = ""

    @property
    def themed(self) -> bool:
        """True when there is one still for the light theme and one for the dark one."""
        return {"light.svg", "dark.svg"} <= set(self.suffixes)


@dataclass(frozen=True)
class Layer:
    """One stage of the network: the shape of its output and the numbers it learned."""

    name: str
    shape: tuple[int, ...]
    parameters: int

    @property
    def numbers(self) -> int:
        """How many numbers the stage's output holds."""
        return prod(self.shape)


@dataclass(frozen=True)
class SceneStage:
    """One stage of a scene: its name, and the title the reader sees."""

    name: str
    title: str


@dataclass(frozen=True)
class Manifest:
    """Everything a page may refer to."""

    figures: Mapping[str, Figure]
    layers: Mapping[str, Layer]
    scenes: Mapping[str, tuple[SceneStage, ...]]
    values: Mapping[str, Value]
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_what_the_prose_is_about(self) -> bool:
        """True for a whole build of the data that the words are written for."""
        return self.values.get("data.name") == PROSE_DATA and not self.values.get("build.quick")

    def origin(self, name: str) -> str:
        """Return in words where the value `name` comes from: what computed it, how often, from which data."""
        family = name.partition(".")[0]
        seeds = self.values.get(f"{family}.seeds")
        parts = [
            f"{name}, computed by the build",
            self.origins.get(family, ""),
            f"{seeds} seeds" if isinstance(seeds, int) else "",
            f"data: {self.values.get('data.name', '')}, seed {self.values.get('build.seed', 0)}",
        ]
        return "; ".join(filter(None, parts))


def load(docs: Path) -> Manifest:
    """Return the manifest of the figures below `docs`; read again only when the file changed.

    Raises: UserError if there is none, or if it is not a whole manifest.
    """
    path = docs / FOLDER / "manifest.json"
    shown = f"{docs.name}/{FOLDER}/manifest.json"
    try:
        stat = path.stat()
    except OSError:
        raise UserError(f"`{shown}` must exist; got no such file; run `nox -s figures`") from None
    try:
        return _read(path, stat.st_mtime_ns, stat.st_size)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        got = f"{type(error).__name__}: {error}"
        raise UserError(f"`{shown}` must be a whole manifest; got {got}; run `nox -s figures`") from None


@lru_cache(maxsize=4)
def _read(path: Path, modified: int, size: int) -> Manifest:
    """Return the parsed file; `modified` and `size` only tell one version of it from the next."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Manifest(
        figures={name: _figure(name, entry) for name, entry in data["figures"].items()},
        layers={entry["name"]: _layer(entry) for entry in data["network"]["layers"]},
        scenes={name: _stages(scene) for name, scene in data.get("scenes", {}).items()},
        values=data["values"],
        origins={name: f"{entry['about']} ({entry['file']})" for name, entry in data.get("origins", {}).items()},
    )


def _figure(name: str, entry: Mapping[str, Any]) -> Figure:
    return Figure(
        name=name,
        alt=entry["alt"],
        caption=entry.get("caption") or "",
        width=round(entry["width"]),
        height=round(entry["height"]),
        suffixes=tuple(entry["files"]),
        table=tuple(tuple(row) for row in entry.get("table") or ()),
        **entry.get("source", {}),
        parameters=entry.get("parameters", {}),
        seconds=entry.get("seconds"),
        error=entry.get("error") or "",
    )


def _layer(entry: Mapping[str, Any]) -> Layer:
    return Layer(entry["name"], tuple(entry["shape"]), entry["parameters"])


def _stages(scene: Mapping[str, Any]) -> tuple[SceneStage, ...]:
    return tuple(SceneStage(stage["name"], stage["title"]) for stage in scene["stages"])
