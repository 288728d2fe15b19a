"""`{{ name | filter }}` in prose becomes the value that the build computed; `{{ claim … }}` is checked against them.

An expression is first swapped for a token, so that its `|` cannot end a table cell. Inline parsing turns the
token into `<data>`. What inline parsing never sees, such as an attribute, gets the bare text at the end.
Code gets its own text back.
"""

import re
from typing import Any
from xml.etree import ElementTree

from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString, code_escape

from genfigs.errors import nearest
from genfigs.site.claims import Claim
from genfigs.site.manifest import Value
from genfigs.site.page import CODE_SPAN, Page
from genfigs.site.values import SPREAD, display, machine_readable, with_spread

EXPRESSION = re.compile(r"\{\{(?P<body>[^{}]*)\}\}")
CODE_OR_EXPRESSION = re.compile(f"{CODE_SPAN.pattern}|{EXPRESSION.pattern}", re.DOTALL)
BODY = re.compile(r"\s*(?P<name>[\w.-]+)\s*(?:\|\s*(?P<filter>[\w-]+)\s*)?")
CLAIM = re.compile(r"\s*claim\s+(?P<claim>.+)", re.DOTALL)
REFUTED = "not so in this build"
TOKEN = re.compile(f"{STX}value:(\\d+){ETX}")


class Tokenizer(Preprocessor):  # type: ignore[misc]
    """Swap each expression outside code spans for a token; fenced code is already out of the way."""

    def __init__(self, md: Any, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with tokens in them."""
        text: str = CODE_OR_EXPRESSION.sub(self._token, "\n".join(lines))
        return text.split("\n")

    def _token(self, found: re.Match[str]) -> str:
        if found["body"] is None:
            return found.group()
        self.page.expressions.append(found.group())
        return f"{STX}value:{len(self.page.expressions) - 1}{ETX}"


class CodeRestorer(Treeprocessor):  # type: ignore[misc]
    """Give indented code its expressions back, before a highlighter sees it."""

    def __init__(self, md: Any, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: ElementTree.Element) -> None:
        """Restore every `<code>` in the tree."""
        for code in root.iter("code"):
            if code.text and TOKEN.search(code.text):
                code.text = AtomicString(TOKEN.sub(self._original, code.text))

    def _original(self, found: re.Match[str]) -> str:
        return str(code_escape(self.page.expressions[int(found[1])]))


class ValueElements(InlineProcessor):  # type: ignore[misc]
    """Turn a token in prose into `<data class="value">`."""

    def __init__(self, md: Any, page: Page) -> None:
        super().__init__(TOKEN.pattern, md)
        self.page = page

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element | str, int, int]:  # noqa: N802
        """Return what the token stands for and the span of text it replaces."""
        refuted = judge(self.page, int(m[1]))
        if refuted is not None:
            return self._verdict(refuted), m.start(0), m.end(0)
        name, value, text = evaluate(self.page, int(m[1]))
        facts = {"class": "value", "value": machine_readable(value), "data-name": name}
        element = ElementTree.Element("data", facts | {"title": self.page.manifest.origin(name)})
        element.text = AtomicString(text)
        return element, m.start(0), m.end(0)

    @staticmethod
    def _verdict(refuted: str) -> ElementTree.Element | str:
        """Return nothing for a claim that holds, and a warning that readers see for one that does not."""
        if not refuted:
            return ""
        element = ElementTree.Element("strong", {"class": "refuted", "title": refuted})
        element.text = AtomicString(f" [{REFUTED}]")
        return element


class BareValues(Postprocessor):  # type: ignore[misc]
    """Write the plain text of a value wherever no element can stand: attributes and raw HTML."""

    def __init__(self, md: Any, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, text: str) -> str:
        """Return the page's HTML without tokens."""
        return TOKEN.sub(self._bare, text)

    def _bare(self, found: re.Match[str]) -> str:
        refuted = judge(self.page, int(found[1]))
        if refuted is None:
            return evaluate(self.page, int(found[1]))[2]
        return f" [{REFUTED}]" if refuted else ""


def judge(page: Page, index: int) -> str | None:
    """Return None unless expression number `index` is a claim; "" if it holds; else the values that speak against it.

    Raises: the page's error if it is malformed, and if it is false in the build that the prose was written for.
    """
    expression = page.expressions[index]
    found = CLAIM.fullmatch(expression[2:-2])
    if not found:
        return None
    try:
        claim = Claim(found["claim"], page.manifest.values)
        if claim.holds():
            return ""
    except ValueError as error:
        raise page.error(str(error), re.escape(expression)) from None
    if page.manifest.is_what_the_prose_is_about:
        remedy = "correct the sentence and the claim beside it"
        message = f"`claim` must hold: {claim.text}; got {claim.told()}; {remedy}"
        raise page.error(message, re.escape(expression))
    return claim.told()


def evaluate(page: Page, index: int) -> tuple[str, Value, str]:
    """Return the name, the value and the text of the page's expression number `index`.

    Raises: the page's error if it is malformed, or its name or filter is unknown.
    """
    expression = page.expressions[index]
    pattern = re.escape(expression)
    body = BODY.fullmatch(expression[2:-2])
    if body is None:
        rule = "must be a name, or a name, `|` and a filter"
        remedy = "write it like `{{ network.parameters }}`, or put it in a code span"
        raise page.error(f"`{expression}` {rule}; got `{expression[2:-2].strip()}`; {remedy}", pattern)
    name, values = body["name"], page.manifest.values
    if name not in values:
        rule = "must name a value that the build computes"
        raise page.error(f"`{expression}` {rule}; got `{name}`{nearest(name, values)}", pattern)
    try:
        if body["filter"] == SPREAD:
            return name, values[name], with_spread(values, name)
        return name, values[name], display(values[name], body["filter"] or "")
    except ValueError as error:
        raise page.error(str(error), pattern) from None
