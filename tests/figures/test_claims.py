"""The figures of section 6 say what was measured, and nothing in them collides."""

from dataclasses import replace

import numpy as np
import pytest

from genfigs.experiments import Study, ablation, bill, equivariance
from genfigs.figures import Mosaic
from genfigs.figures import ablation as ablation_figure
from genfigs.figures import bill as bill_figure
from genfigs.figures import data_size as data_size_figure
from genfigs.figures import equivariance as equivariance_figure
from genfigs.figures import locality as locality_figure
from genfigs.figures import shifts as shifts_figure
from genfigs.figures._plots import CONTENDERS, Plane, apart, shares
from tests.figures.exhibits import NETWORKS, results
from tests.network.stripes import dataset

SIZES = {f"{name}_parameters": count for name, count in zip(CONTENDERS, (5258, 104950, 5575), strict=True)}


def measured(experiment, values, network=None):
    drawn = results(network or NETWORKS["the chapter's"])
    return replace(drawn, values={f"{experiment}.{key}": value for key, value in values.items()})


def curves(names, count, start=0.5):
    means = {name: list(np.linspace(start, start + 0.1 * (i + 1), count)) for i, name in enumerate(names)}
    return means | {f"{name}_spread": [0.02] * count for name in names}


def texts(figure):
    assert isinstance(figure.picture, Mosaic)
    return [word.text for word in figure.picture.words]


def inside(figure):
    """Return whether every line, tile and anchor of a word lies on the panel."""
    mosaic = figure.picture
    points = [point for line in mosaic.lines for point in line.points]
    points += [(word.x, word.y) for word in mosaic.words]
    points += [(tile.x + tile.width, tile.y + tile.height) for tile in mosaic.tiles]
    return all(0 <= x <= mosaic.width and 0 <= y <= mosaic.height for x, y in points)


def test_a_value_lies_where_its_share_of_the_scale_says():
    plane = Plane(0.0, 100.0, 0.0, 50.0, (10, 1000), (0, 1), (True, False))
    assert plane.at(100, 0.5) == pytest.approx((50, 25))
    assert plane.at(10, 1) == pytest.approx((0, 0))


def test_labels_keep_their_order_and_their_distance_and_stay_above_the_foot():
    placed = apart({"a": 98.0, "b": 99.0, "c": 10.0}, 20.0, 100.0)
    assert placed == {"c": 10, "a": 80, "b": 100}
    assert list(shares(0.8).values()) == ["80%", "90%", "100%"]


@pytest.mark.parametrize("sizes", [[100, 1_000, 30_000], [50]])
def test_the_data_figure_tells_both_ends_of_every_curve(sizes):
    values = {"sizes": sizes, "seeds": 5, **SIZES, **curves(CONTENDERS, len(sizes))}
    figure = data_size_figure.draw(measured("data_size", values), "data-size")
    assert inside(figure)
    assert f"from {values['cnn'][0]:.1%} to {values['cnn'][-1]:.1%}" in figure.alt
    assert figure.table[1][1] == f"{100 * values['cnn'][0]:.1f}% ± 2.0"
    assert len(figure.table) == 1 + len(sizes)


def test_the_shift_figure_has_a_panel_for_either_training():
    names = [f"{name}{suffix}" for name in CONTENDERS for suffix in ("", "_trained")]
    values = {"distances": [0, 4, 8], "far": 4, "farthest": 8, "ink_lost_far": 0.01, "ink_lost_farthest": 0.1}
    values |= SIZES | curves(names, 3, 0.2)
    values |= {f"{name}_{key}": 0.3 for name in names for key in ("still", "far")}
    figure = shifts_figure.draw(measured("shifts", values), "shifts")
    assert inside(figure)
    assert "right answers, trained on moved images" in texts(figure)
    assert "10% by 8" in " ".join(texts(figure))
    assert len(figure.table[0]) == 7


def test_the_shuffle_figure_shows_the_very_shuffle_and_both_accuracies():
    points = {f"{name}_{kind}": 0.9 for name in CONTENDERS for kind in ("plain", "shuffled", "cost")}
    values = {"seeds": 5, **SIZES, **points, **{f"{key}_spread": 0.01 for key in points}, "cnn_shuffled": 0.8}
    figure = locality_figure.draw(measured("locality", values), "locality")
    plain, mixed = (tile.picture.values for tile in figure.picture.tiles)
    np.testing.assert_array_equal(np.sort(plain, axis=None), np.sort(mixed, axis=None))
    assert not np.array_equal(plain, mixed)
    assert inside(figure)
    assert "90.0% → 80.0%" in texts(figure)


@pytest.mark.parametrize("variants", [list(ablation.NAMES), ["whole"]])
def test_the_ablation_figure_has_a_row_per_variant_there_is(variants):
    values = {"variants": variants, "seeds": 3, "images": 10_000}
    for name in variants:
        values |= {
            name: 0.95,
            f"{name}_spread": 0.01,
            f"{name}_parameters": 10,
            f"{name}_multiplications": 99,
        }
    figure = ablation_figure.draw(measured("ablation", values), "ablation")
    assert inside(figure)
    assert [row[0] for row in figure.table[1:]] == [ablation.NAMES[name] for name in variants]


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_the_bill_and_the_two_decks_can_be_drawn_for_other_networks(network):
    drawn = results(network)
    study = Study(network, drawn.params, dataset(100), quick=True, seed=0)
    figure = bill_figure.draw(measured("bill", bill.measure(study), network), "bill")
    assert inside(figure)
    assert "9 trillion" in texts(figure)
    figure = equivariance_figure.draw(
        measured("equivariance", equivariance.measure(study), network), "equivariance"
    )
    assert inside(figure)
    assert "conv1: 0% after 1" in figure.alt or network.stages[1].layer.strides > 1


@pytest.mark.parametrize(
    ("count", "words"), [(224, "224"), (615_440, "615,440"), (14.4e9, "14.4 billion"), (9e12, "9 trillion")]
)
def test_large_counts_are_written_in_words(count, words):
    assert bill_figure.rounded(count) == words
