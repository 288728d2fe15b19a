import numpy as np
import pytest

from genfigs.data import skeletons

TABLE = skeletons.load()


def test_every_digit_can_be_written_in_several_ways():
    assert (np.bincount(TABLE.digits, minlength=10) >= 5).all()
    assert (TABLE.weights > 0).all()


def test_a_curve_passes_through_its_control_points():
    stroke = np.array([[0.0, 0.0], [1.0, 0.5], [0.2, 0.9], [0.7, 1.0]])
    positions = np.arange(4.0)
    np.testing.assert_allclose(skeletons.catmull_rom(positions, 4) @ stroke, stroke, atol=1e-12)


def test_a_curve_through_points_on_a_line_stays_on_it():
    line = np.linspace(0, 1, 5)
    inner = np.linspace(
        1, 3, 40
    )  # the doubled end points bend the speed, not the path, of the outer segments
    np.testing.assert_allclose(skeletons.catmull_rom(inner, 5) @ line, inner / 4, atol=1e-12)


def test_moving_every_control_point_moves_every_point_alike():
    np.testing.assert_allclose(TABLE.curves.sum(axis=2), 1, atol=1e-5)


@pytest.mark.parametrize("index", range(len(TABLE.digits)))
def test_points_follow_one_another_closely_on_the_page(index):
    points = TABLE.curves[index] @ TABLE.controls[index]
    assert points.min() > -0.15
    assert points.max() < 1.15
    steps = np.hypot(*np.diff(points, axis=0).T)
    assert np.median(steps) < 0.08  # of the digit's height: 1.6 of the 20 pixels it fills


def test_variants_write_the_same_digit():
    one, other = np.nonzero(TABLE.variants)
    np.testing.assert_array_equal(TABLE.digits[one], TABLE.digits[other])
    assert TABLE.variants.diagonal().all()
    assert len(one) > 3 * len(TABLE.digits)
