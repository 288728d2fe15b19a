"""Find a Firefox to test with, or get one: installed, else (root on Debian) the package."""

from collections.abc import Mapping
from types import MappingProxyType

from playwright.sync_api import Browser, Playwright

from tests.browser.getting import install_package, installed

VARIABLE = "GENFIGS_FIREFOX"
NAMES = (
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
)
HELP = (
    "the browser tests must have a Firefox; found none, and apt could not fetch one; "
    f"install the `firefox-esr` package of your system or Firefox itself, or name one in {VARIABLE}"
)
CHANNEL = "moz-firefox"  # Mozilla's own, over WebDriver BiDi, not the one that Playwright patches
MOUSE = 2 | 4  # fine, and hovers
PREFERENCES = {
    "security.fileuri.strict_origin_policy": True,  # as readers have it; Playwright turns it off
    "ui.primaryPointerCapabilities": MOUSE,  # without a window, Firefox sees no mouse
    "ui.allPointerCapabilities": MOUSE,
}


def find() -> str | None:
    """Return the path of an installed browser, or None."""
    return installed(VARIABLE, NAMES)


def find_or_install() -> str:
    """Return the path of a browser, fetching one if there is none. Raises: SystemExit with what to install."""
    if found := find():
        return found
    install_package("firefox-esr")
    if found := find():
        return found
    raise SystemExit(HELP)


def launch(
    playwright: Playwright, path: str, preferences: Mapping[str, bool | int] = MappingProxyType({})
) -> Browser:
    """Start the browser without a window, with a reader's preferences as `about:config` names them."""
    wanted = {**PREFERENCES, **preferences}
    return playwright.firefox.launch(channel=CHANNEL, executable_path=path, firefox_user_prefs=wanted)
