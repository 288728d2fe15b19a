"""The menu under a stage that offers its pictures as files, and says how they were made."""

from xml.etree import ElementTree

from markdown.util import AtomicString

from genfigs.site.manifest import Figure
from genfigs.site.page import Page
from genfigs.site.provenance import made

# In this order; a figure offers those it has.
FORMATS = {"svg": "animated SVG", "gif": "GIF", "webp": "WebP", "png": "PNG"}


def save_menu(page: Page, figure: Figure) -> ElementTree.Element:
    """Return a closed disclosure with one download link per format, and how the pictures were made."""
    menu = ElementTree.Element("details", {"class": "aside save"})
    summary = ElementTree.SubElement(menu, "summary")
    summary.text = AtomicString("Save this stage, or see how it was made")
    links = ElementTree.SubElement(menu, "p")
    for suffix in filter(figure.suffixes.__contains__, FORMATS):
        file = f"{figure.name}.{suffix}"
        link = ElementTree.SubElement(links, "a", {"href": page.figure_root + file, "download": file})
        link.text, link.tail = AtomicString(FORMATS[suffix]), " "
    if figure.file:
        menu.append(made(page, figure))
    return menu
