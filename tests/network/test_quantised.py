"""Weights in 8 bits stay within half a level of what they were."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from genfigs.network.evaluation import predict
from genfigs.network.quantised import product, quantise, rounded
from tests.network import rigged

kernels = arrays(np.float32, (5, 3), elements=st.floats(-100, 100, width=32))


@given(kernels)
@example(np.full((5, 3), 1e-45, np.float32))
def test_no_weight_moves_by_more_than_half_a_level(kernel):
    levels, scales = quantise(kernel)
    assert levels.dtype == np.int8
    assert (np.abs(product(levels, scales) - kernel) <= 0.501 * scales).all()


def test_whole_levels_come_back_exactly_and_zero_stays_zero():
    kernel = np.float32([[127, 0], [-64, 0], [1, 0]])
    np.testing.assert_array_equal(product(*quantise(kernel)), kernel)


def test_a_network_answers_as_before_when_its_weights_are_levels():
    images = rigged.images([3, 8, 5])
    exact, small = (
        predict(rigged.network, params, images) for params in (rigged.params, rounded(rigged.params))
    )
    np.testing.assert_allclose(small, exact, rtol=1e-5)
