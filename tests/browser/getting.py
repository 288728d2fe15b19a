"""Where browsers to test with come from: the machine, else (root on Debian) its packages."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path


def installed(variable: str, names: Iterable[str]) -> str | None:
    """Return the browser that the environment names, else the first of `names` that is there, or None."""
    named = os.environ.get(variable)
    if named:
        return named if Path(named).is_file() else None
    return next((path for name in names if (path := shutil.which(name))), None)


def run(*command: str) -> bool:
    """Return whether the command succeeds."""
    print("$", *command, flush=True)
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0


def install_package(name: str) -> None:
    """Install a package of the system, where that is allowed."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", name)
