import dataclasses
import gzip
import hashlib
import threading
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from idx_files import some_digits, write_pair

from genfigs.data import DataError, download, idx


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a line per request; what lies under `broken/` stops half-way."""

    def log_message(self, *_: object) -> None:
        pass

    def copyfile(self, source, outputfile):
        data = source.read()
        outputfile.write(data[: len(data) // 2] if "/broken/" in self.path else data)


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setattr(download, "user_cache_path", lambda *_, **__: folder)
    monkeypatch.delenv(download.MIRROR_VARIABLE, raising=False)
    return folder


def publish(folder: Path) -> dict[str, str]:
    """Put a small MNIST into a folder; return its checksums."""
    folder.mkdir(parents=True)
    for prefix in ("train", "t10k"):
        write_pair(folder, prefix, *some_digits(50), compress=True)
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def collection(checksums: dict[str, str], *mirrors: str) -> download.Collection:
    return download.Collection("mnist", download.DIGITS, mirrors, checksums)


def test_every_file_is_fetched_once_and_then_found_in_the_cache(site, cache):
    folder, url = site
    small = collection(publish(folder / "good"), f"{url}/good")
    assert download.fetch(small) == cache / "mnist"
    assert len(idx.load(cache / "mnist", seed=0).test) == 50
    unreachable = dataclasses.replace(small, mirrors=("http://127.0.0.1:9/nobody",))
    assert download.fetch(unreachable) == cache / "mnist"


@pytest.mark.parametrize("bad", ["missing", "wrong", "broken"])
def test_the_next_mirror_steps_in(bad, site, cache):
    folder, url = site
    checksums = publish(folder / "good")
    publish(folder / "broken")
    for name in publish(folder / "wrong"):
        (folder / "wrong" / name).write_bytes(gzip.compress(b"another file"))
    download.fetch(collection(checksums, f"{url}/{bad}", f"{url}/good"))
    assert {file.name for file in (cache / "mnist").iterdir()} == set(checksums)


@pytest.mark.parametrize("bad", ["missing", "wrong", "broken"])
def test_a_download_that_fails_leaves_nothing_and_names_every_mirror(bad, site, cache):
    folder, url = site
    checksums = dict.fromkeys(publish(folder / "broken"), "0" * 64)
    publish(folder / "wrong")
    with pytest.raises(DataError, match="must be downloaded once") as error:
        download.fetch(collection(checksums, f"{url}/{bad}", "http://127.0.0.1:9/nobody"))
    assert f"{url}/{bad}: " in str(error.value)
    assert "http://127.0.0.1:9/nobody: " in str(error.value)
    assert download.MIRROR_VARIABLE in str(error.value)
    assert list(cache.rglob("*.gz")) + list(cache.rglob("tmp*")) == []


def test_a_file_damaged_in_the_cache_is_fetched_again(site, cache):
    folder, url = site
    small = collection(publish(folder / "good"), f"{url}/good")
    download.fetch(small)
    damaged = cache / "mnist" / "t10k-labels-idx1-ubyte.gz"
    damaged.write_bytes(b"half a file")
    download.fetch(small)
    assert damaged.read_bytes() == (folder / "good" / damaged.name).read_bytes()


def test_a_private_mirror_takes_the_place_of_all_others(site, cache, monkeypatch):
    folder, url = site
    checksums = publish(folder / "private" / "mnist")
    monkeypatch.setenv(download.MIRROR_VARIABLE, f"{url}/private/")
    download.fetch(collection(checksums, "http://127.0.0.1:9/nobody"))
    assert {file.name for file in (cache / "mnist").iterdir()} == set(checksums)


@pytest.mark.parametrize("known", download.COLLECTIONS.values(), ids=download.COLLECTIONS)
def test_the_published_collections_are_complete(known):
    assert len(known.class_names) == 10
    assert {len(bytes.fromhex(checksum)) for checksum in known.sha256.values()} == {32}
    prefixes = {file.partition("-")[0] for file in known.sha256}
    assert set(known.sha256) == {f"{p}{kind}.gz" for p in prefixes for kind in (idx.IMAGES, idx.LABELS)}
    assert prefixes == {"train", idx.TEST}
