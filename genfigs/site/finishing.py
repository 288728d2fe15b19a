"""The last step after either generator: clocks leave the site, and each page states what it may load.

What depends on the day, the hour or the machine goes, so that two builds of the same sources agree in every byte.
"""

import gzip
import re
from pathlib import Path

from genfigs.pipeline.files import read_json, to_json, write
from genfigs.site.built import BuiltSite
from genfigs.site.manifest import FOLDER
from genfigs.site.policy import headers_file, with_policy
from genfigs.site.provenance import CLOCK

CLOCKS = re.compile(rf'<span class="?{CLOCK}"?>[^<]*</span>')
ANCHOR = re.compile(r'<a class="headerlink"(?! aria-hidden)')
SILENT = '<a class="headerlink" aria-hidden="true" tabindex="-1"'
"""The sign after each heading is for the mouse: read out, it would end every heading with "pilcrow sign"."""
DAY = re.compile(rb"\s*<lastmod>[^<]*</lastmod>")
MEASURED_TIMES = ("training.seconds",)  # values that a clock gave


def finish_site(folder: Path) -> None:
    """Finish the site in `folder`; a second time changes nothing.

    Raises: UserError if `folder` is not a built site or cannot be written.
    """
    site = BuiltSite(folder)
    pages = {page.file: _finished(page.file.read_text(encoding="utf-8")) for page in site.pages.values()}
    for file, text in pages.items():
        _rewrite(file, text.encode())
    _rewrite(folder / "_headers", headers_file(pages.values()).encode())
    _forget_durations(folder / FOLDER / "manifest.json")
    _forget_the_day(folder / "sitemap.xml")


def _finished(page: str) -> str:
    """Return a page without what a clock said, its anchors silent, and with the policy of what it may load."""
    return with_policy(ANCHOR.sub(SILENT, CLOCKS.sub("", page)))


def _forget_durations(path: Path) -> None:
    """Take out of the site's copy of the manifest how long things took."""
    manifest = read_json(path) or {}
    for figure in manifest["figures"].values():
        figure["seconds"] = None
    for name in MEASURED_TIMES:
        manifest["values"].pop(name, None)
    _rewrite(path, to_json(manifest))


def _forget_the_day(sitemap: Path) -> None:
    """Take the day of the build out of the sitemap: a page that did not change must not claim that it did."""
    if sitemap.is_file():
        _rewrite(sitemap, DAY.sub(b"", sitemap.read_bytes()))
        _rewrite(sitemap.with_name("sitemap.xml.gz"), gzip.compress(sitemap.read_bytes(), mtime=0))


def _rewrite(path: Path, content: bytes) -> None:
    """Write `content` unless `path` holds it already."""
    if not path.is_file() or path.read_bytes() != content:
        write(path, content)
