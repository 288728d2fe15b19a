"""The Markdown extension: scenes and stages, computed values, generated figures.

`mkdocs.yml` names this module. It is a plain Python-Markdown extension, so MkDocs and Zensical both load it.
"""

from typing import Any

from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksExtension

from genfigs.site.blocks import ClosedBlocks, Scrolly, StageBlock
from genfigs.site.images import FigureImages
from genfigs.site.interpolation import BareValues, CodeRestorer, Tokenizer, ValueElements
from genfigs.site.page import Page


class SourceKeeper(Preprocessor):  # type: ignore[misc]
    """Keep the text as the author wrote it, so that an error can say on which line it is."""

    def __init__(self, md: Any, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines unchanged."""
        self.page.source = "\n".join(lines)
        return lines


class GenfigsExtension(BlocksExtension):  # type: ignore[misc]
    """Everything that the book adds to Markdown."""

    page: Page

    def extendMarkdownBlocks(self, md: Any, block_mgr: Any) -> None:  # noqa: N802
        """Register the two blocks and the processors around them.

        The numbers are priorities between those of Python-Markdown and pymdownx, highest first.
        """
        self.page = Page(md)
        md.registerExtension(self)
        for block in (Scrolly, StageBlock):
            block_mgr.register(block, {"page": self.page})
        before_any_other, after_fences_before_html, before_highlighting = 200, 24, 35
        after_code_and_escapes, after_attributes_before_links, after_raw_html = 178, 6, 10
        md.preprocessors.register(SourceKeeper(md, self.page), "genfigs-source", before_any_other)
        md.preprocessors.register(Tokenizer(md, self.page), "genfigs-tokens", after_fences_before_html)
        md.treeprocessors.register(ClosedBlocks(md, self.page), "genfigs-closed", before_highlighting + 1)
        md.treeprocessors.register(CodeRestorer(md, self.page), "genfigs-code", before_highlighting)
        md.inlinePatterns.register(ValueElements(md, self.page), "genfigs-values", after_code_and_escapes)
        md.treeprocessors.register(
            FigureImages(md, self.page), "genfigs-figures", after_attributes_before_links
        )
        md.postprocessors.register(BareValues(md, self.page), "genfigs-bare", after_raw_html)

    def reset(self) -> None:
        """Forget the last page."""
        self.page.reset()


def makeExtension(**options: Any) -> GenfigsExtension:  # noqa: N802
    """Return the extension, as Python-Markdown asks for it."""
    return GenfigsExtension(**options)
