"""The README's table: the chapter beside its peers, from bench.json and peers.json; nothing in it is typed."""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BENCH, PEERS, README = ROOT / "bench.json", Path(__file__).with_name("peers.json"), ROOT / "README.md"
BLOCK = re.compile(r"(?<=<!-- bench -->\n).*?(?=<!-- /bench -->)", re.DOTALL)
CHAPTER = "10-convolutional-networks"
HEADINGS = {
    "performance": "perf.",
    "accessibility": "access.",
    "best-practices": "best pr.",
    "seo": "SEO",
    "kB": "kB",
    "third_party": "other hosts",
    "lcp_s": "LCP s",
    "tbt_ms": "TBT ms",
    "cls": "CLS",
    "axe": "axe faults",
}


def markdown(bench: dict[str, Any], peers: dict[str, Any]) -> str:
    """Return the table; without a measurement of the chapter, the peers alone."""
    measured = bench.get("lighthouse", {})
    own = [measured.get(f"{CHAPTER}.{column}") for column in peers["columns"]]
    rows = [("**this chapter**", [f"**{shown(value)}**" for value in own])] if measured else []
    rows += [(name, list(map(shown, values))) for name, values in sorted(peers["pages"].items())]
    head = ["Lighthouse, mobile", *(HEADINGS[column] for column in peers["columns"])]
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *([name, *values] for name, values in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def shown(value: float | str | None) -> str:
    """Return a figure as the table shows it."""
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def current() -> str:
    """Return the table of the present measurements."""
    return markdown(
        json.loads(BENCH.read_text(encoding="utf-8")), json.loads(PEERS.read_text(encoding="utf-8"))
    )


def write() -> None:
    """Put the table of the present measurements into the README."""
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda _: current(), text), encoding="utf-8")
