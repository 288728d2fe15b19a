"""The chapter in a browser at a quarter of the CPU's speed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import FLAGS, find_or_install
from tests.browser.conftest import CHAPTER, QuietHandler

THROTTLE = 4


@contextmanager
def slow_page(site: Path) -> Iterator[tuple[Page, str]]:
    """Give a throttled page, and the address of the chapter served from the folder `site`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site))) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
            yield page, f"http://127.0.0.1:{host.server_address[1]}/{CHAPTER}"
            browser.close()
        host.shutdown()
