"""IDX files for the tests: written here from the format's description, not with the code under test."""

import gzip
from pathlib import Path

import numpy as np


def idx_bytes(array: np.ndarray) -> bytes:
    return (
        bytes([0, 0, 8, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape) + array.tobytes()
    )


def some_digits(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images no two of which are alike, and labels that can be read off them."""
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 0, 0], images[:, 0, 1] = np.arange(count) // 256, np.arange(count) % 256
    return images, (np.arange(count) % 10).astype(np.uint8)


def write_pair(
    folder: Path, prefix: str, images: np.ndarray, labels: np.ndarray, *, compress: bool = False
) -> Path:
    for array, kind in ((images, "images-idx3"), (labels, "labels-idx1")):
        data = idx_bytes(array)
        name = f"{prefix}-{kind}-ubyte" + (".gz" if compress else "")
        (folder / name).write_bytes(gzip.compress(data, mtime=0) if compress else data)
    return folder
