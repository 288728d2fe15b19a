"""Draw at a quarter of the CPU's speed; count the milliseconds from a pointer event to the updated figure."""

import statistics
from pathlib import Path

from tests.bench.slow_page import slow_page
from tests.browser.paper import open_panel

STAGES = ("input", "conv1", "conv2", "softmax")  # few sheets, eight, sixteen, bars
SCRIPT = """async () => {
    const canvas = document.querySelector(".pad canvas"), box = canvas.getBoundingClientRect(), delays = [];
    let updates = 0;
    document.querySelector(".scrolly").addEventListener("exhibit", () => { updates += 1; });
    canvas.setPointerCapture = () => {}; // no real pointer is down
    const send = (kind, x, y) => canvas.dispatchEvent(new PointerEvent(kind, {
        pointerId: 1, isPrimary: true, bubbles: true, cancelable: true, button: 0, buttons: 1,
        clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
    const painted = () => new Promise((done) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0); // answered once the frame is painted
    }));
    send("pointerdown", 0.3, 0.2);
    for (let step = 1; step <= 60; step += 1) {
        await new Promise((done) => setTimeout(done, 8));
        const before = updates, start = performance.now();
        for (let part = 0; part < 3; part += 1) {
            send("pointermove", 0.5 + 0.25 * Math.sin((step + part / 3) / 6), 0.2 + step / 100);
        }
        await painted();
        delays.push(performance.now() - start);
        if (updates !== before + 1) throw new Error(`${updates - before} updates in one frame`);
    }
    send("pointerup", 0.5, 0.8);
    return delays;
}"""


def measure(site: Path) -> dict[str, float]:
    """Return milliseconds from the last pointer event to the frame that shows its ink, by stage."""
    found = {}
    with slow_page(site) as (page, chapter):
        for stage in STAGES:
            page.goto(f"{chapter}?stage={stage}")
            page.wait_for_selector(".player")
            page.wait_for_timeout(1000)
            open_panel(page)
            found[stage] = page.evaluate(SCRIPT)
    figures: dict[str, float] = {}
    for stage, delays in found.items():
        median, *_, p95 = statistics.quantiles(delays, n=20, method="inclusive")[9:]
        figures |= {f"{stage}_median_ms": median, f"{stage}_p95_ms": p95, f"{stage}_best_ms": min(delays)}
    return figures
