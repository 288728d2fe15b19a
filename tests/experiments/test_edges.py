"""How edge-like a kernel is: against kernels whose answer is known."""

import jax
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genfigs.errors import UserError
from genfigs.experiments import Study, edges
from genfigs.network.layers import Dense, Flatten, Softmax
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from tests.network.stripes import dataset

SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def measured(kernels):
    params = jax.device_get(network.init(jax.random.key(0)))
    params["conv1"]["kernel"] = np.stack(kernels, axis=-1)[:, :, None].astype(np.float32)
    return edges.measure(Study(network, params, dataset(100), quick=True, seed=0))


def test_chapter_eights_filter_is_all_edge_in_every_direction_and_size():
    for turns, angle in enumerate((0, 90, 180, 270)):
        found = edges.match(7 * np.rot90(SOBEL, turns))
        assert found.share == pytest.approx(1)
        assert np.cos(np.radians(found.angle - angle)) == pytest.approx(1)


@pytest.mark.parametrize("kernel", [np.ones((3, 3)), np.diag([0.0, 1, 0]), np.zeros((3, 3))])
def test_a_blur_a_dot_and_nothing_hold_no_edge(kernel):
    assert edges.match(kernel).share == pytest.approx(0)


def test_a_mean_counts_against_an_edge():
    energy = (SOBEL**2).sum()
    assert edges.match(SOBEL + 1).share == pytest.approx(energy / (energy + 9))


@given(st.floats(0, 360), st.floats(0.01, 100))
def test_every_angle_is_found_at_every_strength(angle, strength):
    right, up = edges.sobel(5)
    kernel = strength * (np.cos(np.radians(angle)) * right + np.sin(np.radians(angle)) * up)
    found = edges.match(kernel)
    assert found.share == pytest.approx(1)
    assert np.cos(np.radians(found.angle - angle)) == pytest.approx(1)
    assert found.filter * np.linalg.norm(kernel) == pytest.approx(kernel, abs=1e-6 * strength)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 7])
def test_no_angle_between_does_better(size):
    kernel = np.random.default_rng(size).normal(size=(size, size))
    right, up = edges.sobel(size)
    turns = np.linspace(0, 2 * np.pi, 3600)
    shares = (np.cos(turns) * (kernel * right).sum() + np.sin(turns) * (kernel * up).sum()) ** 2
    assert edges.match(kernel).share == pytest.approx(shares.max() / (kernel**2).sum(), rel=1e-5)


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_the_edge_filters_ignore_flat_areas_and_are_of_length_one(size):
    for edge in edges.sobel(size):
        assert edge.sum() == pytest.approx(0)
        assert (edge**2).sum() == pytest.approx(1)


def test_a_kernel_of_one_weight_holds_no_edge():
    assert edges.match(np.ones((1, 1))).share == 0


@pytest.mark.parametrize("size", [3, 5])
def test_random_kernels_reach_two_parts_in_their_number_of_weights(size):
    shares = edges.random_shares(size)
    assert shares.mean() == pytest.approx(2 / size**2, rel=0.01)
    assert np.array_equal(shares, edges.random_shares(size))


def test_the_summary_counts_kernels_that_beat_chance():
    values = measured([SOBEL, np.ones((3, 3)), SOBEL.T, *[np.eye(3)] * 5])
    assert values["filters"] == 8
    assert values["edge_like"] == 2
    assert values["best"] == pytest.approx(1)
    assert values["least"] == pytest.approx(0)
    assert values["mean"] == pytest.approx(2 / 8)
    assert values["threshold"] == pytest.approx(1 - 0.05 ** (1 / 3.5), abs=0.01)  # a beta distribution's


def test_a_network_without_a_convolution_is_refused():
    plain = Sequential(Flatten(), Dense(10), Softmax())
    params = plain.init(jax.random.key(0))
    with pytest.raises(UserError, match="`edges` must look at a convolution"):
        edges.measure(Study(plain, params, dataset(100), quick=True, seed=0))
