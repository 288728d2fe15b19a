"""What every loader returns: labelled images in three splits."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from jaxtyping import UInt8

from genfigs.errors import UserError

DIGITS = tuple("0123456789")
QUICK_COUNTS = {"train": 6_000, "validation": 500, "test": 1_000}  # enough to try everything out


class DataError(UserError):
    """Images or labels that cannot be used; its message names the file and the remedy."""


@dataclass(frozen=True)
class Split:
    """Images and their labels, in the same order.

    Units: pixels from 0 (paper) to 255 (full ink); labels index the dataset's class names.
    """

    images: UInt8[np.ndarray, "count 28 28"]
    labels: UInt8[np.ndarray, " count"]

    def __len__(self) -> int:
        """Return how many images there are."""
        return len(self.labels)

    def take(self, indices: slice | np.ndarray) -> "Split":
        """Return the images and labels at `indices`."""
        return Split(self.images[indices], self.labels[indices])


@dataclass(frozen=True)
class Dataset:
    """Three splits that share no image: one to learn from, one to choose by, one to report on."""

    name: str
    class_names: tuple[str, ...]
    train: Split
    validation: Split
    test: Split

    @property
    def sha256(self) -> str:
        """Return the fingerprint, in hexadecimal, of every image and label."""
        digest = sha256()
        for split in (self.train, self.validation, self.test):
            digest.update(split.images.tobytes())
            digest.update(split.labels.tobytes())
        return digest.hexdigest()
