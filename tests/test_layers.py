"""Imports point one way: never down, not across, nowhere in circles; and the checks can fail."""

import ast
import json
import tomllib
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "pyproject.toml"
CONTRACT = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
# The lowest-level ones last.
LAYERS = [name.strip() for layer in CONTRACT["layers"] for name in layer.split(":")]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Return which module of the project imports which."""
    return grimp.build_graph("genfigs", cache_dir=None)


def members(graph: grimp.ImportGraph, package: str) -> set[str]:
    """Return the public modules directly in a package."""
    return {name for name in graph.find_children(package) if not name.rpartition(".")[2].startswith("_")}


def loaders() -> set[str]:
    """Return the modules that load a data set: those with a function `load` that takes a seed."""
    found = set()
    for path in (ROOT / "genfigs" / "data").glob("[!_]*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = isinstance(node, ast.FunctionDef) and node.name == "load"
            if named and "seed" in [argument.arg for argument in node.args.kwonlyargs]:
                found.add(f"genfigs.data.{path.stem}")
    return found


def sideways(graph: grimp.ImportGraph, modules: Iterable[str]) -> list[tuple[str, str]]:
    """Return every (importer, imported) pair among `modules`."""
    among = set(modules)
    found = {module: graph.find_modules_directly_imported_by(module) & among for module in among}
    return sorted((module, other) for module, others in found.items() for other in others)


def test_imports_point_one_way() -> None:
    """The contract in pyproject.toml holds."""
    assert lint_imports(config_filename=str(PROJECT), no_cache=True) == 0


def test_every_module_belongs_to_a_layer(graph: grimp.ImportGraph) -> None:
    """A package that the contract does not name would escape it."""
    assert set(graph.find_children("genfigs")) == {f"genfigs.{name}" for name in LAYERS}


def test_loaders_do_not_import_each_other(graph: grimp.ImportGraph) -> None:
    """One source, one file."""
    assert len(loaders()) >= 2
    assert sideways(graph, loaders()) == []


@pytest.mark.parametrize("package", ["figures", "experiments"])
def test_one_file_stands_alone(graph: grimp.ImportGraph, package: str) -> None:
    """Figures do not import figures, nor experiments experiments; deleting one breaks no other."""
    modules = members(graph, f"genfigs.{package}")
    assert len(modules) >= 3
    assert sideways(graph, modules) == []


def test_nothing_imports_in_a_circle(graph: grimp.ImportGraph) -> None:
    """Not even inside a layer."""
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()


def write_package(folder: Path, name: str, importer: str, imported: str) -> Path:
    """Write a package with the project's layers as modules, one importing another; return its contract."""
    package = folder / name
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    for layer in LAYERS:
        (package / f"{layer}.py").write_text(f"from {name} import {imported}\n" if layer == importer else "")
    contract = {**CONTRACT, "containers": [name]}
    lines = [f"{key} = {json.dumps(value)}" for key, value in contract.items()]
    head = ["[tool.importlinter]", f'root_package = "{name}"', "[[tool.importlinter.contracts]]"]
    config = folder / "contract.toml"
    config.write_text("\n".join([*head, *lines]))
    return config


@pytest.mark.parametrize(("above", "below"), list(pairwise(LAYERS[:-1])))
def test_the_contract_sees_a_wrong_import(
    above: str, below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a package of the same layers the allowed import passes, and its reverse does not."""
    for importer, imported, status in [(above, below, 0), (below, above, 1)]:
        name = f"twin_{above.strip('_')}_{status}"
        monkeypatch.syspath_prepend(tmp_path / name)
        config = write_package(tmp_path / name, name, importer, imported)
        assert lint_imports(config_filename=str(config), no_cache=True) == status


def test_the_other_checks_see_a_wrong_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two neighbours that import each other are sideways, and a circle."""
    package = tmp_path / "neighbours"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text("from neighbours import two\n")
    (package / "two.py").write_text("from neighbours import one\n")
    monkeypatch.syspath_prepend(tmp_path)
    graph = grimp.build_graph("neighbours", cache_dir=None)
    one, two = "neighbours.one", "neighbours.two"
    assert sideways(graph, members(graph, "neighbours")) == [(one, two), (two, one)]
    with pytest.raises(CycleError):
        test_nothing_imports_in_a_circle(graph)
