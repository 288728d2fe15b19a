"""The author's desk: the site in a browser, with prose, figures and code that reload when they change."""

import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from watchfiles import DefaultFilter, watch

from genfigs.errors import UserError
from genfigs.pipeline.project import MARKER, Settings
from genfigs.site.builder import Builder
from genfigs.site.host import Host
from genfigs.site.manifest import FOLDER
from genfigs.site.rendering import Renderer, forget_code

SETTLE = 30  # milliseconds without a further change before anything is done about the last
GLANCE = 300  # milliseconds between two looks at the one file that is not watched in a folder
SNIPPET = re.compile(r"^\s*-+8<-+\s+[\"']([^\"':]+)", re.MULTILINE)
FIRST = "The figures are built for the first time, which takes minutes. The terminal shows how far that is."
LOADED = ("genfigs/pipeline/", "genfigs/errors.py", "genfigs/__init__.py")
"""Code that a waiting build has loaded already."""
OWN = ("desk.py", "host.py", "builder.py", "rendering.py")
"""Code that this process runs for as long as it lives."""


def serve(root: Path, address: str, settings: Settings) -> None:
    """Serve at `address` until interrupted; render prose and build figures on every change of what they are made from.

    What is wrong is shown in the terminal and on the page, and the next save tries again.
    Raises: UserError for an address that is none, or that is not free.
    """
    os.chdir(root)  # where MkDocs looks for what pages include
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _end_on_request(), tempfile.TemporaryDirectory(prefix="genfigs-") as workplace:
        with Host(address, Path(workplace) / "nowhere") as host:
            Desk(root, Path(workplace), host, settings).work()


class Desk:
    """What happens to which change."""

    def __init__(self, root: Path, workplace: Path, host: Host, settings: Settings) -> None:
        self._root = root
        self._host = host
        self._renderer = Renderer(root, workplace, host.url)
        self._builder = Builder(root, settings, self._built)
        self._troubles = {"words": "", "build": ""}

    def work(self) -> None:
        """Build and render, then again on every change, until interrupted."""
        with self._builder:
            self._builder.build()
            self._render()
            self._builder.say(f"serving at {self._host.url} until Ctrl-C")
            for paths in changes(self._root):
                self._answer(Change.of(self._root, paths))

    def _answer(self, change: "Change") -> None:
        for path in change.code:
            Path(cache_from_source(path)).unlink(missing_ok=True)  # it tells saves apart by the second only
        if change.builds:
            self._builder.build(renew=change.renews)
        if change.rewrites:
            forget_code()
        if change.renders:
            self._render()
        for name in change.own:
            self._builder.say(f"{name} is code of `serve` itself; start that again to use what you changed")

    def _render(self) -> None:
        start = time.perf_counter()
        try:
            folder, warnings = self._renderer.render()
        except UserError as error:
            self._failed(str(error))
            return
        for line in warnings:
            self._builder.say(f"warning: {line}")
        self._builder.say(f"pages: rendered in {time.perf_counter() - start:.1f} s")
        self._host.show(folder)
        self._trouble("words", "")

    def _failed(self, problem: str) -> None:
        """Tell what is wrong with the words; before the first build has ended, nothing can be right with them."""
        if self._builder.busy and not (self._root / "docs" / FOLDER / "manifest.json").exists():
            problem = FIRST
        else:
            self._builder.say(f"error: {problem}")
        self._trouble("words", problem)

    def _built(self, problem: str) -> None:
        self._trouble("build", problem)

    def _trouble(self, place: str, problem: str) -> None:
        self._troubles[place] = problem
        self._host.tell("\n".join(filter(None, self._troubles.values())))


@dataclass(frozen=True)
class Change:
    """What a set of changed files, relative to the project, calls for."""

    builds: bool
    renews: bool
    rewrites: bool
    renders: bool
    code: tuple[Path, ...]
    own: tuple[str, ...]

    @classmethod
    def of(cls, root: Path, paths: Iterable[str]) -> "Change":
        """Return what to do about `paths`."""
        names = sorted(paths)
        scripts = [name for name in names if name.startswith("docs/assets/js/")]
        site = [name for name in names if name.startswith("genfigs/site/") or name == "genfigs/errors.py"]
        drawn = [name for name in names if name.startswith("genfigs/") and not name.startswith("genfigs/site/")]
        shown = [name for name in names if name.startswith("docs/") and name not in scripts]
        return cls(
            builds=bool(scripts or drawn),
            renews=any(name.startswith(LOADED) for name in drawn),
            rewrites=bool(site),
            renders=bool(site or shown or MARKER in names or set(drawn) & set(included(root))),
            code=tuple(root / name for name in names if name.endswith(".py")),
            own=tuple(name for name in site if name.removeprefix("genfigs/site/") in OWN),
        )


def included(root: Path) -> Iterator[str]:
    """Yield the files that pages include, as they write it."""
    for page in (root / "docs").rglob("*.md"):
        yield from SNIPPET.findall(page.read_text(encoding="utf-8", errors="replace"))


class Saves(DefaultFilter):
    """Files that authors save; what editors, Python and this program leave beside them is no change."""

    def __call__(self, change: object, path: str) -> bool:
        """Return whether the change of `path` counts."""
        name = Path(path).name
        vims_probe = name == "4913"
        return not (name.startswith(".") or vims_probe) and super().__call__(change, path)  # type: ignore[arg-type]


def changes(root: Path) -> Iterator[set[str]]:
    """Yield the paths, relative to `root`, that changed, as soon as nothing more follows."""
    marker, before = root / MARKER, _stamp(root / MARKER)
    watched = watch(
        root / "genfigs",
        root / "docs",
        watch_filter=Saves(),
        step=SETTLE,
        rust_timeout=GLANCE,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    for found in watched:
        paths = {Path(path).relative_to(root).as_posix() for _, path in found}
        now = _stamp(marker)
        if now != before:  # editors put a new file in its place, of which whoever watches the old one hears nothing
            paths.add(MARKER)
            before = now
        if paths:
            yield paths


def _stamp(path: Path) -> tuple[int, int]:
    try:
        return path.stat().st_mtime_ns, path.stat().st_size
    except OSError:
        return 0, 0


@contextmanager
def _end_on_request() -> Iterator[None]:
    """End the block quietly on Ctrl-C, and on the signal that asks a program to end."""

    def end(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    finally:
        signal.signal(signal.SIGTERM, before)
