import gzip

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from idx_files import idx_bytes, some_digits, write_pair

from genfigs.data import DataError, idx

IMAGES, LABELS = some_digits(3)
GOOD_IMAGES, GOOD_LABELS = idx_bytes(IMAGES), idx_bytes(LABELS)


@pytest.fixture(scope="module")
def some_file(tmp_path_factory):
    return tmp_path_factory.mktemp("idx") / "some-images-idx3-ubyte"


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_file_reads_back_as_it_was_written(pack, some_file):
    some_file.write_bytes(pack(GOOD_IMAGES))
    np.testing.assert_array_equal(idx.read_images(some_file), IMAGES)
    some_file.write_bytes(pack(GOOD_LABELS))
    np.testing.assert_array_equal(idx.read_labels(some_file, 10), LABELS)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        pytest.param(b"", "begin with 00000803, .* got an empty file", id="empty"),
        pytest.param(GOOD_LABELS, "begin with 00000803, .* got 00000801", id="labels where images belong"),
        pytest.param(b"\x00\x00\x0d\x03" + GOOD_IMAGES[4:], "got 00000d03", id="float pixels"),
        pytest.param(GOOD_IMAGES[:11], "have a header of 16 bytes; got 11", id="header cut short"),
        pytest.param(GOOD_IMAGES[:-1], "hold 2,352 bytes after its header; got 2,351", id="truncated"),
        pytest.param(GOOD_IMAGES + b"\0", "hold 2,352 bytes after its header; got more", id="trailing bytes"),
        pytest.param(
            idx_bytes(IMAGES[:, :27]), "hold images of 28 x 28 pixels; got 27 x 28", id="other size"
        ),
        pytest.param(b"\x00\x00\x08\x03" + b"\xff" * 12, "hold images of 28 x 28", id="absurd size"),
        pytest.param(
            b"\x00\x00\x08\x03\xff\xff\xff\xff" + GOOD_IMAGES[8:], "at most 1,000,000", id="absurd count"
        ),
        pytest.param(gzip.compress(GOOD_IMAGES)[:-9], "be a readable file", id="gzip truncated"),
        pytest.param(gzip.compress(GOOD_IMAGES)[:-8] + bytes(8), "be a readable file", id="gzip checksum"),
        pytest.param(b"\x1f\x8b" + GOOD_IMAGES, "be a readable file", id="not gzip after all"),
        pytest.param(gzip.compress(GOOD_IMAGES + bytes(10**7)), "got more", id="gzip bomb"),
    ],
)
def test_a_damaged_file_is_named_with_the_rule_it_breaks(data, rule, some_file):
    some_file.write_bytes(data)
    with pytest.raises(DataError, match=rule) as error:
        idx.read_images(some_file)
    assert str(some_file) in str(error.value)


def test_a_label_beyond_the_classes_is_named(some_file):
    some_file.write_bytes(idx_bytes(np.array([3, 10], np.uint8)))
    with pytest.raises(DataError, match="labels from 0 to 9; got 10"):
        idx.read_labels(some_file, 10)


def mutated(data: bytes) -> st.SearchStrategy[bytes]:
    """Return what `data` may become when bytes are overwritten, cut off or added."""
    edits = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=4)

    def apply(changes: list[tuple[int, int]], keep: int, tail: bytes) -> bytes:
        copy = bytearray(data)
        for position, value in changes:
            copy[position] = value
        return bytes(copy[:keep]) + tail

    keep = st.one_of(st.just(len(data)), st.integers(0, len(data)))
    return st.builds(apply, edits, keep, st.one_of(st.just(b""), st.binary(max_size=20)))


FILES = st.one_of(
    st.binary(max_size=64),
    st.binary(max_size=64).map(lambda tail: b"\x1f\x8b" + tail),
    st.binary(max_size=64).map(gzip.compress),
    *(mutated(data) for data in (GOOD_IMAGES, GOOD_LABELS)),
    *(mutated(data).map(gzip.compress) for data in (GOOD_IMAGES, GOOD_LABELS)),
    *(mutated(gzip.compress(data)) for data in (GOOD_IMAGES, GOOD_LABELS)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=FILES)
@example(data=GOOD_IMAGES)
@example(data=GOOD_LABELS)
def test_any_bytes_are_read_or_refused(data, some_file):
    some_file.write_bytes(data)
    try:
        assert idx.read_images(some_file).shape[1:] == (28, 28)
    except DataError as error:
        assert str(some_file) in str(error)  # noqa: PT017
    try:
        assert idx.read_labels(some_file, 10).ndim == 1
    except DataError as error:
        assert str(some_file) in str(error)  # noqa: PT017


@pytest.mark.parametrize("compress", [False, True], ids=["plain", "gzip"])
def test_a_folder_with_test_files_keeps_them_apart(compress, tmp_path):
    images, labels = some_digits(300)
    write_pair(tmp_path, "train", images[:200], labels[:200], compress=compress)
    write_pair(tmp_path, "t10k", images[200:], labels[200:], compress=compress)
    dataset = idx.load(tmp_path, seed=0)
    assert [len(split) for split in (dataset.train, dataset.validation, dataset.test)] == [180, 20, 100]
    assert numbers(dataset.test) == set(range(200, 300))
    assert numbers(dataset.train) | numbers(dataset.validation) == set(range(200))


@pytest.mark.parametrize("prefix", ["t10k", "train", "mine"])
def test_a_single_pair_is_divided_without_losing_or_repeating_an_image(prefix, tmp_path):
    dataset = idx.load(write_pair(tmp_path, prefix, *some_digits(100)), seed=0)
    parts = [numbers(split) for split in (dataset.train, dataset.validation, dataset.test)]
    assert [len(part) for part in parts] == [80, 10, 10]
    assert set.union(*parts) == set(range(100))
    for split in (dataset.train, dataset.validation, dataset.test):
        np.testing.assert_array_equal(split.images[:, 0, 1] % 10, split.labels)


def test_the_seed_decides_the_division(tmp_path):
    write_pair(tmp_path, "mine", *some_digits(100))
    assert idx.load(tmp_path, seed=1).sha256 == idx.load(tmp_path, seed=1).sha256
    assert idx.load(tmp_path, seed=1).sha256 != idx.load(tmp_path, seed=2).sha256


def test_quick_takes_no_more_than_a_preview_needs(tmp_path):
    dataset = idx.load(write_pair(tmp_path, "mine", *some_digits(6_500)), seed=0, quick=True)
    assert [len(split) for split in (dataset.train, dataset.validation, dataset.test)] == [5_200, 500, 650]


def test_all_images_are_read_in_the_order_of_the_files(tmp_path):
    images, labels = some_digits(30)
    write_pair(tmp_path, "train", images[10:], labels[10:])
    write_pair(tmp_path, "t10k", images[:10], labels[:10], compress=True)
    np.testing.assert_array_equal(idx.read_all(tmp_path).images, images)


def numbers(split) -> set[int]:
    """Return which of `some_digits` a split holds."""
    return set((split.images[:, 0, 0].astype(int) * 256 + split.images[:, 0, 1]).tolist())


def remove_labels(folder):
    (folder / "mine-labels-idx1-ubyte").unlink()


def remove_images(folder):
    (folder / "mine-images-idx3-ubyte").unlink()


def drop_a_label(folder):
    (folder / "mine-labels-idx1-ubyte").write_bytes(GOOD_LABELS[:4] + b"\0\0\0\x02\0\0")


def misname(folder):
    for file in list(folder.iterdir()):
        file.rename(folder / f"{file.name}.txt")


def make_a_folder_of_a_file(folder):
    remove_images(folder)
    (folder / "mine-images-idx3-ubyte").mkdir()


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (remove_labels, "got `mine-images-idx3-ubyte` alone; add `mine-labels-idx1-ubyte`"),
        (remove_images, "must hold IDX files"),
        (drop_a_label, "got 2 labels for 3 images"),
        (misname, "must hold IDX files"),
        (make_a_folder_of_a_file, "must be a readable file"),
        (lambda _: None, "at least 10 images; got 3"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(spoil, rule, tmp_path):
    spoil(write_pair(tmp_path, "mine", IMAGES, LABELS))
    with pytest.raises(DataError, match=rule):
        idx.load(tmp_path, seed=0)


def test_labels_without_images_are_named(tmp_path):
    write_pair(tmp_path, "mine", IMAGES, LABELS)
    (tmp_path / "other-labels-idx1-ubyte").write_bytes(GOOD_LABELS)
    with pytest.raises(DataError, match="add `other-images-idx3-ubyte`"):
        idx.load(tmp_path, seed=0)


@pytest.mark.parametrize("empty", ["t10k", "train"])
def test_an_empty_pair_is_refused(empty, tmp_path):
    for prefix in ("t10k", "train"):
        write_pair(tmp_path, prefix, *some_digits(0 if prefix == empty else 50))
    with pytest.raises(DataError, match=f"{empty}-images-idx3-ubyte` must hold at least one image"):
        idx.load(tmp_path, seed=0)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DataError, match="must be a folder of IDX files; got no folder"):
        idx.read_all(tmp_path / "nowhere")
