"""The author's desk: the site in a browser, with prose and figures that reload when they change."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import DefaultFilter, watch

SETTLE = 50  # milliseconds without a further change before a build starts


def serve(root: Path, address: str, options: Sequence[str]) -> None:
    """Build, serve at `address` until interrupted, and build again on every change to figure code or scripts.

    A failed build prints its error and leaves the last good pictures in place; the next save tries again. MkDocs itself
    watches prose and figures; it is started anew when the code that renders Markdown changes.
    """
    _build(root, options)
    server = _start(root, address)
    try:
        for changes in watch(root / "genfigs", root / "docs" / "assets" / "js", watch_filter=Sources(), step=SETTLE):
            _build(root, options)
            if any(_renders_markdown(root, Path(path)) for _, path in changes):
                _stop(server)
                server = _start(root, address)
    finally:
        _stop(server)


class Sources(DefaultFilter):
    """Code of figures and scripts; editors' and Python's leftovers are no change."""

    def __call__(self, change: object, path: str) -> bool:
        """Return whether the change of `path` counts."""
        return path.endswith((".py", ".js", ".json")) and super().__call__(change, path)  # type: ignore[arg-type]


def _build(root: Path, options: Sequence[str]) -> None:
    subprocess.run([sys.executable, "-m", "genfigs", "build", *options], cwd=root, check=False)


def _start(root: Path, address: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", address]
    return subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(timeout=5)
    server.kill()


def _renders_markdown(root: Path, path: Path) -> bool:
    return path.is_relative_to(root / "genfigs" / "site") or path.name == "errors.py"
