"""The author's guide in CONTRIBUTING.md, followed to the letter in a copy of the project."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from genfigs.site.check import check_site
from genfigs.site.prose import typed_numbers
from tests.browser.conftest import ROOT, Watched

pytestmark = pytest.mark.browser

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^genfigs (new .+)$", re.MULTILINE)
FILE = re.compile(r'^```\w+ title="(?P<path>.+?)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)
SOURCES = ("docs", "genfigs", ".genfigs/handwriting-0")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, its cache included, after the guide's steps."""
    root = tmp_path_factory.mktemp("guide") / "project"
    for name in filter(lambda name: (ROOT / name).exists(), SOURCES):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    for step in COMMAND.findall(GUIDE):
        run(root, "genfigs", *shlex.split(step))
    build(root, "started")
    for file in FILE.finditer(GUIDE):
        (root / file["path"]).write_text(file["text"], encoding="utf-8")
    build(root, "site")
    return root


def run(root: Path, *command: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def build(root: Path, site: str) -> None:
    run(root, "genfigs", "build")
    run(root, "mkdocs", "build", "--strict", "--quiet", "--site-dir", site)
    run(root, "genfigs", "finish", site)


def test_the_starting_points_build_as_they_are(project: Path) -> None:
    assert check_site(project / "started") == []
    assert (project / "started" / "figures" / "blur.light.svg").exists()
    assert (project / "started" / "chapters" / "20-visual-cortex.html").exists()


def test_the_finished_steps_pass_the_check_and_the_lint(project: Path) -> None:
    assert check_site(project / "site") == []
    assert typed_numbers(project / "docs") == []


def test_the_new_scene_follows_the_scroll(project: Path, watched: Watched) -> None:
    page = watched.page
    page.goto((project / "site" / "chapters" / "20-visual-cortex.html").as_uri())
    page.wait_for_selector(".player")
    for stage in ("input", "conv1", "relu1"):
        page.locator(f"#stage-{stage} p").first.scroll_into_view_if_needed()
        page.locator(f"#stage-{stage}").evaluate("card => card.scrollIntoView({ block: 'center' })")
        page.wait_for_selector(f".scrolly[data-stage='{stage}']")
    assert watched.complaints == []
