"""The chapter's ES modules joined into classic scripts, because modules do not load from `file://`.

There is one script per entry: the scroll, which every reader needs at once, and the studio, which can wait.
A script leaves what later ones import from it in `chapterModules`. Comments stay behind. Only what the modules
use is supported: `import { ... } from "./x.js"` and `export` before a declaration. Names at the top level of
different modules must differ; that is checked.
"""

import re
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from genfigs.errors import UserError

IMPORT = re.compile(
    r'^import \{(?P<names>(?:(?! as )[^}])*)\} from "\./(?P<module>[\w-]+\.js)";\n', re.MULTILINE
)
COMMENT = re.compile(
    r"^[ \t]*(?://[^\n]*|/\*\*(?:[^*]|\*(?!/))*\*/)[ \t]*\n", re.MULTILINE
)  # whole lines only
EXPORT = re.compile(r"^export (?=(async |)(function|const|let|class)\b)", re.MULTILINE)
TOP_LEVEL = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (?P<name>[\w$]+)", re.MULTILINE
)


ENTRIES = ("chapter.js", "studio.js")  # in the order in which the page loads them
SHARED = "globalThis.chapterModules"


def read_modules(folder: Path) -> dict[str, str]:
    """Return the text of every module of the folder by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}


def bundle(modules: Mapping[str, str], entries: Sequence[str] = ENTRIES) -> dict[str, bytes]:
    """Return one script per entry: the modules it needs, each once and after those that it imports.

    What an earlier script holds is taken from there.
    Raises: UserError for an unknown or unused module, a cycle, a name declared twice, or an import written
    another way.
    """
    order = _in_order(modules, entries)
    _check_names(modules)
    placed: set[str] = set()
    parts: dict[str, list[str]] = {}
    for entry in entries:
        wanted = _reachable(modules, entry) - placed
        parts[entry] = [name for name in order if name in wanted]
        placed |= wanted
    for unused in sorted(set(modules) - placed):
        raise UserError(
            f"{unused}: a module must be imported by another; got none that does; import or delete it"
        )
    shared = _shared(modules, parts)
    return {
        entry: _script(modules, names, shared[entry], entry != entries[0]) for entry, names in parts.items()
    }


def _in_order(modules: Mapping[str, str], entries: Sequence[str]) -> list[str]:
    """Return the modules, each after those that it imports. Raises: UserError if one is missing, or for a cycle."""
    needs = {name: [found["module"] for found in IMPORT.finditer(text)] for name, text in modules.items()}
    for name, needed in {"the page": list(entries), **needs}.items():
        for missing in sorted(set(needed) - set(modules)):
            raise UserError(f"{name}: `import` must name a module of the folder; got `{missing}`")
    try:
        return list(TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order())
    except CycleError as cycle:
        raise UserError(
            f"modules must not import each other in a circle; got {' → '.join(cycle.args[1])}"
        ) from None


def _reachable(modules: Mapping[str, str], entry: str) -> set[str]:
    found, waiting = set[str](), [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [one["module"] for one in IMPORT.finditer(modules[name])]
    return found


def _shared(
    modules: Mapping[str, str], parts: Mapping[str, list[str]]
) -> dict[str, tuple[list[str], list[str]]]:
    """Return, for every script, the names it takes from earlier ones and the names it leaves for later ones."""
    owner = {name: entry for entry, names in parts.items() for name in names}
    taken: dict[str, set[str]] = {entry: set() for entry in parts}
    left: dict[str, set[str]] = {entry: set() for entry in parts}
    for module, text in modules.items():
        for found in IMPORT.finditer(text):
            if owner[found["module"]] != owner[module]:
                names = set(re.findall(r"[\w$]+", found["names"]))
                taken[owner[module]] |= names
                left[owner[found["module"]]] |= names
    return {entry: (sorted(taken[entry]), sorted(left[entry])) for entry in parts}


def _script(
    modules: Mapping[str, str], names: list[str], shared: tuple[list[str], list[str]], later: bool
) -> bytes:
    taken, left = (", ".join(names) for names in shared)
    lines = [f"const {{ {taken} }} = {SHARED};\n"] if taken else []
    lines += [_strip(name, modules[name]) for name in names]
    lines += (
        [f"{SHARED} = {{ ...{SHARED}, {left} }};\n" if later else f"{SHARED} = {{ {left} }};\n"]
        if left
        else []
    )
    return ('(() => {\n"use strict";\n' + "\n".join(lines) + "})();\n").encode()


def _strip(name: str, text: str) -> str:
    body = EXPORT.sub("", IMPORT.sub("", text))
    for number, line in enumerate(body.splitlines(), 1):
        if re.match(r"(import|export)\b", line):
            raise UserError(
                f'{name}: `import` must read `import {{ a }} from "./b.js";`; got line {number}: {line}'
            )
    return COMMENT.sub("", body)


def _check_names(modules: Mapping[str, str]) -> None:
    owner: dict[str, str] = {}
    for module, text in modules.items():
        for found in TOP_LEVEL.finditer(text):
            first = owner.setdefault(found["name"], module)
            if first != module:
                raise UserError(
                    f"`{found['name']}` must be declared once; it is in {first} and {module}; rename one"
                )
