"""The author's desk at work on a copy of this project, for tests and for the bench."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHAPTER = "chapters/10-convolutional-networks"
PATIENCE = 30  # seconds until a test gives up waiting
LOG = "serve.log"


def copy_project(root: Path) -> Path:
    """Copy all that a build reads to `root`, its results included, and build those if there are none; return `root`."""
    if not (ROOT / "docs" / "figures" / "manifest.json").exists():
        subprocess.run([sys.executable, "-m", "genfigs", "build"], cwd=ROOT, check=True)
    ignored = shutil.ignore_patterns("__pycache__", "bench", "lock")
    for name in ("docs", "genfigs"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    shutil.copytree(ROOT / ".genfigs", root / ".genfigs", ignore=ignored, copy_function=_second_name)
    shutil.copy2(ROOT / "mkdocs.yml", root)
    return root


def _second_name(source: str, target: str) -> None:
    """Give a file of the cache a second name: there are many, and a build replaces files and never writes into them."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


class Desk:
    """One running `serve`, and the files it watches."""

    def __init__(self, root: Path, process: "subprocess.Popen[bytes]") -> None:
        self.root = root
        self.process = process

    @property
    def said(self) -> str:
        """All that the terminal has shown so far."""
        return (self.root / LOG).read_text(encoding="utf-8")

    def wait_to_hear(self, pattern: str, after: str = "") -> re.Match[str]:
        """Return the first match of `pattern` in the terminal, behind the text `after`."""
        return wait_until(
            lambda: re.search(pattern, self.said[len(after) :], re.MULTILINE), lambda: self.said
        )

    @property
    def url(self) -> str:
        """The address of the site."""
        return self.wait_to_hear(r"^serving at (\S+)/ until")[1]

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the first `old` in a file, as an editor saves it."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        part = file.with_name(f".{file.name}.saving")
        part.write_text(text.replace(old, new, 1), encoding="utf-8")
        part.replace(file)

    def descendants(self) -> set[int]:
        """Return the processes that `serve` started, and those that these started."""
        parents = {int(entry.name): _parent(entry) for entry in Path("/proc").glob("[0-9]*")}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def wait_until(condition: Callable[[], object], explain: Callable[[], str] = str) -> object:
    """Return what `condition` gives as soon as that is true."""
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited in vain\n{explain()}"
        time.sleep(0.02)
    return found


@contextmanager
def serving(root: Path, *options: str) -> Iterator[Desk]:
    """Run `serve` on the project in `root` at a free port of the loopback address while the block runs."""
    command = [sys.executable, "-m", "genfigs", "serve", "--address", "127.0.0.1:0", *options]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with (root / LOG).open("w") as log:
        # a shell's background job ignores it
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        signal.signal(signal.SIGINT, before)
    try:
        yield Desk(root, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
