"""The chapter's ES modules joined into one classic script, because modules do not load from `file://`.

Comments stay behind. Only what the modules use is supported: one-line `import { ... } from "./x.js"` and
`export` before a declaration. Names at the top level of different modules must differ; that is checked.
"""

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from genfigs.errors import UserError

IMPORT = re.compile(r'^import \{(?:(?! as )[^}])*\} from "\./(?P<module>[\w-]+\.js)";\n', re.MULTILINE)
COMMENT = re.compile(
    r"^[ \t]*(?://[^\n]*|/\*\*(?:[^*]|\*(?!/))*\*/)[ \t]*\n", re.MULTILINE
)  # whole lines only
EXPORT = re.compile(r"^export (?=(async |)(function|const|let|class)\b)", re.MULTILINE)
TOP_LEVEL = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (?P<name>[\w$]+)", re.MULTILINE
)


def read_modules(folder: Path) -> dict[str, str]:
    """Return the text of every module of the folder by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}


def join(modules: Mapping[str, str]) -> bytes:
    """Return one script that runs every module once, each after the modules it imports.

    Raises: UserError for an unknown module, a cycle, a name declared twice, or an import written another way.
    """
    needs = {name: [found["module"] for found in IMPORT.finditer(text)] for name, text in modules.items()}
    for name, needed in needs.items():
        for missing in set(needed) - set(modules):
            raise UserError(f"{name}: `import` must name a module of the folder; got `{missing}`")
    try:
        order = list(TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order())
    except CycleError as cycle:
        raise UserError(
            f"modules must not import each other in a circle; got {' → '.join(cycle.args[1])}"
        ) from None
    _check_names(modules)
    bodies = [_strip(name, modules[name]) for name in order]
    return ('(() => {\n"use strict";\n' + "\n".join(bodies) + "})();\n").encode()


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
