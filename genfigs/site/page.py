"""The Markdown page being rendered: where it lies, and how a mistake on it is reported."""

import posixpath
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from genfigs.errors import UserError
from genfigs.site import manifest

FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})[^`\n]*\n.*?(?:^[ >]*\1[`~]*[ ]*$|\Z)", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
SNIPPET = re.compile(r"^[ ]*-+8<-+", re.MULTILINE)


class PageError(UserError):
    """A mistake on one page; the message starts with `page.md:line`."""


@dataclass(frozen=True)
class Location:
    """The folder of Markdown pages, and the page's path and address in it, in the site generator's words.

    `source_url` is where the project's files are shown on the web, if anywhere: `extra.source_url` of `mkdocs.yml`.
    """

    docs: Path
    path: str
    url: str
    error: type[Exception]
    source_url: str = ""


def locate(md: Any) -> Location:
    """Return where the page that `md` renders lies, asking MkDocs or Zensical, whichever is at work.

    Both say so only once rendering has begun, so this cannot be known when the extension is set up.
    """
    if "relpath" in md.treeprocessors:
        from mkdocs.exceptions import PluginError  # the kind that MkDocs prints without a traceback

        relpath = md.treeprocessors["relpath"]
        config, file = relpath.config, relpath.file
        return Location(Path(config.docs_dir), file.src_uri, file.url, PluginError, _source_url(config.extra))
    if "rendering_context" in md.preprocessors:
        context = md.preprocessors["rendering_context"]
        config, page = context.config, context.page
        return Location(
            Path(config["docs_dir"]), page.path, page.url, PageError, _source_url(config.get("extra"))
        )
    return Location(Path("docs"), "index.md", "index.html", PageError)


def _source_url(extra: Any) -> str:
    """Return the address in the `extra` part of the configuration, or nothing."""
    return str((extra or {}).get("source_url") or "")


@dataclass
class Page:
    """One page while it is rendered."""

    md: Any
    source: str = ""
    expressions: list[str] = field(default_factory=list)
    open_blocks: list[Any] = field(default_factory=list)
    used_ids: set[str] = field(default_factory=set)

    def reset(self) -> None:
        """Forget the last page."""
        self.source = ""
        self.expressions.clear()
        self.open_blocks.clear()
        self.used_ids.clear()

    @property
    def location(self) -> Location:
        """Where the page lies."""
        return locate(self.md)

    @property
    def manifest(self) -> manifest.Manifest:
        """What the page may refer to.

        Raises: the page's error, at the line of the first thing that needs the manifest, if there is none.
        """
        try:
            return manifest.load(self.location.docs)
        except UserError as error:
            pattern = rf"\{{\{{|^[ ]*/{{3,}}[ ]*(?:scrolly|stage)\b|!\[[^\]]*\]\([^)]*{manifest.FOLDER}/"
            raise self.error(str(error), pattern) from None

    def figure_source(self, file: str) -> str:
        """Return the path of a generated file relative to the page's Markdown file."""
        return posixpath.relpath(f"{manifest.FOLDER}/{file}", posixpath.dirname(self.location.path) or ".")

    @property
    def figure_root(self) -> str:
        """The address of the folder of generated files, relative to the page's own address."""
        return posixpath.relpath(manifest.FOLDER, posixpath.dirname(self.location.url) or ".") + "/"

    def error(self, message: str, pattern: str, *, last: bool = False) -> Exception:
        """Return the error to raise for a mistake at the first (or last) prose that matches `pattern`."""
        location = self.location
        if "zensical" in sys.modules:
            sys.tracebacklimit = (
                0  # Zensical prints what is raised here with its traceback, for want of a kind
            )
        return location.error(f"{location.path}:{self.line(pattern, last=last)}: {message}")

    def line(self, pattern: str, *, last: bool = False) -> int:
        """Return the line of the first (or last) match of `pattern` outside code, counted in the file from 1.

        What a snippet brought in is not in the file: the line is then that of the first snippet.
        """
        prose = without_code(self.source)
        matches = list(re.finditer(pattern, prose, re.MULTILINE)) or list(SNIPPET.finditer(prose))
        if not matches:
            return 1
        start = matches[-1 if last else 0].start()
        return prose.count("\n", 0, start) + 1 + self._front_matter_lines()

    def _front_matter_lines(self) -> int:
        """Return how many lines of the file stand before the text that was handed to Markdown."""
        file = self.location.docs / self.location.path
        try:
            text = file.read_text(encoding="utf-8-sig").rstrip()
        except (OSError, UnicodeDecodeError):
            return 0
        body = self.source.rstrip()
        return text.count("\n", 0, len(text) - len(body)) if text.endswith(body) else 0


def without_code(text: str) -> str:
    """Return `text` with fenced code and code spans blanked out, every other character in its place."""
    for code in (FENCE, CODE_SPAN):
        text = code.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    return text
