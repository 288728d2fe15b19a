"""What the scroll may weigh, in bytes; every file is measured as a host sends it."""

import gzip
import json

import pytest

from tests.browser.conftest import ROOT
from tests.browser.test_scroll import stage_names

pytestmark = pytest.mark.browser
FIGURES = ROOT / "docs" / "figures"
STAGE_BUDGETS = {"gif": 150_000, "webp": 60_000}
ANIMATED_SVG = 25_000


def packed(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))


def test_the_scene_the_weights_and_the_script_stay_within_their_budgets(site_folder) -> None:
    assert packed((FIGURES / "forward-pass.json").read_bytes()) <= 40_000
    assert packed((FIGURES / "network.json").read_bytes()) <= 25_000
    scripts = [packed((site_folder / "assets" / name).read_bytes()) for name in ("chapter.js", "studio.js")]
    assert scripts[0] <= 12_000
    assert sum(scripts) <= 40_000


@pytest.mark.usefixtures("site_folder")
def test_every_stage_moves_within_its_budgets() -> None:
    files = json.loads((FIGURES / "manifest.json").read_text(encoding="utf-8"))["figures"]
    for stage in stage_names():
        entry = files[f"stage-{stage}"]["files"]
        for suffix, limit in STAGE_BUDGETS.items():
            assert entry[suffix]["bytes"] <= limit, (stage, suffix)
        assert packed((FIGURES / entry["svg"]["path"]).read_bytes()) <= ANIMATED_SVG, stage
