"""What a module of the project imports, read from its source and never by running it.

A graph library would stop at the first syntax error; here one broken figure must not stop the others.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scan:
    """What the source of one module says.

    `imports` are the dotted names it may import; `family` tells whether it defines `names`, `scene` whether it
    defines a function of its own name; `line` is where `draw` starts, or where `error`, which keeps it from being
    compiled, is; `about` is the first line of its docstring.
    """

    sha256: str
    imports: tuple[str, ...] = ()
    family: bool = False
    scene: bool = False
    line: int = 1
    error: str = ""
    about: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return this scan as plain data."""
        return {
            "sha256": self.sha256,
            "imports": list(self.imports),
            "family": self.family,
            "scene": self.scene,
            "line": self.line,
            "error": self.error,
            "about": self.about,
        }

    @classmethod
    def from_json(cls, data: Any) -> "Scan | None":
        """Return the scan in `data`, or None when it is not one."""
        match data:
            case {
                "sha256": str(sha),
                "imports": list(imports),
                "family": bool(family),
                "scene": bool(scene),
                "line": int(line),
                "error": str(error),
                "about": str(about),
            }:
                return cls(sha, tuple(map(str, imports)), family, scene, line, error, about)
            case _:
                return None


def scan(source: bytes, sha256: str, module: str, is_package: bool) -> Scan:
    """Return what `source`, the code of `module`, imports and defines."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        line = (error.text or "").strip()
        return Scan(sha256, line=error.lineno or 1, error=f"{error.msg}: {line}" if line else error.msg)
    except ValueError as error:
        return Scan(sha256, error=str(error))
    package = module if is_package else module.rpartition(".")[0]
    functions = {node.name: node.lineno for node in tree.body if isinstance(node, ast.FunctionDef)}
    return Scan(
        sha256,
        imports=tuple(sorted(set(_imported(tree, package)))),
        family="names" in functions,
        scene=module.rpartition(".")[2] in functions,
        line=functions.get("draw", 1),
        about=(ast.get_docstring(tree) or "").partition("\n")[0],
    )


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    """Yield the dotted names imported anywhere below `node`, except for type checkers only."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(names=names):
                base = _base(child, package)
                yield base
                yield from (f"{base}.{alias.name}" for alias in names)
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                yield from _imported(ast.Module(child.orelse, []), package)
            case _:
                yield from _imported(child, package)


def _base(node: ast.ImportFrom, package: str) -> str:
    """Return the dotted name after `from`, made absolute."""
    if not node.level:
        return node.module or ""
    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parents, *([node.module] if node.module else [])])
