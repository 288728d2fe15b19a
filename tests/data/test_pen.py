import jax.numpy as jnp
import numpy as np
import pytest

from genfigs.data import pen


def drawn(points, radius=1.2, edge=1.0):
    return np.asarray(pen.draw(jnp.asarray(points, jnp.float32), jnp.float32(radius), jnp.float32(edge)))


def segment(x0, y0, x1, y1):
    return np.stack([np.linspace(x0, x1, 64), np.linspace(y0, y1, 64)], axis=1).astype(np.float32)


def test_a_stroke_fills_the_box_in_its_longer_direction():
    rows, columns = np.nonzero(drawn(segment(0, 0, 0.1, 1)) > 64)
    assert 18 <= np.ptp(rows) + 1 <= pen.BOX
    assert np.ptp(columns) + 1 < 7


@pytest.mark.parametrize("radius", [1.0, 1.5, 2.0])
def test_a_line_is_as_thick_as_its_pen(radius):
    ink = drawn(segment(0, 0, 0, 1), radius) / 255
    assert ink[10:18].sum(axis=1) == pytest.approx(2 * radius, abs=0.25)


@pytest.mark.parametrize("angle", [0.0, 0.3, 1.0])
def test_the_distance_to_a_line_is_the_distance_to_it(angle):
    direction = np.array([np.sin(angle), np.cos(angle)])
    points = (14 + np.linspace(-20, 20, 64)[:, None] * direction).astype(np.float32)
    across = (np.indices((28, 28)).transpose(1, 2, 0)[..., ::-1] + 0.5 - 14) @ np.array(
        [direction[1], -direction[0]]
    )
    near = np.abs(across) < 2.5
    softly = np.asarray(pen.distance(jnp.asarray(points)))
    np.testing.assert_allclose(softly[near], np.abs(across)[near], atol=0.25)


def test_a_dot_is_drawn_as_one():
    ink = drawn(np.zeros((64, 2)), 2.0) / 255
    assert ink.sum() == pytest.approx(np.pi * 2.0**2, rel=0.1)


@pytest.mark.parametrize(("row", "column"), [(3, 4), (20, 9), (14, 14)])
def test_ink_is_moved_to_the_centre_whole(row, column):
    ink = np.zeros((28, 28), np.float32)
    ink[row - 1 : row + 2, column - 1 : column + 2] = np.arange(9).reshape(3, 3)
    moved = np.asarray(pen.centre(jnp.asarray(ink)))
    assert sorted(moved[12:17, 12:17].ravel())[-8:] == list(range(1, 9))
    assert moved.sum() == ink.sum()
