"""Scroll through the chapter at a quarter of the CPU's speed; count slow frames and layout shifts."""

import statistics
from pathlib import Path

from tests.bench.slow_page import slow_page

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
    with slow_page(site) as (page, chapter):
        page.goto(chapter)
        page.wait_for_selector(".player")
        found = page.evaluate(SCRIPT, STEP)
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
