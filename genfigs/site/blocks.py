"""The Markdown blocks `scrolly` and `stage`: a scene to scroll through, and a text per stage."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks.block import Block

from genfigs.errors import nearest
from genfigs.site.broken import box
from genfigs.site.images import THEMES, pictures
from genfigs.site.manifest import Figure, Layer
from genfigs.site.page import Page
from genfigs.site.saving import save_menu
from genfigs.site.tape import tape

NUMBERS = "chapter-data.js"
"""Scene, weights and sample images: a script, because a page opened from a folder may not fetch."""


@dataclass
class OpenBlock:
    """A block whose end has not been reached: its kind, its argument, and the stages seen in it so far."""

    kind: str
    argument: str
    stages: list[str] = field(default_factory=list)


class PageBlock(Block):  # type: ignore[misc]
    """What `scrolly` and `stage` share: both know the page, and both must name something and be closed."""

    ARGUMENT = None

    @property
    def page(self) -> Page:
        """The page that the block stands on."""
        page = self.config["page"]
        assert isinstance(page, Page)
        return page

    @property
    def name(self) -> str:
        """The block's argument."""
        return (self.argument or "").strip()

    def fail(self, message: str, *, last: bool = False) -> Exception:
        """Return the page's error at the line where this block starts."""
        return self.page.error(message, start_of(self.NAME, self.name), last=last)

    def on_add(self, block: ElementTree.Element) -> ElementTree.Element:
        """Return the element that the block's content goes into."""
        return next(child for child in block if child.get("class") == self.CONTENT)


class Scrolly(PageBlock):
    """A scene and its stages."""

    NAME = "scrolly"
    CONTENT = "scrolly__stages"

    def on_validate(self, parent: ElementTree.Element) -> bool:
        """Raise the page's error unless the block names a scene whose stages the network has."""
        scenes, layers = self.page.manifest.scenes, self.page.manifest.layers
        if self.name not in scenes:
            raise self.fail(f"`scrolly` must name a scene; got `{self.name}`{nearest(self.name, scenes)}")
        for stage in scenes[self.name]:
            if stage.name not in layers:
                known = nearest(stage.name, layers)
                raise self.fail(f"`{self.name}` must show stages of the network; got `{stage.name}`{known}")
        if self.page.open_blocks:
            outer = self.page.open_blocks[-1].kind
            raise self.fail(f"`scrolly` must stand on its own; got one inside `{outer}`; close that first")
        return True

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        """Return the scene's element: the tape, and room for the stages."""
        self.page.open_blocks.append(OpenBlock(self.NAME, self.name))
        stages = [stage.name for stage in self.page.manifest.scenes[self.name]]
        block = ElementTree.SubElement(
            parent,
            "div",
            {
                "class": "scrolly",
                "id": self.name,
                "data-scene": self.name,
                "data-stage": stages[0],
                "data-progress": "0",
                "data-root": self.page.figure_root,
            },
        )
        figure = ElementTree.SubElement(block, "div", {"class": "scrolly__figure"})
        figure.append(tape(self.page.manifest.layers[stage] for stage in stages))
        ElementTree.SubElement(block, "script", {"src": f"{self.page.figure_root}{NUMBERS}", "defer": ""})
        ElementTree.SubElement(block, "div", {"class": self.CONTENT})  # last: Blocks look for open ends there
        return block

    def on_end(self, block: ElementTree.Element) -> None:
        """Raise the page's error unless every stage of the scene was written about."""
        seen = self.page.open_blocks.pop().stages
        for stage in self.page.manifest.scenes[self.name]:
            if stage.name not in seen:
                remedy = f"add `//// stage | {stage.name}`"
                raise self.fail(
                    f"`scrolly` must have every stage of `{self.name}`; got no `{stage.name}`; {remedy}"
                )


class StageBlock(PageBlock):
    """The text of one stage, its facts and its still picture."""

    NAME = "stage"
    CONTENT = "stage__card"

    def on_validate(self, parent: ElementTree.Element) -> bool:
        """Raise the page's error unless the block names the scene's next stage."""
        scrolly = self._scrolly()
        names = [stage.name for stage in self.page.manifest.scenes[scrolly.argument]]
        rule = f"`stage` must name a stage of `{scrolly.argument}`"
        if self.name not in names:
            raise self.fail(f"{rule}; got `{self.name}`{nearest(self.name, names)}")
        if self.name in scrolly.stages:
            raise self.fail(f"{rule} once; got `{self.name}` again; remove one of the two", last=True)
        place = names.index(self.name)
        early = [name for name in scrolly.stages if names.index(name) > place]
        if early:
            remedy = f"move it before `{early[0]}`"
            raise self.fail(f"{rule} in the network's order; got `{self.name}` after `{early[-1]}`; {remedy}")
        self._still()
        return True

    def _scrolly(self) -> OpenBlock:
        if not self.page.open_blocks:
            remedy = "put it between `/// scrolly | forward-pass` and `///`"
            raise self.fail(f"`stage` must stand inside a `scrolly`; got `{self.name}` outside one; {remedy}")
        outer = self.page.open_blocks[-1]
        assert isinstance(outer, OpenBlock)
        if outer.kind == self.NAME:
            remedy = f"close `{outer.argument}` with `////`"
            raise self.fail(
                f"`stage` must not stand inside a stage; got `{self.name}` in `{outer.argument}`; {remedy}"
            )
        return outer

    def _still(self) -> Figure:
        """Return the stage's figure.

        Raises: the page's error if the build made none.
        """
        figures, name = self.page.manifest.figures, f"stage-{self.name}"
        undrawn = name in figures and figures[name].error and not figures[name].suffixes
        if name not in figures or not (figures[name].themed or undrawn):
            raise self.fail(
                f"`{self.name}` must have a still per theme; got no `{name}`; run `nox -s figures`"
            )
        return figures[name]

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        """Return the stage's section: title and facts, and room for the author's text."""
        scrolly = self.page.open_blocks[-1]
        scrolly.stages.append(self.name)
        self.page.open_blocks.append(OpenBlock(self.NAME, self.name))
        identity = f"stage-{self.name}"
        section = ElementTree.SubElement(
            parent,
            "section",
            {
                "class": "stage",
                "id": identity,
                "data-stage": self.name,
                "aria-labelledby": f"{identity}-title {identity}-shape",  # titles alone repeat
            },
        )
        card = ElementTree.SubElement(section, "div", {"class": self.CONTENT})
        stage = next(s for s in self.page.manifest.scenes[scrolly.argument] if s.name == self.name)
        card.extend([_title(identity, stage.title), _facts(identity, self.page.manifest.layers[self.name])])
        return section

    def on_end(self, block: ElementTree.Element) -> None:
        """Put the menu and the still after the text, which is complete now."""
        self.page.open_blocks.pop()
        figure = self._still()
        if figure.error:
            self.on_add(block).append(box(figure))
        if not figure.suffixes:
            return
        still = ElementTree.SubElement(block, "figure", {"class": "stage__still"})
        still.extend(
            pictures(self.page, figure, tuple(f"{figure.name}.{theme}.svg" for theme in THEMES), figure.alt)
        )
        self.on_add(block).append(save_menu(self.page, figure))


class ClosedBlocks(Treeprocessor):  # type: ignore[misc]
    """Refuse a page that ends before its blocks do."""

    def __init__(self, md: Any, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: ElementTree.Element) -> None:
        """Raise the page's error for the innermost block left open."""
        if self.page.open_blocks:
            block = self.page.open_blocks[-1]
            slashes = "////" if block.kind == StageBlock.NAME else "///"
            message = (
                f"`{block.kind}` must be closed; got the end of the page; add `{slashes}` after its text"
            )
            raise self.page.error(message, start_of(block.kind, block.argument))


def start_of(kind: str, argument: str) -> str:
    """Return the pattern of the line that starts such a block."""
    return rf"^[ ]*/{{3,}}[ ]*{kind}\b[ ]*\|?[ ]*{re.escape(argument)}[ ]*$"


def _title(identity: str, text: str) -> ElementTree.Element:
    title = ElementTree.Element("h3", {"id": f"{identity}-title"})
    title.text = AtomicString(text)
    return title


def _facts(identity: str, layer: Layer) -> ElementTree.Element:
    """Return the line that states the stage's shape, its numbers, and what it learned if anything."""
    facts = [" × ".join(map(str, layer.shape)), _count(layer.numbers, "number")]
    if layer.parameters:
        facts.append(_count(layer.parameters, "parameter"))
    line = ElementTree.Element("p", {"class": "stage__facts"})
    for text in facts:
        span = ElementTree.SubElement(line, "span")
        span.text, span.tail = AtomicString(text), " "
    line[0].attrib.update({"class": "stage__shape", "id": f"{identity}-shape"})
    return line


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
