"""Which files a module runs with, read from source."""

import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

import genfigs
from genfigs.pipeline.imports import scan
from genfigs.pipeline.project import SOURCES
from genfigs.pipeline.sources import Sources, read_sources

PACKAGE = Path(genfigs.__file__).parent


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources(PACKAGE, None)


def test_the_closure_holds_all_that_a_graph_library_finds(sources: Sources) -> None:
    graph = grimp.build_graph("genfigs", exclude_type_checking_imports=True, cache_dir=None)
    for module in sources.scans:
        found = {module, *graph.find_upstream_modules(module)}
        packages = {name.rpartition(".")[0] for name in found} - {""}
        assert found | packages <= set(sources.closure([module]))


@pytest.mark.parametrize(
    "work", ["data", "train", "samples", "figure", "exports", "experiment", "evaluation"]
)
def test_every_project_module_that_a_task_loads_is_among_its_inputs(sources: Sources, work: str) -> None:
    module = f"genfigs.pipeline.work.{work}"
    code = (
        f"import sys, {module}; print(*(name for name in sys.modules if name.partition('.')[0] == 'genfigs'))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(loaded.split()) <= set(sources.closure([module]))


def test_one_figure_is_no_input_of_another(sources: Sources) -> None:
    figures = {name for name in sources.scans if re.match(r"genfigs\.figures\.[a-z]", name)}
    for name in figures:
        assert figures & set(sources.closure([name])) == {name}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a.b", {"a.b"}),
        ("from a import b, c", {"a", "a.b", "a.c"}),
        ("from . import b", {"p", "p.b"}),
        ("from .x import b", {"p.x", "p.x.b"}),
        ("from ..x import b", {"x", "x.b"}),
        ("def f():\n    if True:\n        import late", {"late"}),
        ("try:\n    import a\nexcept ImportError:\n    import b", {"a", "b"}),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\nelse:\n    import b", {"b"}),
    ],
)
def test_imports_are_read_wherever_they_stand(source: str, expected: set[str]) -> None:
    names = set(scan(source.encode(), "", "p.m", is_package=False).imports)
    assert names - {"typing", "typing.TYPE_CHECKING"} == expected


def test_a_source_that_does_not_compile_says_where() -> None:
    broken = scan(b"x = 1\ndef draw(:\n", "", "p.m", is_package=False)
    assert (broken.line, broken.error) == (2, "invalid syntax: def draw(:")
    assert scan(b"x = '\0'", "", "p.m", is_package=False).error


def test_the_names_of_data_sources_are_those_of_the_loader() -> None:
    from genfigs import data

    assert data.SOURCES == SOURCES
