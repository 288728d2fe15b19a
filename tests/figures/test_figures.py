"""Every figure there is, and every one that will be added: drawn from a small network, in both themes."""

import pkgutil
import re
from functools import cache
from importlib import import_module

import pytest
from lxml import etree

import genfigs.figures
from genfigs.figures import Figure
from genfigs.network.tiny_cnn import network
from genfigs.theme import THEMES, Theme, levels
from genfigs.writers import still
from tests.figures.material import results

PLACEHOLDERS = re.compile(
    r"\b(todo|tbd|fixme|xxx|lorem|ipsum|placeholder|alt text|untitled|nan|inf|none)\b", re.I
)
HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
PAINT = ("fill", "stroke", "stop-color", "color", "flood-color")


def discovered() -> list[tuple[str, str]]:
    """Return (module, figure name) of every figure; families name their members."""
    found = []
    stages = tuple(stage.name for stage in network.stages)
    for info in pkgutil.iter_modules(genfigs.figures.__path__, "genfigs.figures."):
        name = info.name.rpartition(".")[2]
        if not name.startswith("_"):
            module = import_module(info.name)
            members = module.names(stages) if hasattr(module, "names") else [name.replace("_", "-")]
            found += [(info.name, member) for member in members]
    return found


FIGURES = discovered()
every_figure = pytest.mark.parametrize(("module", "name"), FIGURES, ids=[name for _, name in FIGURES])
both_themes = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


@cache
def drawn(module: str, name: str) -> Figure:
    """Return the figure, drawn once."""
    return import_module(module).draw(results(), name)


@cache
def written(module: str, name: str, theme_name: str) -> bytes:
    """Return the figure's still as SVG, written once."""
    return still(drawn(module, name), next(theme for theme in THEMES if theme.name == theme_name))


def painted(svg: bytes) -> set[str]:
    """Return the hex colours that an SVG paints with: in attributes, and in styles of both kinds."""
    words = []
    for element in etree.fromstring(svg).iter("*"):
        words += [element.get(name, "") for name in (*PAINT, "style")]
        if etree.QName(element).localname == "style":
            words.append(element.text or "")
    return {colour.lower() for word in words for colour in HEX.findall(word)}


def palette(theme: Theme) -> set[str]:
    """Return every colour a figure may paint with."""
    roles = {value for value in vars(theme).values() if isinstance(value, str) and value.startswith("#")}
    steps = {f"#{bytes(colour).hex()}" for stops in theme.maps.values() for colour in levels(stops)}
    return roles | steps


def test_every_stage_and_the_single_figures_are_discovered() -> None:
    """An empty list would pass every test below."""
    names = {name for _, name in FIGURES}
    assert {f"stage-{stage.name}" for stage in network.stages} < names
    assert {"kernels", "confusion"} < names


def test_no_two_figures_share_a_name() -> None:
    """The second would overwrite the first one's files."""
    names = [name for _, name in FIGURES]
    assert sorted(set(names)) == sorted(names)


@every_figure
def test_a_figure_says_what_it_shows(module: str, name: str) -> None:
    """The text alternative is a sentence of its own, with no gap left in it."""
    alt = drawn(module, name).alt
    assert len(alt.split()) >= 5
    assert not PLACEHOLDERS.search(alt), alt
    assert not re.search(r"[{}<>]|\bnp\.|array\(", alt), alt


@every_figure
def test_captions_and_tables_hold_words_without_gaps(module: str, name: str) -> None:
    """A table is rectangular: it becomes an HTML table."""
    figure = drawn(module, name)
    assert not PLACEHOLDERS.search(figure.caption)
    assert len({len(row) for row in figure.table}) <= 1


@every_figure
@both_themes
def test_a_figure_is_a_picture_of_the_size_it_promises(module: str, name: str, theme: Theme) -> None:
    """Width and height are positive, and the drawing has their proportions; the page reserves that room."""
    figure = drawn(module, name)
    assert figure.width > 0
    assert figure.height > 0
    root = etree.fromstring(written(module, name, theme.name))
    assert etree.QName(root).localname == "svg"
    _, _, width, height = map(float, root.get("viewBox").split())
    assert width / height == pytest.approx(figure.width / figure.height, rel=0.01)


@every_figure
@both_themes
def test_a_figure_paints_only_with_colours_of_the_theme(module: str, name: str, theme: Theme) -> None:
    """Roles and colour maps; black and white that a library puts in by itself count as strangers."""
    strangers = painted(written(module, name, theme.name)) - palette(theme)
    assert not strangers


@every_figure
def test_the_two_themes_are_two_pictures(module: str, name: str) -> None:
    """A figure that ignores the theme shows light paper on a dark page."""
    light, dark = (painted(written(module, name, theme.name)) for theme in THEMES)
    assert light != dark


@every_figure
def test_a_figure_loads_nothing_from_elsewhere(module: str, name: str) -> None:
    """Pictures inside are data; the page makes no request to another host."""
    root = etree.fromstring(written(module, name, "light"))
    addresses = [
        value for element in root.iter("*") for key, value in element.items() if key.endswith("href")
    ]
    assert all(address.startswith(("data:", "#")) for address in addresses)
    assert not root.findall(".//{*}script")


@pytest.mark.parametrize("colour", ["#123456", "#fff"])
def test_the_colour_check_sees_a_stranger(colour: str) -> None:
    """In an attribute and in a style."""
    shapes = f'<path fill="{colour}"/><path style="stroke: {colour}"/>'
    shape = f'<svg xmlns="http://www.w3.org/2000/svg">{shapes}</svg>'
    assert painted(shape.encode()) - palette(THEMES[0]) == {colour}
