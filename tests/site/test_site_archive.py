"""The site as one ZIP file: the same bytes for the same site, whole, and nothing that only a host needs."""

import os
import shutil
import zipfile

import pytest

from genfigs.errors import UserError
from genfigs.site.archive import zip_site


def paths(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_everything_a_reader_needs_lies_in_one_folder_named_for_the_book(built_site, tmp_path):
    target = tmp_path / "site.zip"
    assert zip_site(built_site, target) == "how-computers-see"
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names)
        archive.extractall(tmp_path)
    unpacked = tmp_path / "how-computers-see"
    left_out = paths(built_site) - paths(unpacked)
    assert left_out == {"404.html", "sitemap.xml"} | (left_out & {"sitemap.xml.gz"})
    for path in paths(unpacked):
        assert (unpacked / path).read_bytes() == (built_site / path).read_bytes(), path


def test_the_same_site_gives_the_same_bytes_whenever_it_was_written(built_site, tmp_path):
    copy = tmp_path / "copy"
    for file in sorted(paths(built_site), reverse=True):
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built_site / file, copy / file)
        os.utime(copy / file, (1e9, 1e9))
        (copy / file).chmod(0o600)
    zip_site(built_site, tmp_path / "one.zip")
    zip_site(copy, tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_unpacked_files_may_be_read_by_all_and_written_by_their_owner(built_site, tmp_path):
    zip_site(built_site, tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


def test_an_earlier_file_is_replaced_whole_or_stays(built_site, tmp_path, monkeypatch):
    target = tmp_path / "site.zip"
    target.write_bytes(b"earlier")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.write_bytes", full)
        with pytest.raises(UserError, match="disk is full"):
            zip_site(built_site, target)
    assert target.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [target]
    zip_site(built_site, target)
    assert zipfile.is_zipfile(target)


def test_what_is_no_site_is_refused(tmp_path):
    with pytest.raises(UserError, match="`SITE` must be a built site; got .* run `nox -s site`"):
        zip_site(tmp_path, tmp_path / "site.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_file_inside_the_site_is_refused(built_site):
    with pytest.raises(UserError, match="`FILE` must lie outside the site; got .*; choose another place"):
        zip_site(built_site, built_site / "assets" / ".." / "site.zip")
