"""The watched page of the other browser tests."""

from tests.browser.conftest import watched

__all__ = ["watched"]
