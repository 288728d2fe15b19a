"""How a figure was made: the code that draws it, what that was given, how long it took."""

from xml.etree import ElementTree

from markdown.util import AtomicString

from genfigs.site.manifest import Figure
from genfigs.site.page import Page

CLOCK = "clock"
"""The class of what no two builds measure alike; it is shown at the desk, and left out of the finished site."""

HASH_LETTERS = 12  # of 64: enough to compare by eye


def made(page: Page, figure: Figure) -> ElementTree.Element:
    """Return one sentence that says how `figure` was made."""
    line = ElementTree.Element("p", {"class": "made", "data-search-exclude": "true"})
    line.text = AtomicString("Drawn by ")
    line.append(_source(page, figure))
    line[0].tail = AtomicString(_given(figure) + ".")
    if figure.seconds is not None:
        clock = ElementTree.SubElement(line, "span", {"class": CLOCK})
        clock.text = AtomicString(f" It took {figure.seconds:.1f} s.")
    return line


def made_menu(page: Page, figure: Figure) -> ElementTree.Element:
    """Return that sentence in a closed disclosure."""
    menu = ElementTree.Element("details", {"class": "aside"})
    ElementTree.SubElement(menu, "summary").text = AtomicString("How this was made")
    menu.append(made(page, figure))
    return menu


def _source(page: Page, figure: Figure) -> ElementTree.Element:
    """Return the file and line of the drawing code, a link where the project says where its source is shown."""
    code = ElementTree.Element("code")
    code.text = AtomicString(f"{figure.file}:{figure.line}")
    address = page.location.source_url
    if not address:
        return code
    link = ElementTree.Element("a", {"href": f"{address.rstrip('/')}/{figure.file}#L{figure.line}"})
    link.append(code)
    return link


def _given(figure: Figure) -> str:
    """Return what the figure was drawn from, in words."""
    if not figure.parameters:
        return ""
    given = figure.parameters
    data = f" from the data {given['data']} (SHA-256 {given['data_sha256'][:HASH_LETTERS]}…), seed {given['seed']}"
    return f"{data}, as a quick preview" if given["quick"] else data
