"""The chapter in a browser at a quarter of the CPU's speed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chromium import running
from tests.browser.conftest import CHAPTER
from tests.hosting import hosted

THROTTLE = 4


@contextmanager
def slow_page(site: Path) -> Iterator[tuple[Page, str]]:
    """Give a throttled page, and the address of the chapter served from the folder `site`."""
    with hosted(site) as address, running() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
        yield page, f"{address}/{CHAPTER}"
