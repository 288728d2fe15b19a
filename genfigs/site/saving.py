"""The menu under a stage that offers its pictures as files."""

from xml.etree import ElementTree

from markdown.util import AtomicString

from genfigs.site.manifest import Figure

FORMATS = {
    "svg": "animated SVG",
    "gif": "GIF",
    "webp": "WebP",
    "png": "PNG",
}  # in this order; a figure offers those it has


def save_menu(figure: Figure, root: str) -> ElementTree.Element:
    """Return a closed disclosure with one download link per format; `root` is the path of the figures."""
    menu = ElementTree.Element("details", {"class": "save"})
    summary = ElementTree.SubElement(menu, "summary")
    summary.text = AtomicString("Save this stage")
    links = ElementTree.SubElement(menu, "p")
    for suffix in filter(figure.suffixes.__contains__, FORMATS):
        file = f"{figure.name}.{suffix}"
        link = ElementTree.SubElement(links, "a", {"href": root + file, "download": file})
        link.text, link.tail = AtomicString(FORMATS[suffix]), " "
    return menu
