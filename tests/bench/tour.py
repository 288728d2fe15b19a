"""A moving picture of the scroll for the README: the built site in a browser, from the first stage to the answer.

`python -m tests.bench.tour [SITE]` with the site built; writes docs/assets/chapter.webp.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser.chromium import running
from tests.browser.conftest import CHAPTER, ROOT
from tests.hosting import hosted

VIEW = {"width": 1280, "height": 780}
SHOWN = (860, 524)  # pixels of the picture
STEPS_PER_STAGE = 7
FRAME, LAST = 110, 1_800  # milliseconds
FIRST_STEP = 2  # the figure is on its way into view before
QUALITY = 55


def frames(page: Page) -> list[Image.Image]:
    """Return the pictures of a scroll through all stages at an even pace."""
    stages = page.locator(".stage").count()
    taken = []
    for step in range(FIRST_STEP, stages * STEPS_PER_STAGE + 1):
        page.evaluate(
            "(t) => document.querySelector('.scrolly').scroll.seek(t)",
            min(step / STEPS_PER_STAGE, stages - 0.05),
        )
        page.wait_for_timeout(120)
        taken.append(
            Image.open(BytesIO(page.screenshot())).convert("RGB").resize(SHOWN, Image.Resampling.LANCZOS)
        )
    return taken


def record(site: Path, target: Path) -> None:
    """Write the moving picture of the built `site` to `target`."""
    with hosted(site) as address, running() as browser:
        page = browser.new_page(viewport=VIEW, color_scheme="light")
        page.goto(f"{address}/{CHAPTER}")
        page.wait_for_selector(".tray__door")
        first, *rest = frames(page)
    durations = [FRAME] * len(rest) + [LAST]
    options = {
        "save_all": True,
        "append_images": rest,
        "duration": durations,
        "loop": 0,
        "quality": QUALITY,
        "method": 6,
    }
    first.save(target, "WEBP", **options)


if __name__ == "__main__":
    record(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "site", ROOT / "docs" / "assets" / "chapter.webp")
