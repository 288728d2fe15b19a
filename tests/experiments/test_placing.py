"""Images moved off the centre: no ink is lost, and centring brings every one back."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genfigs.data import Dataset, Split, handwriting
from genfigs.experiments import Study, placing
from tests.network import rigged


@cache
def digits() -> np.ndarray:
    return handwriting.draw(np.arange(10, dtype=np.uint8), 2)


@settings(deadline=None)  # the first digit takes a compilation
@given(st.integers(-28, 28), st.integers(-28, 28), st.integers(0, 9))
def test_moving_keeps_all_ink_and_its_shape(down: int, right: int, label: int) -> None:
    image = digits()[label]
    moved = placing.move(image, down, right)
    rows, columns = np.nonzero(image)
    shift = np.argwhere(moved)[0] - np.argwhere(image)[0]
    np.testing.assert_array_equal(moved[rows + shift[0], columns + shift[1]], image[rows, columns])
    assert moved.sum() == image.sum()


def test_an_empty_image_stays_where_it_is() -> None:
    assert not placing.move(np.zeros((28, 28), np.uint8), 3, -2).any()


def test_a_step_is_made_where_there_is_room_and_cut_short_at_the_border() -> None:
    image = np.zeros((28, 28), np.uint8)
    image[10, 25] = 255
    assert np.argwhere(placing.move(image, -4, 4)).tolist() == [[6, 27]]


def test_the_directions_are_eight_and_each_is_as_common_as_the_others() -> None:
    moves = [placing.away(index, 3) for index in range(16)]
    assert len(set(moves)) == 8
    assert moves[:8] == moves[8:]
    assert {abs(step) for pair in moves for step in pair} == {0, 3}


def test_the_accuracies_are_those_of_the_network_on_what_is_shown() -> None:
    labels = np.uint8([3, 3, 8, 8])
    split = Split(rigged.images([3, 3, 8, 3]), labels)
    study = Study(
        rigged.network, rigged.params, Dataset("rigged", tuple("0123456789"), split, split, split), True, 0
    )
    values = placing.measure(study)
    assert values["as_placed"][0] == values["told_at_start"] == pytest.approx(0.75)
    assert values["images"] == 4
    assert len(values["steps"]) == len(values["as_placed"]) == len(values["centred"])
    assert values["told_as_placed"] == values["as_placed"][values["steps"].index(values["told"])]
