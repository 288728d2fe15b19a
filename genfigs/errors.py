"""The one kind of error a user may see, and the nearest-name hint that goes with it."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """A mistake in what the user gave us; its message says what is wrong, where, and the remedy."""


def nearest(name: str, names: Iterable[str]) -> str:
    """Return `; did you mean ...?` for the closest of `names`, or the known names when none is close."""
    known = sorted(names)
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    if close:
        return f"; did you mean `{close[0]}`?"
    return f"; known: {', '.join(known)}" if known else ""
