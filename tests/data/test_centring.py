"""Any drawing becomes an image like MNIST's: 20 pixels large, its centre of mass at index 14."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genfigs.data import centring, handwriting


def digits(count: int) -> np.ndarray:
    return handwriting.draw((np.arange(count) % 10).astype(np.uint8), 3)


def middle(image: np.ndarray) -> np.ndarray:
    return np.array([image.sum(axis=1) @ np.arange(28), image.sum(axis=0) @ np.arange(28)]) / image.sum()


def has_even_margin(image: np.ndarray) -> bool:
    rows, columns = (np.flatnonzero(centring.inked(image).any(axis=axis)) for axis in (1, 0))
    return (np.ptp(rows) - np.ptp(columns)) % 2 == 0


def enlarged(image: np.ndarray, times: int, top: int, left: int, height: int, width: int) -> np.ndarray:
    """Return the image, every pixel `times` as large, somewhere on a larger sheet of paper."""
    sheet = np.zeros((height, width), np.uint8)
    sheet[top : top + 28 * times, left : left + 28 * times] = image.repeat(times, 0).repeat(times, 1)
    return sheet


def test_a_digit_of_the_collection_stays_as_it_is() -> None:
    for image in digits(20):
        difference = np.abs(centring.centred(image).astype(int) - image)
        assert difference.mean() < 2.5


@pytest.mark.parametrize(("times", "top", "left"), [(1, 0, 22), (3, 40, 5), (7, 3, 60)])
def test_size_and_place_on_the_paper_do_not_matter(times: int, top: int, left: int) -> None:
    """Of digits with a middle on the grid: in the middle of an odd margin, half a pixel has to go one way."""
    images = [image for image in digits(30) if has_even_margin(image)]
    assert len(images) > 10
    for image in images:
        moved = enlarged(image, times, top, left, 240, 280)
        np.testing.assert_allclose(centring.centred(moved), centring.centred(image), atol=1)


@given(st.integers(20, 60), st.integers(20, 60), st.integers(0, 40), st.integers(0, 40))
def test_the_ink_is_as_large_as_the_box_and_lies_in_the_middle(
    height: int, width: int, top: int, left: int
) -> None:
    sheet = np.zeros((100, 100), np.uint8)
    sheet[top : top + height, left : left + width] = 200
    image = centring.centred(sheet)
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == centring.BOX
    assert np.abs(middle(image) - centring.MIDDLE).max() <= 0.5 + 1e-6


def test_an_empty_sheet_stays_empty() -> None:
    assert not centring.centred(np.zeros((50, 30), np.uint8)).any()


def test_a_very_uneven_drawing_is_not_cut() -> None:
    sheet = np.zeros((100, 100), np.uint8)
    sheet[:, :4] = sheet[:2] = 255
    image = centring.centred(sheet)
    assert np.ptp(np.flatnonzero(image.any(axis=0))) + 1 == centring.BOX
