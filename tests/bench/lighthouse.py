"""Lighthouse's mobile preset on every page, served with gzip on the loopback address.

`python -m tests.bench.lighthouse [SITE]` with npm at hand; Lighthouse comes from npm into the cache folder.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.bench.npm import ROOT, install
from tests.browser.chromium import FLAGS, running, whole_browser
from tests.hosting import Packing, hosted

PACKAGE = "lighthouse@13.5.0"
RUNS = 5
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "lcp_s": ("largest-contentful-paint", 0.001),
    "tbt_ms": ("total-blocking-time", 1),
    "cls": ("cumulative-layout-shift", 1),
    "kB": ("total-byte-weight", 0.001),
}


def report(folder: Path, address: str) -> dict[str, Any]:
    """Return Lighthouse's report on one load of `address`."""
    with tempfile.TemporaryDirectory() as profile:
        flags = " ".join(["--headless=new", *FLAGS, f"--user-data-dir={profile}"])
        program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
        command = ["node", str(program), address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
        environment = {**os.environ, "CHROME_PATH": whole_browser()}
        run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(run.stdout)


def figures(reports: list[dict[str, Any]], address: str) -> dict[str, float]:
    """Return the median of each score and metric, and how many requests went to other hosts."""
    scores = {name: median(one["categories"][name]["score"] * 100 for one in reports) for name in CATEGORIES}
    metrics = {
        key: round(median(one["audits"][audit]["numericValue"] for one in reports) * unit, 3)
        for key, (audit, unit) in METRICS.items()
    }
    requests = [
        item["url"] for one in reports for item in one["audits"]["network-requests"]["details"]["items"]
    ]
    others = sum(not url.startswith((address, "data:", "blob:")) for url in requests)
    return {**scores, **metrics, "requests": len(requests) / len(reports), "third_party": others}


def faults(reports: list[dict[str, Any]]) -> list[str]:
    """Return the audits that cost points in any report, outside performance."""
    found = set()
    for one in reports:
        for category in CATEGORIES[1:]:
            for reference in one["categories"][category]["auditRefs"]:
                score = one["audits"][reference["id"]]["score"]
                if reference["weight"] and score is not None and score < 1:
                    found.add(f"{category}: {reference['id']}")
    return sorted(found)


def axe(address: str) -> str:
    """Return how many rules axe sees broken on the page at `address`, and by how many elements."""
    with running() as browser:
        page = browser.new_page()
        page.goto(address, wait_until="networkidle")
        broken = Axe().run(page).response["violations"]
    return f"{len(broken)} / {sum(len(rule['nodes']) for rule in broken)}" if broken else "0"


def measure(site: Path, runs: int = RUNS) -> dict[str, Any]:
    """Return the figures of every page of the built site, by page and figure."""
    folder, found = install(PACKAGE), {}
    pages = sorted(
        page.relative_to(site).as_posix() for page in site.rglob("*.html") if page.name != "404.html"
    )
    with hosted(site, Packing) as address:
        for page in pages:
            reports = [report(folder, f"{address}/{page}") for _ in range(runs)]
            print(page, *faults(reports), file=sys.stderr, flush=True)
            measured = {**figures(reports, address), "axe": axe(f"{address}/{page}")}
            found |= {f"{Path(page).stem}.{key}": value for key, value in measured.items()}
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "site")))
