"""Photos of real handwriting through the page's own upload, against the network on the same digits as they are.

`python -m tests.bench.uploads FOLDER` in the project's folder, with the site built; FOLDER holds IDX files.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from genfigs.data import Split, read_test_folder
from tests.bench.run import ROOT
from tests.browser.chromium import running
from tests.browser.conftest import CHAPTER
from tests.browser.paper import answer, choose, encoded, open_panel, photo
from tests.hosting import hosted

DIGITS = 200
SCALES = (3, 12)  # pixels of the photo to a pixel of the digit, at least and below: of 400 pixels, 84 to 308
DIRECTLY = "(image) => document.querySelector('.scrolly').scroll.send(Uint8Array.from(image))"


def measure(site: Path, split: Split, digits: int = DIGITS) -> dict[str, float]:
    """Return the accuracies from 0 to 1: of the digits themselves, and of their photos, centred and not."""
    with hosted(site) as address, running() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/{CHAPTER}")
        page.wait_for_selector(".player")
        open_panel(page, "Upload or paste a photo")
        hits = [answers(page, *one) for one in photos(split, digits)]
    direct, centred, placed = np.mean(hits, axis=0).tolist()
    return {"digits": len(hits), "evaluate": direct, "centred": centred, "not_centred": placed}


def photos(split: Split, count: int) -> list[tuple[np.ndarray, int, bytes]]:
    """Return digits spread over the split, their labels, and photos of them off the middle of the paper."""
    random = np.random.default_rng(0)
    found = []
    for index in np.linspace(0, len(split.labels) - 1, count).astype(int):
        left, top = random.uniform(0, 1, 2)
        scale = int(random.integers(*SCALES))
        picture = photo(split.images[index], scale=scale, left=left, top=top, seed=int(index))
        found.append((split.images[index], int(split.labels[index]), encoded(picture, "JPEG", quality=85)))
    return found


def answers(page: Page, image: np.ndarray, label: int, content: bytes) -> tuple[bool, bool, bool]:
    """Return whether the digit, its centred photo and its photo as placed are read rightly."""
    page.evaluate(DIRECTLY, image.ravel().tolist())
    direct = answer(page) == label
    switch = page.locator(".studio__switch input")  # out of sight before the first photo
    switch.evaluate("one => { one.checked = false; }")
    choose(page, content, "photo.jpg", "image/jpeg")
    centred = answer(page) == label
    switch.check()
    return direct, centred, answer(page) == label


def main() -> None:
    """Print the accuracies as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--digits", type=int, default=DIGITS)
    options = parser.parse_args()
    print(json.dumps(measure(ROOT / "site", read_test_folder(options.folder), options.digits)))


if __name__ == "__main__":
    main()
