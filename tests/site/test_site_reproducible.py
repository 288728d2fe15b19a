"""Two builds of the same sources agree in every byte, wherever, whenever and however they run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("docs", "genfigs", "mkdocs.yml")
ANOTHER_DAY = """\
import time_machine

time_machine.travel("{day}", tick=True).start()
"""


def copy_project(root: Path) -> None:
    """Copy to `root` what a build reads, and nothing that one makes."""
    for name in SOURCES[:2]:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / SOURCES[2], root)
    subprocess.run([sys.executable, "-m", "genfigs", "clean"], cwd=root, env=environment(root, 0), check=True)


def environment(root: Path, hash_seed: int) -> dict[str, str]:
    """Return the environment of programs that run the copy in `root`."""
    own = {
        "PYTHONPATH": str(root),
        "PYTHONHASHSEED": str(hash_seed),
        "NO_MKDOCS_2_WARNING": "1",
        "JAX_COMPILATION_CACHE_DIR": str(root / ".genfigs" / "compiled"),  # each compiles for itself
    }
    inherited = {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"}
    return {**inherited, **own}


def build_site(root: Path, day: str, jobs: int, hash_seed: int) -> dict[str, bytes]:
    """Return every file of the finished preview of a fresh copy of the project in `root`, built on `day`."""
    copy_project(root)
    (root / "sitecustomize.py").write_text(ANOTHER_DAY.format(day=day))
    for command in (
        ("genfigs", "build", "--quick", "--jobs", str(jobs)),
        ("mkdocs", "build", "--strict", "--quiet"),
        ("genfigs", "finish", "site"),
    ):
        run = [sys.executable, "-m", *command]
        subprocess.run(run, cwd=root, env=environment(root, hash_seed), capture_output=True, check=True)
    files = filter(Path.is_file, sorted((root / "site").rglob("*")))
    return {file.relative_to(root / "site").as_posix(): file.read_bytes() for file in files}


@pytest.mark.slow
def test_two_builds_agree_in_every_byte_of_the_site(tmp_path: Path) -> None:
    one = build_site(tmp_path / "here", "2019-03-04", jobs=1, hash_seed=1)
    other = build_site(tmp_path / "some where else", "2031-11-12T13:14", jobs=2, hash_seed=2)
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert "chapters/10-convolutional-networks.html" in one
