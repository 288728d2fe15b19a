"""MNIST and Fashion-MNIST from public mirrors: verified by SHA-256, kept in the user's cache folder."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pooch
from platformdirs import user_cache_path

from genfigs.data.split import DIGITS, DataError

MIRROR_VARIABLE = "GENFIGS_DATA_URL"  # a private mirror: one folder per collection under this address
TIMEOUT = 20  # seconds without a byte before the next mirror is tried


@dataclass(frozen=True)
class Collection:
    """A published dataset of IDX files.

    Units: `sha256` maps file names to checksums in hexadecimal; `mirrors` are tried in this order.
    """

    name: str
    class_names: tuple[str, ...]
    mirrors: tuple[str, ...]
    sha256: Mapping[str, str]


MNIST = Collection(
    "mnist",
    DIGITS,
    ("https://storage.googleapis.com/cvdf-datasets/mnist", "https://ossci-datasets.s3.amazonaws.com/mnist"),
    {
        "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    },
)
FASHION_MNIST = Collection(
    "fashion-mnist",
    (
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    (
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
    ),
    {
        "train-images-idx3-ubyte.gz": "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "train-labels-idx1-ubyte.gz": "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        "t10k-images-idx3-ubyte.gz": "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "t10k-labels-idx1-ubyte.gz": "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    },
)
COLLECTIONS = {collection.name: collection for collection in (MNIST, FASHION_MNIST)}


def fetch(collection: Collection) -> Path:
    """Return the folder that holds the collection's files; what is missing or damaged there is downloaded.

    Raises: DataError if no mirror delivers a file with the right checksum.
    """
    folder = user_cache_path("genfigs", appauthor=False) / collection.name
    private = os.environ.get(MIRROR_VARIABLE)
    mirrors = (f"{private.rstrip('/')}/{collection.name}",) if private else collection.mirrors
    for file, checksum in collection.sha256.items():
        _fetch_file(folder, file, checksum, mirrors)
    return folder


def _fetch_file(folder: Path, file: str, checksum: str, mirrors: tuple[str, ...]) -> None:
    """Download one file from the first mirror that delivers it; it appears in the folder whole or not at all."""
    downloader = pooch.HTTPDownloader(progressbar=sys.stderr.isatty(), timeout=TIMEOUT)
    failures = []
    for mirror in mirrors:
        try:
            pooch.retrieve(f"{mirror}/{file}", f"sha256:{checksum}", file, folder, downloader=downloader)
        except (OSError, ValueError) as error:  # no connection; another checksum
            failures.append(f"{mirror}: {error}")
        else:
            return
    raise DataError(
        f"`{file}` must be downloaded once; got {'; '.join(failures)}; check the connection, set {MIRROR_VARIABLE}"
        f" to a mirror of your own, or pass a folder of IDX files"
    )
