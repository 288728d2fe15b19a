"""What each kind of layer does on stage is what the network does with the numbers."""

import jax.numpy as jnp
import numpy as np
import pytest

from genfigs.network.layers import AveragePool2D, Conv2D, MaxPool2D
from genfigs.scenes import filled_cells, scan_cell
from tests.scenes.networks import NETWORKS, exhibit_of
from tests.scenes.watching import (
    THOUSANDTHS,
    actors,
    corner,
    every_network,
    pictured,
    scene,
    seen,
    shown_at,
    stages,
)


@every_network
def test_the_strip_is_in_the_order_of_flatten(name: str) -> None:
    """From left to right the runs' cells are the network's own flattened vector, without gap or overlap."""
    shown, exhibit = scene(name), exhibit_of(name)
    visible = seen(shown, shown.stages[-3].still)
    ordered = sorted(actors(shown, "flatten/"), key=lambda actor: visible[actor.name]["x"])
    read = [exhibit.picture(shown, actor.facts["image"]).values for actor in ordered]
    np.testing.assert_array_equal(np.concatenate(read, axis=1)[0], exhibit.tensors["flatten"])
    ends = [corner(visible[actor.name], actor.facts["columns"], 0)[0] for actor in ordered]
    starts = [visible[actor.name]["x"] for actor in ordered]
    np.testing.assert_allclose(ends[:-1], starts[1:], atol=THOUSANDTHS * ordered[0].facts["columns"])


@every_network
def test_every_cell_of_the_strip_leaves_from_where_it_was(name: str) -> None:
    """The sheets unroll: when a run appears, its c-th cell lies on its position's cell of the c-th sheet."""
    network, shown = NETWORKS[name], scene(name)
    clock, before = pictured(network)[-1]
    _, columns, depth = before.shape
    decks = [actor for actor in shown.actors if actor.name.startswith(f"{before.name}/")]
    assert len(decks) == depth
    for index, run in enumerate(actors(shown, "flatten/")):
        row, column = divmod(index, columns)
        appears = run.tracks["opacity"].times[0]
        assert clock + 1 < appears < clock + 2
        start = run.at(appears)
        for channel, deck in enumerate(decks):
            sheet = deck.at(appears)
            assert sheet["opacity"] == 1
            at = start["x"] + start["a"] * channel, start["y"]
            assert at == pytest.approx(corner(sheet, column, row), abs=THOUSANDTHS * depth)


@every_network
def test_kernel_and_filled_cells_go_hand_in_hand(name: str) -> None:
    """The cell that a visible kernel computes is the next to be filled, and it visits all in order."""
    shown = scene(name)
    for clock, stage in stages(name, Conv2D):
        rows, columns, _ = stage.shape
        windows = actors(shown, f"{stage.name}-", "window")
        filling = next(actor for actor in shown.actors if actor.name == f"{stage.name}/0").tracks["scan"]
        assert {window.tracks["scan"] for window in windows} == {filling}
        start, stop = filling.times
        assert clock < start < stop < clock + 1
        assert {window.tracks["opacity"].at(t) for window in windows for t in (start, stop)} == {1.0}
        scans = [filling.at(t) for t in np.linspace(start, stop, 2 * rows * columns).tolist()]
        visited = [scan_cell(scan, rows, columns) for scan in scans]
        assert visited == sorted(visited)
        assert set(visited) == {(row, column) for row in range(rows) for column in range(columns)}
        assert [filled_cells(scan, rows, columns) for scan in (scans[0], scans[-1])] == [0, rows * columns]


@every_network
def test_the_window_covers_exactly_what_the_network_reads(name: str) -> None:
    """In two corners and in the middle: what the layer sums up is what lies under the window."""
    network, shown = NETWORKS[name], scene(name)
    for clock, stage in stages(name, Conv2D):
        before = network.stages[clock - 1].shape
        windows = actors(shown, f"{stage.name}-kernel-", "window")
        assert len(windows) == before[2]
        facts = windows[0].facts
        rows, columns, _ = stage.shape
        image = np.random.default_rng(0).normal(size=before).astype(np.float32)
        sums = window_sums(stage.layer, image)
        for row, column in [(0, 0), (rows // 2, columns // 2), (rows - 1, columns - 1)]:
            top, left = (facts["stride"] * step + facts["offset"] for step in (row, column))
            block = image[max(top, 0) : top + facts["size"], max(left, 0) : left + facts["size"]]
            assert sums[row, column] == pytest.approx(block.sum(), abs=1e-3)


def window_sums(layer: Conv2D, image: np.ndarray) -> np.ndarray:
    """Return what the layer computes with weights of one: the sum of what it reads, at every position."""
    weights = {name: jnp.ones(size) for name, size in layer.weight_shapes(image.shape).items()}
    weights["bias"] = jnp.zeros(layer.filters)
    return np.asarray(layer.apply(weights, jnp.asarray(image)[None]))[0, :, :, 0]


@every_network
def test_a_pooled_cell_covers_its_block_before_the_sheet_closes_up(name: str) -> None:
    """The corner of pooled cell (r, c) lies on the corner of the block it stands for."""
    shown, network = scene(name), NETWORKS[name]
    for clock, stage in stages(name, MaxPool2D, AveragePool2D):
        size = stage.layer.pool_size
        rows, columns, _ = stage.shape
        old, new = (shown_at(shown, f"{s.name}/0", clock + 0.3) for s in (network.stages[clock - 1], stage))
        for row, column in [(0, 0), (rows, columns)]:
            assert corner(new, column, row) == pytest.approx(corner(old, column * size, row * size), abs=0.1)


@every_network
def test_colour_maps_say_what_the_numbers_can_be(name: str) -> None:
    """Where a tensor has negative numbers the map is signed, and after a ReLU there are none."""
    exhibit = exhibit_of(name)
    for stage in scene(name).stages[:-1]:
        if (exhibit.tensors[stage.name] < 0).any():
            assert stage.colour_map == "signed", stage.name
        if stage.stem in ("input", "relu"):
            assert stage.colour_map == ("ink" if stage.stem == "input" else "positive")
