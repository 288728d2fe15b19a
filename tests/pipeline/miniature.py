"""A whole project in a temporary folder: the real pipeline on stand-in data, network, figures and writers."""

import json
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
from typing import Any

import genfigs

PACKAGE = Path(genfigs.__file__).parent
STAND_IN = Path(__file__).parent / "stand_in"
PATIENCE = 60  # seconds until a test gives up waiting for a process


class Project:
    """A project a test may do anything to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "docs" / "figures"
        self.cache = root / ".genfigs"
        self.tasks = self.cache / "handwriting-0"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-W", "error", "-m", "genfigs", *arguments]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def build(self, *arguments: str, **environment: str) -> set[str]:
        """Build, which must succeed, and return the tasks that ran."""
        result = self.run("build", "--jobs", "2", *arguments, **environment)
        assert result.returncode == 0, result.stderr
        return set(re.findall(r"^(\S+): done in", result.stderr, re.MULTILINE))

    def fail(self, *arguments: str) -> str:
        """Run a command, which must fail as the contract says, and return its message."""
        result = self.run(*arguments)
        assert result.returncode == 1, result.stderr
        assert "Traceback" not in result.stderr
        return result.stderr

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a build in a process group of its own."""
        with hearing_ctrl_c():
            return subprocess.Popen(
                self.command("build", "--jobs", "2", *arguments),
                cwd=self.root,
                stderr=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )

    def interrupt(self, build: "subprocess.Popen[str]") -> None:
        """Press Ctrl-C at a running build, which must end as the contract says."""
        os.killpg(build.pid, signal.SIGINT)
        _, errors = build.communicate(timeout=20)
        assert build.returncode == 1
        assert "Traceback" not in errors
        assert errors.splitlines()[-1].startswith("interrupted; ")

    def hold(self, task: str) -> None:
        (self.root / f"reached-{task}").unlink(missing_ok=True)
        (self.root / f"hold-{task}").touch()

    def release(self, task: str) -> None:
        (self.root / f"hold-{task}").unlink()

    def wait_for(self, task: str) -> None:
        wait_until((self.root / f"reached-{task}").exists)

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    def append(self, path: str, text: str) -> None:
        file = self.root / path
        file.write_text(file.read_text() + text)

    def manifest(self) -> dict[str, Any]:
        return json.loads((self.out / "manifest.json").read_text())

    def errors(self) -> dict[str, str]:
        """Return what the manifest says is wrong, by figure."""
        return {
            name: entry["error"] for name, entry in self.manifest()["figures"].items() if "error" in entry
        }

    def outputs(self) -> dict[str, bytes]:
        """Return everything published, by path; the manifest without the durations."""
        folders = (self.out, self.root / "docs" / "assets")
        files = {
            str(path.relative_to(self.root)): path
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file()
        }
        return {name: without_seconds(path.read_bytes()) for name, path in sorted(files.items())}


@contextmanager
def hearing_ctrl_c() -> Iterator[None]:
    """Undo for programs started inside what a shell does to those in its background: they inherit an ignored Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def without_seconds(content: bytes) -> bytes:
    return re.sub(rb'seconds": [\d.]+', b'seconds": 0', content)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def make_project(root: Path) -> Project:
    shutil.copytree(STAND_IN, root)
    for name in ("__init__.py", "__main__.py", "errors.py"):
        shutil.copy2(PACKAGE / name, root / "genfigs")
    shutil.copytree(
        PACKAGE / "pipeline", root / "genfigs" / "pipeline", ignore=shutil.ignore_patterns("__pycache__")
    )
    return Project(root)
