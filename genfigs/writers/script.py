"""The chapter's ES modules joined into classic scripts, because modules do not load from `file://`.

There is one script per entry: the scroll, which every reader needs at once, and the studio, which can wait.
A script leaves the modules that later ones import in `chapterModules`. Comments and indentation stay behind. Only
what the modules use is supported: `import { ... } from "./x.js"`, `export` before a function, a constant or a class,
and strings of one line.
"""

import re
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from genfigs.errors import UserError

ENTRIES = ("chapter.js", "studio.js")  # in the order in which the page loads them
SHARED = "globalThis.chapterModules"

IMPORT = re.compile(
    r'^import \{(?P<names>(?:(?! as )[^}])*)\} from "\./(?P<module>[\w-]+\.js)";\n', re.MULTILINE
)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (?P<name>[\w$]+))", re.MULTILINE)
WHOLE_LINE_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:[^*]|\*(?!/))*\*/)[ \t]*\n", re.MULTILINE)
CAST = re.compile(r"/\*\* @type \{[^\n]*?\} \*/ ?")  # what type checkers read inside a line
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def read_modules(folder: Path) -> dict[str, str]:
    """Return the text of every module of the folder by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}


def bundle(modules: Mapping[str, str], entries: Sequence[str] = ENTRIES) -> dict[str, bytes]:
    """Return one script per entry: the modules it needs, each once and after those that it imports.

    What an earlier script holds is taken from there.
    Raises: UserError for an unknown or unused module, a cycle, or an import or export written another way.
    """
    needs = {name: [found["module"] for found in IMPORT.finditer(text)] for name, text in modules.items()}
    order = _in_order(needs, entries)
    home: dict[str, str] = {}
    for entry in entries:
        for name in _reachable(needs, entry):
            home.setdefault(name, entry)
    for unused in sorted(set(modules) - set(home)):
        raise UserError(
            f"{unused}: a module must be imported by another; got none that does; import or delete it"
        )
    return {
        entry: _script(modules, [name for name in order if home[name] == entry], needs, home)
        for entry in entries
    }


def _in_order(needs: Mapping[str, list[str]], entries: Sequence[str]) -> list[str]:
    """Return the modules, each after those that it imports. Raises: UserError if one is missing, or for a cycle."""
    for name, needed in {"the page": list(entries), **needs}.items():
        for missing in sorted(set(needed) - set(needs)):
            raise UserError(f"{name}: `import` must name a module of the folder; got `{missing}`")
    try:
        return list(TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order())
    except CycleError as cycle:
        raise UserError(
            f"modules must not import each other in a circle; got {' → '.join(cycle.args[1])}"
        ) from None


def _reachable(needs: Mapping[str, list[str]], entry: str) -> set[str]:
    """Return the modules that run when `entry` does."""
    found, waiting = set[str](), [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs[name]
    return found


def _script(
    modules: Mapping[str, str], names: list[str], needs: Mapping[str, list[str]], home: Mapping[str, str]
) -> bytes:
    """Return the modules `names` as one script, which takes from earlier and leaves to later ones what is shared."""
    taken = {needed for name in names for needed in needs[name]} - set(names)
    later = {needed for name, of in needs.items() if name not in names for needed in of}
    left = [name for name in names if name in later]
    lines = [f"const {{ {_listed(sorted(taken))} }} = {SHARED};\n"] if taken else []
    lines += [_scoped(name, modules[name]) for name in names]
    lines += [f"{SHARED} = {{ ...{SHARED}, {_listed(left)} }};\n"] if left else []
    return ('(() => {\n"use strict";\n' + "".join(lines) + "})();\n").encode()


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_variable, names))


def _variable(module: str) -> str:
    """Return the variable that holds the exports of a module."""
    return re.sub(r"\W", "_", module)


def _scoped(name: str, text: str) -> str:
    """Return a module as a function that runs at once and gives what the module exports."""
    exports = ", ".join(found["name"] for found in EXPORT.finditer(text))
    body = IMPORT.sub(_destructuring, EXPORT.sub("", text))
    for number, line in enumerate(body.splitlines(), 1):
        if re.match(r"(import|export)\b", line):
            raise UserError(
                f'{name}: `import` must read `import {{ a }} from "./b.js";`, and `export` stand before a function, '
                f"a constant or a class; got line {number}: {line}"
            )
        if WHOLE_LINE_COMMENT.sub("", line + "\n").count("`") % 2:
            raise UserError(
                f"{name}: a string must end on its line; got line {number}: {line}; join strings with +"
            )
    given = f"return {{ {exports} }};\n" if exports else ""
    start = f"const {_variable(name)} = " if exports else ""
    return f"{start}(() => {{\n{_bare(body)}\n{given}}})();\n"


def _bare(body: str) -> str:
    """Return `body` without comments, what only type checkers read, and indentation."""
    return INDENT.sub("", CAST.sub("", WHOLE_LINE_COMMENT.sub("", body))).strip()


def _destructuring(found: re.Match[str]) -> str:
    names = ", ".join(re.findall(r"[\w$]+", found["names"]))
    return f"const {{ {names} }} = {_variable(found['module'])};\n"
