"""The project's own code: which files a module runs with, by content and not by date."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from genfigs.pipeline.files import fingerprint, walk
from genfigs.pipeline.imports import Scan, scan

# libraries whose version changes results although only another one is imported by name
COMPANIONS = {"jax": ("jax", "jaxlib")}
DISTRIBUTIONS = {"PIL": "pillow", "resvg_py": "resvg-py", "yaml": "pyyaml"}


@dataclass(frozen=True)
class Sources:
    """Every file of the package: `hashes` by path below the package's parent, `scans` by module name."""

    package: Path
    hashes: dict[str, str]
    paths: dict[str, str]
    scans: dict[str, Scan]

    def closure(self, roots: Iterable[str]) -> list[str]:
        """Return the modules that run when `roots` do: all they import, and the packages around those."""
        found: set[str] = set()
        waiting = [root for root in roots if root in self.scans]
        while waiting:
            module = waiting.pop()
            if module not in found:
                found.add(module)
                waiting.extend(self._direct[module] - found)
        return sorted(found)

    @cached_property
    def _direct(self) -> dict[str, set[str]]:
        """Return, by module, the modules of the project that it imports, and the packages around those."""
        return {module: set(self._imported(module)) for module in self.scans}

    def _imported(self, module: str) -> Iterator[str]:
        for name in (module, *self.scans[module].imports):
            parts = name.split(".")
            prefixes = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
            yield from (prefix for prefix in prefixes if prefix in self.scans)

    @cached_property
    def _data(self) -> dict[str, list[str]]:
        """Return the data files (all that is not Python) by the package they belong to."""
        found: dict[str, list[str]] = {}
        for path in self.hashes:
            if not path.endswith(".py"):
                home = next(
                    folder.as_posix()
                    for folder in Path(path).parents
                    if f"{folder.as_posix()}/__init__.py" in self.hashes
                )
                found.setdefault(f"{home}/__init__.py", []).append(path)
        return found

    def foreign(self, roots: Iterable[str]) -> list[str]:
        """Return the dotted names, modules or what is in them, that `roots` import from outside the project."""
        names = {name for module in self.closure(roots) for name in self.scans[module].imports}
        return sorted(name for name in names if name.split(".")[0] != self.package.name)

    def inputs(self, roots: Iterable[str]) -> dict[str, str]:
        """Return the fingerprint of every file `roots` run with: modules, and the data files beside them."""
        paths = [self.paths[module] for module in self.closure(roots)]
        data = [file for path in paths for file in self._data.get(path, ())]
        return {path: self.hashes[path] for path in sorted({*paths, *data})}

    def libraries(self, roots: Iterable[str]) -> dict[str, str]:
        """Return the version of every installed library that `roots` run with."""
        own = {self.package.name, *sys.stdlib_module_names, ""}
        imported = {
            name.split(".")[0] for module in self.closure(roots) for name in self.scans[module].imports
        }
        names = [
            name for top in imported - own for name in COMPANIONS.get(top, (DISTRIBUTIONS.get(top, top),))
        ]
        return {name: version(name) for name in sorted(names)}


@cache
def version(library: str) -> str:
    """Return the installed version of `library`, or `missing`."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(library)
    except PackageNotFoundError:
        return "missing"


def read_sources(package: Path, known: Any) -> Sources:
    """Return the sources below `package`; files whose content is in `known` are not parsed again."""
    known = known if isinstance(known, dict) else {}
    hashes: dict[str, str] = {}
    paths: dict[str, str] = {}
    scans: dict[str, Scan] = {}
    for file in walk(package):
        path = file.relative_to(package.parent).as_posix()
        content = file.read_bytes()
        hashes[path] = fingerprint(content)
        if path.endswith(".py"):
            module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            paths[module] = path
            cached = Scan.from_json(known.get(module))
            fresh = cached is not None and cached.sha256 == hashes[path]
            scans[module] = (
                cached
                if cached and fresh
                else scan(content, hashes[path], module, path.endswith("__init__.py"))
            )
    return Sources(package, hashes, paths, scans)
