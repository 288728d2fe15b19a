"""The browser of the other browser tests."""

from tests.browser.conftest import browser, watched

__all__ = ["browser", "watched"]
