"""The tape: every tensor of a scene as a small block drawn to scale, and a link to its stage."""

import math
from collections.abc import Iterable
from xml.etree import ElementTree

from markdown.util import AtomicString

from genfigs.site.manifest import Layer

RUN, RISE = 0.5, 0.27  # one column of a sheet goes this far right and up: the figure's own projection
STRIP_HEIGHT = 4.0
STRIP_DECADE = 22.0  # width of a strip per factor of ten: 10 and 400 numbers both stay readable
MARGIN = 1.0  # room for half a line on every side

Point = tuple[float, float]


def tape(layers: Iterable[Layer]) -> ElementTree.Element:
    """Return the navigation with one link per stage, in order."""
    nav = ElementTree.Element("nav", {"class": "tape", "aria-label": "Stages of the network"})
    items = ElementTree.SubElement(nav, "ol")
    for layer in layers:
        item = ElementTree.SubElement(items, "li")
        link = ElementTree.SubElement(item, "a", {"href": f"#stage-{layer.name}", "data-stage": layer.name})
        link.append(block(layer.shape))
        link.append(_label("tape__name", layer.name))
        link.append(_label("tape__shape", "×".join(map(str, layer.shape))))
    return nav


def block(shape: tuple[int, ...]) -> ElementTree.Element:
    """Return the block of a tensor: one unit per row, column and channel; a strip for a vector."""
    faces = _deck_faces(*shape) if len(shape) == 3 else [_strip(math.prod(shape))]
    right = max(x for face in faces for x, _ in face)
    bottom = max(y for face in faces for _, y in face)
    width, height = right + 2 * MARGIN, bottom + 2 * MARGIN
    svg = ElementTree.Element(
        "svg",
        {
            "class": "tape__block",
            "viewBox": f"{-MARGIN:g} {-MARGIN:g} {width:.4g} {height:.4g}",
            "width": f"{width:.4g}",
            "height": f"{height:.4g}",
            "aria-hidden": "true",
            "focusable": "false",
        },
    )
    for face in faces:
        corners = " ".join(f"{x:.4g},{y:.4g}" for x, y in face)
        ElementTree.SubElement(svg, "polygon", {"class": "tape__face", "points": corners})
    return svg


def _deck_faces(rows: int, columns: int, channels: int) -> list[list[Point]]:
    """Return the far edge, the top and the first sheet of a deck, as corners."""
    run, rise, depth = RUN * columns, RISE * columns, float(channels)
    far = [(run, 0.0), (run + depth, 0.0), (run + depth, float(rows)), (run, float(rows))]
    top = [(0.0, rise), (run, 0.0), (run + depth, 0.0), (depth, rise)]
    sheet = [(0.0, rise), (run, 0.0), (run, float(rows)), (0.0, rise + rows)]
    return [far, top, sheet]


def _strip(numbers: int) -> list[Point]:
    width = STRIP_DECADE * max(1.0, math.log10(numbers))
    return [(0.0, 0.0), (width, 0.0), (width, STRIP_HEIGHT), (0.0, STRIP_HEIGHT)]


def _label(name: str, text: str) -> ElementTree.Element:
    label = ElementTree.Element("span", {"class": name})
    label.text, label.tail = AtomicString(text), " "
    return label
