"""A built site as files: its pages, their elements, and where their addresses lead."""

import posixpath
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html

from genfigs.errors import UserError
from genfigs.site import manifest

NOT_FOUND_PAGE = "404.html"  # served at any depth, so the only page with addresses from the root of the host


@dataclass(frozen=True)
class BuiltPage:
    """One HTML file; `path` is relative to the site."""

    path: str
    file: Path

    @cached_property
    def root(self) -> Any:
        """The page's element tree; every element knows its line."""
        return html.parse(str(self.file), parser=html.HTMLParser(encoding="utf-8")).getroot()

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id occurs."""
        return Counter(self.root.xpath("//@id"))

    @cached_property
    def anchors(self) -> set[str]:
        """Everything that `#…` can lead to."""
        return set(self.ids) | set(self.root.xpath("//a/@name"))

    def local_path(self, address: str) -> str | None:
        """Return the path below the site that `address` on this page leads to; None if it leaves the site.

        An address that climbs out of the site keeps its `../`, so no file is found there.
        """
        url = urlsplit(address)
        if url.scheme or url.netloc:
            return None
        if not url.path:
            return self.path
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(url.path)))


class BuiltSite:
    """A folder that the site was built into."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "index.html").is_file():
            raise UserError(
                f"`SITE` must be a built site; got `{folder}`, which has no index.html; run `nox -s site`"
            )
        self.folder = folder
        try:
            self.manifest = manifest.load(folder)
        except UserError as error:
            raise UserError(f"`SITE` must be a whole site: {error}, then `nox -s site`") from None
        files = sorted(folder.rglob("*.html"))
        paths = [file.relative_to(folder).as_posix() for file in files]
        self.pages = {path: BuiltPage(path, file) for path, file in zip(paths, files, strict=True)}

    def find(self, page: BuiltPage, address: str) -> Path | None:
        """Return the file that a local `address` leads to, or None if there is none."""
        path = page.local_path(address)
        if path is None:
            return None
        tries = [path]
        if path.startswith("/") and page.path == NOT_FOUND_PAGE:
            parts = path.strip("/").split("/")
            tries = ["/".join(parts[start:]) for start in range(len(parts))]
        for candidate in tries:
            file = self.folder / candidate.rstrip("/")
            if candidate.startswith(("/", "..")):
                continue
            if file.is_file():
                return file
            if (file / "index.html").is_file():
                return file / "index.html"
        return None

    def page_at(self, file: Path) -> BuiltPage | None:
        """Return the page that `file` is, or None if it is something else."""
        return self.pages.get(file.relative_to(self.folder).as_posix())
