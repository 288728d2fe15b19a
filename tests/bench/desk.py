"""Save on the author's desk, and count the seconds until the browser shows it."""

import json
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chromium import running
from tests.serving import CHAPTER, Desk, copy_project, serving

REPEATS = 5
REST = 6.0  # seconds between two saves, in which the next build gets ready, as while an author looks
FIGURE = "kernels"
CODE = f"genfigs/figures/{FIGURE}.py"
HEIGHT = "height=height"


def measure() -> dict[str, float]:
    """Return median and worst seconds from a save to the page that shows it; of a figure, without its own seconds."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(copy_project(Path(folder) / "book")) as desk,
        running() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{desk.url}/{CHAPTER}.html")
        page.wait_for_selector(".player")
        prose = [_prose(desk, page, turn) for turn in range(REPEATS)]
        figure = [_figure(desk, page) for _ in range(REPEATS)]
    return {
        "prose_median_s": statistics.median(prose),
        "prose_worst_s": max(prose),
        "figure_overhead_median_s": statistics.median(figure),
        "figure_overhead_worst_s": max(figure),
    }


def _prose(desk: Desk, page: Page, turn: int) -> float:
    time.sleep(REST)
    start = time.perf_counter()
    desk.edit(f"docs/{CHAPTER}.md", "\n## 7. ", f"\nSentence {turn}.\n\n## 7. ")
    page.get_by_text(f"Sentence {turn}.", exact=True).wait_for(state="attached")
    return time.perf_counter() - start


def _figure(desk: Desk, page: Page) -> float:
    height = int(page.get_attribute(f"#figure-{FIGURE} img", "height") or 0)
    time.sleep(REST)
    start = time.perf_counter()
    desk.edit(CODE, HEIGHT, f"{HEIGHT} + 1")
    page.wait_for_selector(f"#figure-{FIGURE} img[height='{height + 1}']", state="attached")
    whole = time.perf_counter() - start
    manifest = json.loads((desk.root / "docs/figures/manifest.json").read_text(encoding="utf-8"))
    return whole - manifest["figures"][FIGURE]["seconds"]
