"""Numbers typed into prose by hand: each is a value of the build, a fact that the page lists, or a mistake."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from genfigs.errors import UserError
from genfigs.site import manifest
from genfigs.site.check import Problem
from genfigs.site.manifest import Value
from genfigs.site.page import without_code
from genfigs.site.values import FILTERS, display

FRONT_MATTER = re.compile(r"\A---\n(?P<yaml>.*?)^---$", re.MULTILINE | re.DOTALL)
KEY = "numbers"
REFERENCES = re.compile(r"^## (?:Sources|Cite this chapter)$.*?(?=^## |^\*\[|\Z)", re.MULTILINE | re.DOTALL)
NOT_PROSE = (
    FRONT_MATTER,
    REFERENCES,
    re.compile(r"\{\{[^{}]*\}\}"),
    re.compile(r"(?<=[\s(])(?:1[89]|20)\d\d(?=[)\]])"),  # the year of a citation
    re.compile(r"\]\([^)\s]*|<[^<>]*>|^\*\[[^\]]*\]:|&#?\w+;", re.MULTILINE),  # targets, tags, keys, entities
    re.compile(r"^[ ]*/{3,}.*$|^#+ \d+\.|^[ ]*\d+\. |^[ ]*-+8<-+.*$", re.MULTILINE),  # blocks, numbered headings
    re.compile(r"\b(?:chapters?|sections?|parts?|stages?)\s+\d+(?:(?:, |\s+and\s+)\d+)*", re.IGNORECASE),
    re.compile(r"(?<![\w.,])[01](?![\w%×]|[.,]\d)"),  # zero and one are words as much as numbers
)
NUMBER = re.compile(r"(?<![\w.,])[−-]?\d[\d,.]*(?: ?× ?\d+)*(?<![.,])(?:%| billion| million)?")


def typed_numbers(docs: Path) -> list[Problem]:
    """Return every number typed by hand into the pages below `docs`, in order."""
    values = _values(docs)
    pages = sorted(path for path in docs.rglob("*.md") if manifest.FOLDER not in path.relative_to(docs).parts)
    return [
        Problem(path.relative_to(docs).as_posix(), line, complaint(number, values))
        for path in pages
        for line, number in numbers(path.read_text(encoding="utf-8"))
    ]


def _values(docs: Path) -> Mapping[str, Value]:
    """Return the values of the last build; none when there was none, for the rule does not need them."""
    try:
        return manifest.load(docs).values
    except UserError:
        return {}


def numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every number in the prose of a page that it does not list as a fact."""
    prose = without_code(text)
    for pattern in NOT_PROSE:
        prose = pattern.sub(_blank, prose)
    for fact in facts(text):
        prose = re.sub(rf"(?<![\w.,]){re.escape(fact)}(?! ?×|\w|[.,]\d)", _blank, prose)
    for found in NUMBER.finditer(prose):
        yield prose.count("\n", 0, found.start()) + 1, found.group()


def facts(text: str) -> list[str]:
    """Return the numbers that a page lists as facts of the world, longest first."""
    found = FRONT_MATTER.match(text)
    listed = (yaml.safe_load(found["yaml"]) or {}).get(KEY, []) if found else []
    return sorted(map(str, listed), key=len, reverse=True)


def complaint(number: str, values: Mapping[str, Value]) -> str:
    """Return what is wrong with a typed number, with the value to write in its place if there is one."""
    same = next((written for name, value in values.items() for written in _written(name, value, number)), "")
    listed = f"list it under `{KEY}` in the page's front matter, if it is a fact that no build computes"
    remedy = f"write `{same}`" if same else f"write its value, or {listed}"
    return f"a number in prose must be one that the build computes; got `{number}`; {remedy}"


def _written(name: str, value: Value, number: str) -> Iterator[str]:
    """Yield the expression that shows `value` just as `number` is typed, if there is one."""
    for filter_name in ("", *FILTERS):
        try:
            shown = display(value, filter_name)
        except (ValueError, TypeError):
            continue
        if shown == number:
            yield f"{{{{ {name}{' | ' * bool(filter_name)}{filter_name} }}}}"


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())
