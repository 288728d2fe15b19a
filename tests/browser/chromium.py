"""Find a Chromium to test with, or get one: installed, else Playwright's own, else (root on Debian) the package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HELP = (
    "the browser tests must have a Chromium or Chrome; found none, and neither Playwright nor apt could fetch one; "
    "install the `chromium` package of your system or Google Chrome, or name one in GENFIGS_CHROMIUM"
)


def find() -> str | None:
    """Return the path of an installed browser, or None."""
    named = os.environ.get("GENFIGS_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _run(*command: str) -> bool:
    print("$", *command, flush=True)
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0


def find_or_install() -> str:
    """Return the path of a browser, fetching one if there is none. Raises: SystemExit with what to install."""
    if found := find():
        return found
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := find():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    if found := find():
        return found
    raise SystemExit(HELP)


if __name__ == "__main__":
    print("browser:", find_or_install())
