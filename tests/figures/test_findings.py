"""What holds for every figure of what the layers find, whatever the network and whatever the classes."""

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from lxml import etree
from matplotlib import get_data_path
from PIL import ImageFont

from genfigs import writers
from genfigs.errors import UserError
from genfigs.figures import Frames
from tests.figures import exhibits

NAMES = ("learning", "filters", "excitations", "edges", "mistakes")
OF_CONVOLUTIONS = NAMES[:-1]


def draw(name, results):
    return import_module(f"genfigs.figures.{name}").draw(results, name)


def mosaics(figure):
    picture = figure.picture
    return [picture.still, *picture.mosaics] if isinstance(picture, Frames) else [picture]


@cache
def font(mono, size):
    name = "DejaVuSansMono.ttf" if mono else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(get_data_path()) / "fonts" / "ttf" / name, size)


def span(word):
    width = font(word.mono, word.size).getlength(word.text)
    start = {"start": word.x, "middle": word.x - width / 2, "end": word.x - width}[word.anchor]
    return start, start + width


@pytest.mark.parametrize("network", exhibits.NETWORKS.values(), ids=exhibits.NETWORKS)
@pytest.mark.parametrize("name", NAMES)
def test_every_network_is_shown_and_nothing_leaves_the_panel(name, network):
    figure = draw(name, exhibits.results(network, exhibits.CLOTHES))
    assert figure.alt.endswith(".")
    for mosaic in mosaics(figure):
        assert mosaic.tiles
        for tile in mosaic.tiles:
            assert 0 <= tile.x <= tile.x + tile.width <= mosaic.width
            assert 0 <= tile.y <= tile.y + tile.height <= mosaic.height
        for word in mosaic.words:
            assert 0 < word.y < mosaic.height
            assert span(word)[0] >= 0, word
            assert span(word)[1] <= mosaic.width, word


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_has_a_table_whose_rows_are_as_long_as_its_head(name):
    head, *rows = draw(name, exhibits.results(exhibits.NETWORKS["the chapter's"])).table
    assert rows
    assert {len(row) for row in rows} == {len(head)}


@pytest.mark.parametrize("name", NAMES)
def test_both_themes_are_written_the_same_way_twice_and_differ(name):
    figure = draw(name, exhibits.results(exhibits.NETWORKS["4 filters"]))
    first, second = writers.render(figure), writers.render(figure)
    assert first == second
    assert first["light.svg"] != first["dark.svg"]
    width = etree.fromstring(first["light.svg"]).get("width")
    assert int(width) == figure.width


@pytest.mark.parametrize("name", OF_CONVOLUTIONS)
def test_a_network_without_a_convolution_is_refused_by_name(name):
    with pytest.raises(UserError, match=f"`{name}` must have a convolution"):
        draw(name, exhibits.results(exhibits.PLAIN))
