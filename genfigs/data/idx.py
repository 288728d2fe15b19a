"""The IDX files of MNIST and its relatives: read, verify, split.

Source: Y. LeCun, C. Cortes and C. Burges, The MNIST database of handwritten digits, "File formats".
"""

import gzip
import zlib
from collections.abc import Mapping
from io import BufferedIOBase
from math import prod
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from genfigs.data.split import DIGITS, QUICK_COUNTS, DataError, Dataset, Split

IMAGES, LABELS = "-images-idx3-ubyte", "-labels-idx1-ubyte"
TEST = "t10k"  # the prefix of MNIST's own test files
HELD_BACK = 10  # one image in ten is held back for validation, and for the test where the folder has none
MOST = 1_000_000  # images per file: more is a damaged header, or a trap that would fill the memory
UNSIGNED_BYTE = 0x08


def read_images(path: Path) -> UInt8[np.ndarray, "count 28 28"]:
    """Return the images of an IDX file, compressed or not.

    Raises: DataError if the file is not exactly that.
    """
    return _read(path, "images of 28 x 28 pixels", (28, 28))


def read_labels(path: Path, classes: int) -> UInt8[np.ndarray, " count"]:
    """Return the labels of an IDX file, compressed or not.

    Raises: DataError if the file is not exactly that, or names a class from `classes` on.
    """
    labels = _read(path, "labels", ())
    if labels.size and labels.max() >= classes:
        raise DataError(
            f"`{path}` must hold labels from 0 to {classes - 1}; got {labels.max()}; use a dataset of {classes} classes"
        )
    return labels


def read_folder(path: Path, classes: int = len(DIGITS)) -> dict[str, Split]:
    """Return every pair of image and label files, by prefix (`train`, `t10k`, ...), in alphabetical order.

    Raises: DataError if a file is missing or damaged, or if a pair differs in length.
    """
    if not path.is_dir():
        raise DataError(f"`{path}` must be a folder of IDX files; got no folder; check the path")
    images, labels = _find(path, IMAGES), _find(path, LABELS)
    if not images:
        raise DataError(f"`{path}` must hold IDX files; got no `*{IMAGES}` or `*{IMAGES}.gz`; check the path")
    for prefix in sorted(images.keys() ^ labels.keys()):
        there, missing = (IMAGES, LABELS) if prefix in images else (LABELS, IMAGES)
        raise DataError(
            f"`{path}` must hold images and labels in pairs; got `{prefix}{there}` alone; add `{prefix}{missing}`"
        )
    return {prefix: _read_pair(images[prefix], labels[prefix], classes) for prefix in sorted(images)}


def load(
    path: Path,
    *,
    seed: int,
    quick: bool = False,
    name: str | None = None,
    class_names: tuple[str, ...] = DIGITS,
) -> Dataset:
    """Return the images of a folder, shuffled by `seed`; a `t10k` pair beside others is the test split.

    Raises: DataError if a file is damaged or missing, or if there are too few images.
    """
    pairs = read_folder(path, len(class_names))
    test = pairs.pop(TEST) if TEST in pairs and len(pairs) > 1 else None
    rest = _shuffled(_join(pairs), seed)
    held = len(rest) // HELD_BACK
    if held == 0:
        raise DataError(f"`{path}` must hold at least {HELD_BACK} images; got {len(rest)}; add more")
    validation, rest = rest.take(slice(held)), rest.take(slice(held, None))
    if test is None:
        test, rest = rest.take(slice(held)), rest.take(slice(held, None))
    splits = {"train": rest, "validation": validation, "test": _shuffled(test, seed)}
    if quick:
        splits = {part: split.take(slice(QUICK_COUNTS[part])) for part, split in splits.items()}
    return Dataset(name or path.resolve().name, class_names, **splits)


def read_all(path: Path) -> Split:
    """Return all images of a folder, in the order of its files.

    Raises: DataError if a file is damaged or missing.
    """
    return _join(read_folder(path))


def _join(pairs: Mapping[str, Split]) -> Split:
    images, labels = zip(*((pair.images, pair.labels) for pair in pairs.values()), strict=True)
    return Split(np.concatenate(images), np.concatenate(labels))


def _shuffled(split: Split, seed: int) -> Split:
    return split.take(np.random.default_rng(seed).permutation(len(split)))


def _find(folder: Path, kind: str) -> dict[str, Path]:
    """Return the files of a kind by prefix; where a file lies both compressed and not, the latter."""
    compressed = {path.name.removesuffix(f"{kind}.gz"): path for path in folder.glob(f"*{kind}.gz")}
    return compressed | {path.name.removesuffix(kind): path for path in folder.glob(f"*{kind}")}


def _read_pair(images_path: Path, labels_path: Path, classes: int) -> Split:
    images, labels = read_images(images_path), read_labels(labels_path, classes)
    if len(images) == 0:
        raise DataError(f"`{images_path}` must hold at least one image; got none; get the file again")
    if len(images) != len(labels):
        raise DataError(
            f"`{labels_path}` must hold one label per image; got {len(labels):,} labels for {len(images):,} images;"
            f" use the two files of one dataset"
        )
    return Split(images, labels)


def _read(path: Path, content: str, shape: tuple[int, ...]) -> UInt8[np.ndarray, "..."]:
    """Return an IDX file of unsigned bytes, each entry of the given shape."""
    try:
        with path.open("rb") as file:
            compressed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            if not compressed:
                return _parse(file, path, content, shape)
            with gzip.open(file) as unpacked:
                return _parse(unpacked, path, content, shape)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"`{path}` must be a readable file; got {error}; get the file again") from error


def _parse(
    stream: BufferedIOBase, path: Path, content: str, shape: tuple[int, ...]
) -> UInt8[np.ndarray, "..."]:
    """Return the array in a stream; no more is read than the header promises."""
    expected = bytes([0, 0, UNSIGNED_BYTE, 1 + len(shape)])
    header = stream.read(len(expected) + 4 * (1 + len(shape)))
    magic, sizes = (
        header[: len(expected)],
        np.frombuffer(header[len(expected) :][: len(header) // 4 * 4 - 4], ">u4"),
    )
    if magic != expected:
        raise _damaged(
            path, f"begin with {expected.hex()}, as IDX files of {content} do", magic.hex() or "an empty file"
        )
    if len(sizes) <= len(shape):
        raise _damaged(path, f"have a header of {4 * (2 + len(shape))} bytes", f"{len(header)}")
    count, *rest = sizes.tolist()
    if tuple(rest) != shape:
        raise _damaged(path, f"hold {content}", " x ".join(map(str, rest)))
    if count > MOST:
        raise _damaged(path, f"hold at most {MOST:,} entries", f"{count:,}")
    size = count * prod(shape)
    body = stream.read(size + 1)
    if len(body) != size:
        raise _damaged(
            path, f"hold {size:,} bytes after its header", f"{len(body):,}" if len(body) < size else "more"
        )
    return np.frombuffer(body, np.uint8).reshape(count, *shape)


def _damaged(path: Path, rule: str, value: str) -> DataError:
    return DataError(f"`{path}` must {rule}; got {value}; get the file again")
