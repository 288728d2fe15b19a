"""Packages from npm, for what is measured beside the page; they go to the cache folder."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".genfigs" / "bench"
NPM = "`npm` must be installed to fetch {packages}; found none; install Node.js or leave that measurement out"
OPTIONS = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock", "--silent")


def install(*packages: str) -> Path:
    """Return the folder with `packages` (`name@version`) in its `node_modules`.

    Raises: SystemExit without npm.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(NPM.format(packages=", ".join(packages)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    subprocess.run([npm, "install", "--prefix", str(FOLDER), *OPTIONS, *packages], check=True)
    return FOLDER
