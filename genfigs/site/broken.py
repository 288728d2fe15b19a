"""The box that stands above a figure's last good picture, or in its place, while the build cannot draw it."""

import re
from xml.etree import ElementTree

from markdown.util import AtomicString

from genfigs.site.manifest import Figure

PLACE = re.compile(r"(?P<place>[\w./-]+:\d+)(?:: (?P<source>.*))?")
"""The line of a message that says where: `genfigs/figures/kernels.py:12: 1 / 0`."""


def box(figure: Figure) -> ElementTree.Element:
    """Return what went wrong with `figure`: its name, the place, the mistake, and what to do.

    Only spans and the like: the box may stand within a paragraph.
    """
    frame = ElementTree.Element("span", {"class": "broken", "role": "group", "aria-label": f"Error in {figure.name}"})
    _add(frame, "strong", "title", f"The figure “{figure.name}” cannot be drawn")
    place, source, mistake = told(figure.error)
    if place:
        _add(frame, "code", "place", place)
    _add(frame, "span", "mistake", mistake)
    if source:
        _add(frame, "code", "source", source)
    picture = "The picture is the last good one." if figure.suffixes else "It has never been drawn."
    _add(frame, "span", "remedy", f"Save the file to try again. {picture}")
    return frame


def told(error: str) -> tuple[str, str, str]:
    """Return the `file:line` in a build's message, the source there, and all the rest of what it says."""
    for line in error.splitlines():
        found = PLACE.search(line)
        if found:
            mistake = "\n".join(filter(None, error.replace(found[0], "", 1).splitlines()))
            source = found["source"] or ""
            return (found["place"], source, mistake) if mistake else (found["place"], "", source)
    return "", "", error


def _add(frame: ElementTree.Element, tag: str, part: str, text: str) -> None:
    """Append a part; the space after it keeps parts apart where there are no styles."""
    element = ElementTree.SubElement(frame, tag, {"class": f"broken__{part}"})
    element.text, element.tail = AtomicString(text), " "
