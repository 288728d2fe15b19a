"""The house style, measured: small functions, small modules, documented names, colours in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "genfigs").rglob("*.py"))
SCRIPTS = sorted((ROOT / "docs" / "assets" / "js").glob("*.js"))
SHEETS = sorted(path for path in (ROOT / "docs" / "assets").glob("*.css") if path.name != "tokens.css")
HEX = re.compile(r"(?<![\w&/])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.I)
Function = ast.FunctionDef | ast.AsyncFunctionDef
every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def functions(source: str) -> list[Function]:
    """Return every function of a module, methods and inner ones included."""
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]


def length(function: Function) -> int:
    """Return a function's lines from `def` to its end."""
    return function.end_lineno - function.lineno + 1


def lengths() -> list[int]:
    """Return the lengths of all functions of the project."""
    return [length(function) for path in MODULES for function in functions(path.read_text(encoding="utf-8"))]


def undocumented(source: str) -> Iterator[str]:
    """Yield the module, public classes, and public functions and methods that have no docstring."""
    tree = ast.parse(source)
    if not ast.get_docstring(tree):
        yield "the module"
    holders = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef) and public(node))]
    for holder in holders:
        for node in holder.body:
            if isinstance(node, Function | ast.ClassDef) and public(node) and not ast.get_docstring(node):
                yield node.name


def public(node: Function | ast.ClassDef) -> bool:
    """Return whether a name is meant for others."""
    return not node.name.startswith("_")


def colours(text: str) -> list[str]:
    """Return the hex colours in a file."""
    return HEX.findall(text)


def test_functions_are_small() -> None:
    """Median at most 10 lines, 95 of 100 at most 35, none over 60."""
    sizes = lengths()
    assert len(sizes) > 200
    assert median(sizes) <= 10
    assert np.percentile(sizes, 95) <= 35
    assert max(sizes) <= 60


@every_module
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    """At most 250 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@every_module
def test_public_names_are_documented(path: Path) -> None:
    """Modules, classes, functions and methods that others call."""
    assert list(undocumented(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS, *SHEETS], ids=lambda path: str(path.relative_to(ROOT)))
def test_colours_are_named_in_the_theme_only(path: Path) -> None:
    """A hex colour elsewhere would not change with the theme."""
    if path != ROOT / "genfigs" / "theme.py":
        assert colours(path.read_text(encoding="utf-8")) == []


def test_scripts_and_style_sheets_are_found() -> None:
    """An empty list would pass the test above."""
    assert len(SCRIPTS) >= 5
    assert SHEETS
    assert len(colours((ROOT / "genfigs" / "theme.py").read_text(encoding="utf-8"))) > 20


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("color: #c8401a;", ["#c8401a"]),
        ('fill="#FFF"', ["#FFF"]),
        ("#stage-conv1 { top: 0 }", []),
        ('href="page.html#faced"', []),
        ("&#8217;", []),
    ],
)
def test_the_colour_check_tells_colours_from_anchors(text: str, found: list[str]) -> None:
    """It can fail, and it does not fail for a link."""
    assert colours(text) == found


def test_the_docstring_check_sees_a_gap() -> None:
    """Private names and inner functions are the author's own."""
    method, private, inner = "    def b(self): ...", "    def _c(self): ...", "    def e(): ..."
    lines = ['"""A."""', "class A:", '    """A."""', method, private, "def d():", inner]
    source = "\n".join(lines)
    assert list(undocumented(source)) == ["d", "b"]
    assert next(undocumented("x = 1\n")) == "the module"


def test_a_function_s_length_is_counted_to_its_end() -> None:
    """Comments and blank lines inside count."""
    assert [length(function) for function in functions("def a():\n    # why\n\n    return 1\n")] == [4]
