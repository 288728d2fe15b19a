"""Images and labels: one loader per source, all returning the same Dataset."""

from pathlib import Path

from genfigs.data import idx
from genfigs.data.split import DataError, Dataset, Split
from genfigs.errors import nearest

__all__ = ["SOURCES", "DataError", "Dataset", "Split", "load", "read_test_folder"]

SOURCES = ("handwriting", "mnist", "fashion-mnist")


def load(source: str, *, seed: int, quick: bool = False) -> Dataset:
    """Return the images and labels of a named source or of a folder of IDX files; `quick`: a small part of them.

    Raises: DataError if the source is unknown, damaged or out of reach.
    """
    # Only what a source needs is imported: JAX and the downloader are slow to start.
    if source == "handwriting":
        from genfigs.data import handwriting

        return handwriting.load(seed=seed, quick=quick)
    if source in SOURCES:
        from genfigs.data.download import COLLECTIONS, fetch

        collection = COLLECTIONS[source]
        folder = fetch(collection)
        return idx.load(
            folder, seed=seed, quick=quick, name=collection.name, class_names=collection.class_names
        )
    if Path(source).is_dir():
        return idx.load(Path(source), seed=seed, quick=quick)
    raise DataError(
        f"`data` must be a known source or a folder of IDX files; got `{source}`{nearest(source, SOURCES)}"
    )


def read_test_folder(path: str | Path) -> Split:
    """Return all images and labels of a folder of IDX files, in the order of its files.

    Raises: DataError if the folder or a file in it cannot be used.
    """
    return idx.read_all(Path(path))
