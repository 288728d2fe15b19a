"""A mosaic of sharp-celled tiles, lines and words as SVG."""

from genfigs.figures import Line, Mosaic
from genfigs.theme import MONOSPACE, SANS, Theme
from genfigs.writers.svg import Element, data_uri, fmt, image, node, text


def mosaic_svg(mosaic: Mosaic, theme: Theme, label: str) -> Element:
    """Return the mosaic in one theme."""
    root = empty(mosaic)
    node(root, "title", label)
    draw(root, mosaic, theme)
    return root


def empty(mosaic: Mosaic) -> Element:
    """Return a document of the mosaic's size."""
    return node(
        None,
        "svg",
        viewBox=f"0 0 {mosaic.width} {mosaic.height}",
        width=mosaic.width,
        height=mosaic.height,
        role="img",
        font_family=SANS,
    )


def draw(root: Element, mosaic: Mosaic, theme: Theme) -> None:
    """Append the mosaic: its panel, then tiles, lines and words."""
    node(root, "rect", width=mosaic.width, height=mosaic.height, fill=theme.panel)
    for tile in mosaic.tiles:
        box = {"x": tile.x, "y": tile.y, "width": tile.width, "height": tile.height}
        image(root, data_uri(tile.picture, theme), **box)
        node(root, "rect", **box, fill="none", stroke=theme.line)
    for line in mosaic.lines:
        stroke(root, line, theme)
    for word in mosaic.words:
        family = {"font_family": MONOSPACE} if word.mono else {}
        colour = getattr(theme, word.role)
        text(root, word.x, word.y, word.text, colour, font_size=word.size, text_anchor=word.anchor, **family)


def stroke(root: Element, line: Line, theme: Theme) -> None:
    """Append a line; of a single point, the round ends make a dot."""
    points = line.points if len(line.points) > 1 else line.points * 2
    path = "M" + "L".join(f"{fmt(x)} {fmt(y)}" for x, y in points)
    round_ends = {"stroke_linecap": "round", "stroke_linejoin": "round"}
    colour = getattr(theme, line.role)
    node(root, "path", d=path, fill="none", stroke=colour, stroke_width=line.thickness, **round_ends)
