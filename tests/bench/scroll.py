"""Scroll through the chapter at a quarter of the CPU's speed; count slow frames and layout shifts."""

import statistics
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find_or_install
from tests.browser.conftest import CHAPTER, QuietHandler

THROTTLE = 4
STEP = 24  # pixels a frame: a brisk swipe
SCRIPT = """async (step) => {
    const frames = [], tasks = []; let shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => tasks.push(entry.duration)))
        .observe({ type: "longtask" });
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
    const figure = document.querySelector(".scrolly");
    const top = figure.getBoundingClientRect().top + scrollY - innerHeight;
    const end = top + figure.offsetHeight;
    scrollTo({ top, behavior: "instant" });
    await new Promise((done) => setTimeout(done, 1500));
    let last = await new Promise(requestAnimationFrame);
    for (let y = top; y < end; y += step) {
        scrollTo({ top: y, behavior: "instant" });
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - last);
        last = now;
    }
    return { frames, tasks, shift };
}"""


def measure(site: Path) -> dict[str, float]:
    """Return milliseconds a frame, the longest task and the layout shift of a scroll from end to end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site))) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
            page.goto(f"http://127.0.0.1:{host.server_address[1]}/{CHAPTER}")
            page.wait_for_selector(".player")
            found = page.evaluate(SCRIPT, STEP)
            browser.close()
        host.shutdown()
    frames = sorted(found["frames"])
    return {
        "frames": len(frames),
        "median_ms": statistics.median(frames),
        "p95_ms": frames[int(0.95 * len(frames))],
        "worst_ms": frames[-1],
        "over_50_ms": sum(frame > 50 for frame in frames),
        "longest_task_ms": max(found["tasks"], default=0.0),
        "layout_shift": found["shift"],
    }
