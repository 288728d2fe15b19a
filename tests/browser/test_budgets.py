"""What the scroll may weigh, in bytes; every file is measured as a host sends it."""

import gzip
import random
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
SENT_PACKED = {".css", ".js", ".json", ".svg"}
BUDGETS = {
    "assets/chapter.js": 12_000,
    "assets/studio.js": 28_500,
    "figures/forward-pass.json": 40_000,
    "figures/network.json": 25_000,
    "figures/stage-*.gif": 150_000,
    "figures/stage-*.webp": 60_000,
    "figures/stage-*.svg": 25_000,
    "figures/cover.png": 60_000,
}
OWN_SCRIPTS = 40_000


def sent(file: Path) -> int:
    content = file.read_bytes()
    return len(gzip.compress(content, mtime=0)) if file.suffix in SENT_PACKED else len(content)


def excess(site: Path) -> list[str]:
    """Return the files of `site` that weigh more than they may."""
    files = [(file, limit) for pattern, limit in BUDGETS.items() for file in site.glob(pattern)]
    over = [file.relative_to(site).as_posix() for file, limit in files if sent(file) > limit]
    scripts = sum(sent(site / "assets" / name) for name in ("chapter.js", "studio.js"))
    return over + (["scripts"] if scripts > OWN_SCRIPTS else [])


def test_everything_stays_within_its_budget(site_folder: Path) -> None:
    assert excess(site_folder) == []
    assert all(list(site_folder.glob(pattern)) for pattern in BUDGETS)


@pytest.mark.parametrize("pattern", BUDGETS)
def test_each_budget_can_be_broken(site_folder: Path, tmp_path: Path, pattern: str) -> None:
    for name in ("assets", "figures"):
        shutil.copytree(site_folder / name, tmp_path / name)
    file = next(tmp_path.glob(pattern))
    file.write_bytes(random.Random(0).randbytes(BUDGETS[pattern] + 1))
    assert file.relative_to(tmp_path).as_posix() in excess(tmp_path)
