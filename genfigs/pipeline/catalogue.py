"""Which figures, experiments and scenes there are, found without importing them wherever that is possible."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from genfigs.pipeline.files import fingerprint, read_json, to_json, write
from genfigs.pipeline.project import Project
from genfigs.pipeline.sources import Sources, read_sources

NETWORK = "genfigs.network.tiny_cnn"
NamesOf = Callable[[str], tuple[list[str], str]]
"""Runs `names` of a module: the figures of that family, or what went wrong."""


@dataclass(frozen=True)
class Entry:
    """One figure or experiment: its name, its module, its source, and what is wrong with that."""

    name: str
    module: str
    path: str
    line: int
    error: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All figures, experiments and scenes of the project, and the sources they were found in."""

    sources: Sources
    figures: tuple[Entry, ...]
    experiments: tuple[Entry, ...]
    scenes: tuple[Entry, ...] = ()


def read_catalogue(project: Project, names_of: NamesOf) -> Catalogue:
    """Return what there is to build; `names_of` is asked only about families of which anything changed."""
    path = project.cache / "catalogue.json"
    known = read_json(path) or {}
    sources = read_sources(project.package, known.get("scans"))
    families = _Families(sources, known.get("families"), names_of)
    figures = [entry for module in _modules(sources, "figures") for entry in families.entries(module)]
    experiments = [_entry(sources, module, _stem(module, "_")) for module in _modules(sources, "experiments")]
    scans = {module: scan.to_json() for module, scan in sources.scans.items()}
    now = {"scans": scans, "families": families.known}
    if now != known:
        write(path, to_json(now))
    return Catalogue(sources, tuple(_unique(figures)), tuple(experiments), find_scenes(sources))


def find_scenes(sources: Sources) -> tuple[Entry, ...]:
    """Return the scenes: modules that define a function of their own name, or that do not compile."""
    entries = [_entry(sources, module, _stem(module, "-")) for module in _modules(sources, "scenes")]
    return tuple(entry for entry in entries if sources.scans[entry.module].scene or entry.error)


def _modules(sources: Sources, package: str) -> list[str]:
    """Return the modules directly inside `package`; a leading underscore marks helpers."""
    prefix = f"{sources.package.name}.{package}."
    names = [module.removeprefix(prefix) for module in sources.scans if module.startswith(prefix)]
    return [prefix + name for name in names if "." not in name and not name.startswith("_")]


def _stem(module: str, separator: str) -> str:
    """Return the name `module` stands for: the last part, its words joined by `separator`."""
    return module.rpartition(".")[2].replace("_", separator)


def _entry(sources: Sources, module: str, name: str, error: str = "") -> Entry:
    """Return the entry of `name` in `module`, with the error of its source if there is one."""
    scan, path = sources.scans[module], sources.paths[module]
    return Entry(name, module, path, scan.line, f"{path}:{scan.line}: {scan.error}" if scan.error else error)


class _Families:
    """The figures of each module, remembered by the code that names them."""

    def __init__(self, sources: Sources, known: Any, names_of: NamesOf) -> None:
        earlier = known if isinstance(known, dict) else {}
        self.sources = sources
        self.names_of = names_of
        self.known = {
            module: family
            for module, family in earlier.items()
            if module in sources.scans and _is_family(family)
        }

    def entries(self, module: str) -> list[Entry]:
        """Return the figures of `module`; a broken family keeps the names it had."""
        scan = self.sources.scans[module]
        error = ""
        if scan.family:
            error = self._refresh(module)
        elif not scan.error:
            self.known.pop(module, None)
        names = self.known[module]["names"] if module in self.known else [_stem(module, "-")]
        return [_entry(self.sources, module, name, error) for name in names]

    def _refresh(self, module: str) -> str:
        """Ask the family for its names if anything it may depend on changed; return what went wrong."""
        digest = fingerprint(to_json(self.sources.inputs((module, NETWORK))))
        if self.known.get(module, {}).get("digest") == digest:
            return ""
        names, error = self.names_of(module)
        if not error:
            self.known[module] = {"digest": digest, "names": names}
        return error


def _is_family(family: Any) -> bool:
    """Return whether `family` is what `_Families` remembers."""
    match family:
        case {"digest": str(), "names": list(names)}:
            return all(isinstance(name, str) for name in names)
        case _:
            return False


def _unique(figures: list[Entry]) -> list[Entry]:
    """Return `figures` with one entry per name, an error where several modules claim it."""
    owners: dict[str, list[str]] = {}
    for entry in figures:
        owners.setdefault(entry.name, []).append(entry.path)
    first = {entry.name: entry for entry in reversed(figures)}
    return [
        entry
        if len(owners[name]) == 1
        else replace(
            entry, error=f"`{name}` must be drawn by one module; got {' and '.join(owners[name])}; rename one"
        )
        for name, entry in sorted(first.items())
    ]
