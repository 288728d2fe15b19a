"""Generated figures on a page: one image per theme, sized, described, captioned."""

import posixpath
import re
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from genfigs.errors import nearest
from genfigs.site.broken import box
from genfigs.site.manifest import FOLDER, Figure
from genfigs.site.page import Page
from genfigs.site.provenance import made_menu

THEMES = ("light", "dark")


class FigureImages(Treeprocessor):  # type: ignore[misc]
    """Replace each image of a generated figure by the figure."""

    def __init__(self, md: Any, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree in place; images from elsewhere stay as they are."""
        parents = {child: parent for parent in root.iter() for child in parent}
        for image in list(root.iter("img")):
            file = self._generated_file(image)
            if file:
                self._replace(image, file, parents)

    def _generated_file(self, image: ElementTree.Element) -> str:
        """Return the file's name below the folder of generated files, or "" for any other image."""
        url = urlsplit(image.get("src", ""))
        if url.scheme or url.netloc or not url.path or image.get("class", "").startswith("figure__"):
            return ""
        folder = posixpath.dirname(self.page.location.path)
        target = posixpath.normpath(posixpath.join(folder, unquote(url.path)))
        return target.removeprefix(f"{FOLDER}/") if target.startswith(f"{FOLDER}/") else ""

    def _replace(
        self, image: ElementTree.Element, file: str, parents: dict[ElementTree.Element, ElementTree.Element]
    ) -> None:
        figure, files = self._resolve(file)
        place, parent = image, parents[image]
        alone = (
            parent.tag == "p" and len(parent) == 1 and not f"{parent.text or ''}{image.tail or ''}".strip()
        )
        if alone:
            place, parent = parent, parents[parent]
        element = self._element("figure" if alone else "span", image, figure, files)
        element.tail = place.tail
        parent[list(parent).index(place)] = element

    def _resolve(self, file: str) -> tuple[Figure, tuple[str, ...]]:
        """Return the figure that `file` belongs to, and the files to show: one, or one per theme."""
        name, _, suffix = file.partition(".")
        figures = self.page.manifest.figures
        if name not in figures:
            message = f"`image` must show a figure of the build; got `{name}`{nearest(name, figures)}"
            raise self.page.error(message, re.escape(file))
        figure = figures[name]
        if figure.error and not figure.suffixes:
            return figure, ()
        if suffix == "svg" and figure.themed:
            return figure, tuple(f"{name}.{theme}.svg" for theme in THEMES)
        if suffix not in figure.suffixes:
            message = f"`image` must show a file of `{name}`; got `{file}`{nearest(suffix, figure.suffixes)}"
            raise self.page.error(message, re.escape(file))
        return figure, (file,)

    def _element(
        self, tag: str, image: ElementTree.Element, figure: Figure, files: tuple[str, ...]
    ) -> ElementTree.Element:
        extra = {
            key: value for key, value in image.items() if key not in {"src", "alt", "title", "class", "id"}
        }
        classes = " ".join(filter(None, ["figure", image.get("class")]))
        element = ElementTree.Element(
            tag, {"class": classes, "id": image.get("id") or self._fresh_id(figure.name)}
        )
        if figure.error:
            element.append(box(figure))
        shown = self._pictures(image, figure, files)
        for picture in shown:
            picture.attrib.update(extra)
        frame = element
        if tag == "figure" and shown:  # wider than a narrow screen, they scroll in a frame
            frame = ElementTree.SubElement(element, "div", {"class": "figure__frame"})
        frame.extend(shown)
        caption = image.get("title") or figure.caption
        if caption and tag == "figure":
            ElementTree.SubElement(element, "figcaption").text = AtomicString(caption)
        if figure.table and tag == "figure":
            element.append(numbers(figure))
        if figure.file and tag == "figure":
            element.append(made_menu(self.page, figure))
        return element

    def _pictures(
        self, image: ElementTree.Element, figure: Figure, files: tuple[str, ...]
    ) -> list[ElementTree.Element]:
        return pictures(self.page, figure, files, self._alt(image, figure, files[0])) if files else []

    def _fresh_id(self, name: str) -> str:
        """Return `figure-<name>`, numbered from the second use on a page on."""
        base = f"figure-{name}"
        count = 1 + sum(used.rpartition(":")[0] == base for used in self.page.used_ids)
        self.page.used_ids.add(f"{base}:{count}")
        return base if count == 1 else f"{base}-{count}"

    def _alt(self, image: ElementTree.Element, figure: Figure, file: str) -> str:
        alt = (image.get("alt") or figure.alt).strip()
        if not alt:
            message = (
                f"`alt` must describe the figure; got nothing for `{file}`; write it between the brackets"
            )
            raise self.page.error(message, re.escape(figure.name))
        return alt


def pictures(page: Page, figure: Figure, files: tuple[str, ...], alt: str) -> list[ElementTree.Element]:
    """Return one `<img>` per file; of two, each shows in its own theme only."""
    themes = [f"figure__{theme}" for theme in THEMES] if len(files) == len(THEMES) else ["figure__any"]
    return [
        ElementTree.Element(
            "img",
            {
                "class": theme,
                "src": page.figure_source(file),
                "alt": alt,
                "width": str(figure.width),
                "height": str(figure.height),
                "loading": "lazy",
                "decoding": "async",
            },
        )
        for theme, file in zip(themes, files, strict=True)
    ]


def numbers(figure: Figure) -> ElementTree.Element:
    """Return a figure's numbers as a table in a closed disclosure; its first row and column are headers."""
    details = ElementTree.Element("details", {"class": "aside"})
    ElementTree.SubElement(details, "summary").text = AtomicString("The numbers")
    frame = ElementTree.SubElement(details, "div", {"class": "numbers__frame", "tabindex": "0", "role": "region"})
    frame.set("aria-label", f"Numbers of the figure: {figure.name.replace('-', ' ')}")
    grid = ElementTree.SubElement(frame, "table", {"class": "numbers__table"})
    for index, row in enumerate(figure.table):
        line = ElementTree.SubElement(grid, "tr")
        for column, cell in enumerate(row):
            header = {"scope": "col"} if index == 0 else {"scope": "row"} if column == 0 else None
            ElementTree.SubElement(line, "th" if header else "td", header or {}).text = AtomicString(cell)
    return details
