"""How many bytes a page may cost its reader."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from genfigs.site.built import BuiltPage, BuiltSite

FIRST_LOAD_BYTES = 300_000  # half a second of a good mobile connection, six of a poor one
WHOLE_PAGE_BYTES = 1_500_000  # after scrolling to the end: every still of both themes
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg"}  # what servers send with gzip
OTHER_HOST = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")\s]+)")


def over_budget(site: BuiltSite, page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """Find a page that costs more than it may, at first or in all.

    Units: bytes as sent, text with gzip.
    """
    first, later = _files(site, page)
    at_first = sum(map(_sent, first))
    in_all = at_first + sum(map(_sent, later - first))
    for cost, budget, what in (
        (at_first, FIRST_LOAD_BYTES, "first load"),
        (in_all, WHOLE_PAGE_BYTES, "whole page"),
    ):
        if cost > budget:
            heaviest = max(first | later, key=_sent).relative_to(site.folder).as_posix()
            remedy = f"lighten it, the heaviest file is `{heaviest}`"
            yield page.root, f"the {what} must cost at most {budget:,} bytes; got {cost:,}; {remedy}"


def blocking_scripts(site: BuiltSite, page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """Find scripts that hold up the text after them."""
    for script in page.root.xpath("//script[@src and not(@defer) and not(@async) and not(@type='module')]"):
        if script.xpath("ancestor::head or following::*[not(self::script)]"):
            yield script, f"`script` must be deferred; got `{script.get('src')}` before the text; add `defer`"


def eager_pictures(site: BuiltSite, page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """Find pictures below the first that are loaded before anybody scrolls to them."""
    for image in page.root.xpath("//img")[1:]:
        if image.get("loading") != "lazy" and not image.get("src", "").startswith("data:"):
            yield image, f"`loading` must be lazy below the first picture; got `{image.get('src')}`; state it"


def foreign_styles(site: BuiltSite, page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """Find style sheets that fetch anything from another host."""
    for link in page.root.xpath("//link[@rel='stylesheet']"):
        file = site.find(page, link.get("href", ""))
        for address in _foreign(file) if file else ():
            name = link.get("href")
            yield (
                link,
                f"`{name}` must load only from this site; got `{address}`; ship the file with the site",
            )


def _files(site: BuiltSite, page: BuiltPage) -> tuple[set[Path], set[Path]]:
    """Return the files that the page loads at once, and those that wait until they come into view."""
    first, later = {page.file}, set[Path]()
    for element in page.root.xpath("//link[@rel='stylesheet' or @rel='icon'] | //script[@src] | //img[@src]"):
        file = site.find(page, element.get("src") or element.get("href") or "")
        if file:
            (later if element.get("loading") == "lazy" else first).add(file)
    return first, later


def _sent(file: Path) -> int:
    stat = file.stat()
    return _sent_version(file, stat.st_mtime_ns, stat.st_size)


@cache
def _sent_version(file: Path, modified: int, size: int) -> int:
    """Return the bytes sent for one version of a file."""
    return len(gzip.compress(file.read_bytes(), 6)) if file.suffix in COMPRESSED else size


def _foreign(file: Path) -> list[str]:
    return OTHER_HOST.findall(file.read_text(encoding="utf-8"))
