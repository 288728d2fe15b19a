import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genfigs.data import Dataset, handwriting

DIGITS = np.arange(30, dtype=np.uint8) % 10


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return handwriting.load(seed=0, quick=True)


def test_a_seed_gives_the_same_digits_again():
    np.testing.assert_array_equal(handwriting.draw(DIGITS, 7), handwriting.draw(DIGITS, 7))


def test_another_seed_gives_other_digits():
    assert (handwriting.draw(DIGITS, 7) != handwriting.draw(DIGITS, 8)).any(axis=(1, 2)).all()


def test_what_a_digit_looks_like_does_not_depend_on_how_many_follow():
    np.testing.assert_array_equal(handwriting.draw(DIGITS, 7)[:11], handwriting.draw(DIGITS[:11], 7))


def test_no_labels_no_digits():
    assert handwriting.draw(DIGITS[:0], 7).shape == (0, 28, 28)


def test_the_steadier_the_hand_the_closer_to_its_skeleton():
    still, steady, unsteady = (
        handwriting.draw(DIGITS, 7, jitter=jitter).astype(float) for jitter in (0.0, 0.2, 1.0)
    )
    assert 0 < np.abs(steady - still).mean() < np.abs(unsteady - still).mean()


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), jitter=st.floats(0, 1))
def test_every_digit_is_centred_by_its_mass_and_fits_twenty_pixels(seed, jitter):
    images = handwriting.draw(DIGITS, seed, jitter=jitter).astype(float)
    indices = np.arange(28)
    for ink in (images.sum(axis=1), images.sum(axis=2)):  # over rows, then over columns
        np.testing.assert_allclose(ink @ indices / ink.sum(axis=1), 14, atol=0.51)
        first, last = (ink > 0).argmax(axis=1), 27 - (ink[:, ::-1] > 0).argmax(axis=1)
        assert (last - first).max() < 20


def test_images_are_ink_on_paper(dataset):
    images = dataset.train.images
    assert images.dtype == np.uint8
    assert (images.max(axis=(1, 2)) > 127).all()
    assert (images[:, :2] == 0).mean() > 0.999
    assert 0.05 < (images > 127).mean() < 0.2


def test_every_class_comes_equally_often_in_no_order(dataset):
    for split in (dataset.train, dataset.validation, dataset.test):
        assert len(set(np.bincount(split.labels))) == 1
        assert (split.labels[:10] != split.labels[10:20]).any()


def test_the_splits_share_no_image(dataset):
    parts = [
        {image.tobytes() for image in split.images}
        for split in (dataset.train, dataset.validation, dataset.test)
    ]
    assert [len(part) for part in parts] == [6_000, 500, 1_000]
    assert not parts[0] & parts[1]
    assert not parts[0] & parts[2]
    assert not parts[1] & parts[2]


def test_the_seed_reaches_every_split(dataset):
    again, other = (handwriting.load(seed=seed, quick=True) for seed in (0, 1))
    assert again.sha256 == dataset.sha256
    for name in ("train", "validation", "test"):
        assert (getattr(other, name).images != getattr(dataset, name).images).any()


def test_a_digit_looks_more_like_its_own_kind_than_like_another(dataset):
    """Images nearest to a class's mean carry its label: crude, but a shuffled or broken drawing cannot pass it."""
    means = np.stack(
        [dataset.train.images[dataset.train.labels == digit].mean(axis=0) for digit in range(10)]
    )
    distances = ((dataset.test.images[:, None] - means[None]) ** 2).sum(axis=(2, 3))
    assert (distances.argmin(axis=1) == dataset.test.labels).mean() > 0.6
