"""Stand-in: random images whose brightness tells their class."""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from genfigs.errors import UserError, nearest


def hold(task: str) -> None:
    """Wait as long as a test asks `task` to."""
    Path(f"reached-{task}").write_text(str(os.getpid()))
    while Path(f"hold-{task}").exists():
        time.sleep(0.02)


@dataclass(frozen=True)
class Split:
    images: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class Dataset:
    name: str
    class_names: tuple[str, ...]
    train: Split
    validation: Split
    test: Split

    @property
    def sha256(self) -> str:
        return hashlib.sha256(
            b"".join(split.images.tobytes() for split in (self.train, self.test))
        ).hexdigest()


def split(seed: int, count: int) -> Split:
    labels = np.arange(count, dtype=np.uint8) % 10
    noise = np.random.default_rng(seed).integers(0, 12, (count, 28, 28))
    return Split((noise + 20 * labels[:, None, None]).astype(np.uint8), labels)


def load(source: str, *, seed: int, quick: bool = False) -> Dataset:
    hold("data")
    if Path(source).is_dir():
        seed += len((Path(source) / "digits").read_bytes())
    elif source != "handwriting":
        raise UserError(
            f"`data` must be a known source or a folder; got `{source}`{nearest(source, ['handwriting'])}"
        )
    size = 30 if quick else 60
    parts = [split(3 * seed + part, size) for part in range(3)]
    return Dataset("handwriting", tuple("0123456789"), *parts)


def read_test_folder(path: str) -> Split:
    if not Path(path).is_dir():
        raise UserError(f"`PATH` must be a folder of IDX files; got `{path}`; name one")
    return split(99, 20)
