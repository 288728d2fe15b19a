"""The cache is known by content: another folder, other dates or another machine find all in it that is theirs."""

import os
import re
import shutil
from pathlib import Path

import pytest
from miniature import Project


def restored(project: Project, root: Path) -> Project:
    """Return `project` as a fresh checkout in `root` with the cache put back: other dates, nothing published."""
    shutil.copytree(project.root, root, copy_function=shutil.copyfile)
    for number, path in enumerate(sorted(root.rglob("*"))):
        os.utime(path, (number, number))
    shutil.rmtree(root / "docs" / "figures")
    for name in ("tokens.css", "chapter.js"):
        (root / "docs" / "assets" / name).unlink()
    return Project(root)


@pytest.fixture
def with_images(project: Project) -> Project:
    """Return a project built from a folder of its own."""
    (project.root / "images").mkdir()
    (project.root / "images" / "digits").write_bytes(b"123")
    project.build("--data", "images")
    return project


def test_a_restored_cache_brings_everything_back_and_no_task_runs(
    built_once: Project, tmp_path: Path
) -> None:
    elsewhere = restored(built_once, tmp_path / "another" / "place")
    assert elsewhere.build() == set()
    assert elsewhere.outputs() == built_once.outputs()


def test_data_in_the_project_moves_with_it(with_images: Project, tmp_path: Path) -> None:
    elsewhere = restored(with_images, tmp_path / "elsewhere")
    shutil.rmtree(with_images.root)
    assert elsewhere.run("list").returncode == 0
    assert elsewhere.build("--data", "images") == set()
    assert "stale" not in elsewhere.run("list").stdout


def test_a_moved_project_still_knows_what_it_published(project: Project, tmp_path: Path) -> None:
    moved = Project(project.root.rename(tmp_path / "moved"))
    (moved.root / "genfigs/figures/alpha.py").unlink()
    (moved.out / "manifest.json").unlink()
    assert moved.build() == set()
    assert not list(moved.out.glob("alpha.*"))


def test_nothing_in_the_cache_names_the_folder_or_the_user(with_images: Project) -> None:
    names = re.compile("|".join(map(re.escape, {str(with_images.root.parent), str(Path.home())})))
    for path in with_images.cache.rglob("*.json"):
        assert not names.search(path.read_text()), path


def test_a_restored_cache_does_not_hide_an_edit(built_once: Project, tmp_path: Path) -> None:
    elsewhere = restored(built_once, tmp_path / "elsewhere")
    elsewhere.edit("genfigs/figures/_shades.py", "grey", "black")
    os.utime(elsewhere.root / "genfigs/figures/_shades.py", (1, 1))
    assert elsewhere.build() == {"figure/alpha"}
