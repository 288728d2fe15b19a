"""SVG from the ground up: elements, numbers, matrices, curves, cells as PNGs. Bytes are deterministic."""

import base64
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from jaxtyping import UInt8
from lxml import etree
from PIL import Image

from genfigs.scenes import State
from genfigs.scenes.exhibit import Picture
from genfigs.theme import Theme, level_index, levels

SVG = "http://www.w3.org/2000/svg"
UNPREFIXED: dict[Any, str] = {None: SVG}
Element: TypeAlias = etree._Element
Number = int | float
Point = tuple[Number, Number]


def fmt(value: Number) -> str:
    """Return `value` with at most two decimals and no trailing zeros."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def node(parent: Element | None, tag: str, text: str | None = None, /, **attributes: object) -> Element:
    """Append an SVG element; underscores in attribute names become hyphens, floats are shortened."""
    element = etree.Element(f"{{{SVG}}}{tag}", nsmap=UNPREFIXED)
    for name, value in attributes.items():
        shown = fmt(value) if isinstance(value, float) else str(value)
        element.set(name.rstrip("_").replace("_", "-"), shown)
    element.text = text
    if parent is not None:
        parent.append(element)
    return element


def text(parent: Element, x: Number, y: Number, words: str, fill: str, **more: object) -> Element:
    """Append a line of text, 18 units high unless told otherwise."""
    return node(parent, "text", words, x=float(x), y=float(y), fill=fill, **{"font_size": 18, **more})


def image(parent: Element, address: str, **attributes: object) -> Element:
    """Append a picture whose pixels stay sharp squares and fill the given size."""
    sharp = {"preserveAspectRatio": "none", "style": "image-rendering:pixelated"}
    return node(parent, "image", href=address, **attributes, **sharp)


def to_bytes(document: Element) -> bytes:
    """Return the document as UTF-8 with an XML declaration."""
    etree.cleanup_namespaces(document)
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


@cache
def _palette(stops: tuple[str, ...]) -> bytes:
    return levels(stops).tobytes()


def png(
    indices: UInt8[np.ndarray, "rows columns"], stops: tuple[str, ...], filled: int | None = None
) -> bytes:
    """Return an indexed PNG, one pixel per cell; cells past the first `filled` are transparent."""
    palette = np.frombuffer(_palette(stops), np.uint8).reshape(256, 3)
    if filled is None:
        used, places = np.unique(indices, return_inverse=True)  # a small palette makes a small file
        image = Image.frombytes("P", indices.shape[::-1], places.astype(np.uint8).tobytes())
        image.putpalette(palette[used].tobytes())
    else:
        colours = palette[indices]
        alpha = (np.arange(indices.size) < filled).reshape(indices.shape) * np.uint8(255)
        image = Image.fromarray(np.dstack([colours, alpha]))
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def data_uri(picture: Picture, theme: Theme, filled: int | None = None) -> str:
    """Return a picture's cells as a `data:` address."""
    indices = level_index(picture.values, picture.colour_map, picture.scale)
    encoded = base64.b64encode(png(indices, theme.maps[picture.colour_map], filled)).decode()
    return f"data:image/png;base64,{encoded}"


def matrix(state: State) -> str:
    """Return the SVG transform that maps (column, row) of a sheet to the stage."""
    return "matrix({} {} 0 {} {} {})".format(*(fmt(state[prop]) for prop in ("a", "b", "d", "x", "y")))


def parallelogram(state: State, column: Number, row: Number, columns: Number, rows: Number) -> str:
    """Return the outline of a block of a sheet's cells as path data."""
    corner_x = state["x"] + state["a"] * column
    corner_y = state["y"] + state["b"] * column + state["d"] * row
    across, rise, down = state["a"] * columns, state["b"] * columns, state["d"] * rows
    return (
        f"M{fmt(corner_x)} {fmt(corner_y)}l{fmt(across)} {fmt(rise)}v{fmt(down)}l{fmt(-across)} {fmt(-rise)}Z"
    )


def curve(start: Point, stop: Point, drawn: float) -> str:
    """Return the first part, of share `drawn`, of an S-shaped cubic from `start` to `stop` as path data."""
    bend = (stop[1] - start[1]) * 0.6
    points = [start, (start[0], start[1] + bend), (stop[0], stop[1] - bend), stop]
    kept = [points[0]]
    while len(points) > 1:  # de Casteljau: the left part's control points are the first of every round
        points = [(p[0] + (q[0] - p[0]) * drawn, p[1] + (q[1] - p[1]) * drawn) for p, q in pairwise(points)]
        kept.append(points[0])
    (x, y), *rest = kept
    return f"M{fmt(x)} {fmt(y)}C" + " ".join(f"{fmt(px)} {fmt(py)}" for px, py in rest)
