"""Claims beside the prose: `{{ claim a.one > b.other + 0.01 }}` shows nothing, and must hold.

A claim compares computed values. It may use numbers, + - * /, `abs`, `min`, `max`, comparisons, and `and`, `or`, `not`;
`a.list[2]` is one item of a list, and `min` and `max` take a whole list too.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from genfigs.errors import nearest
from genfigs.site.manifest import Value
from genfigs.site.values import display

Operation = Callable[[Any, Any], Any]

OPERATIONS: dict[type[ast.AST], Operation] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {"abs": abs, "min": min, "max": max}


class Claim:
    """One claim, read but not yet judged.

    Raises: ValueError, in house wording, if it is not a comparison.
    """

    def __init__(self, text: str, values: Mapping[str, Value]) -> None:
        self.text = " ".join(text.split())
        self.values = values
        self.used: dict[str, Value] = {}
        try:
            self.tree = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError):  # the second for a null character, before Python 3.11.4
            raise self._misread(self.text) from None
        if not isinstance(self.tree, ast.Compare | ast.BoolOp | ast.UnaryOp):
            raise self._misread(self.text)

    def holds(self) -> bool:
        """Return whether the claim is true of the values.

        Raises: ValueError, in house wording, for a value that nothing computes, or one that cannot be compared.
        """
        try:
            return bool(self._value(self.tree))
        except (TypeError, IndexError, ZeroDivisionError) as error:
            raise ValueError(f"`claim` must compare numbers; got {self.text} ({error}); mend it") from None

    def told(self) -> str:
        """Return every value that was compared, with its name."""
        return ", ".join(f"{name} = {display(value)}" for name, value in self.used.items())

    def _value(self, node: ast.AST) -> Any:
        match node:
            case ast.Constant(value=int() | float() | str() as number):
                return number
            case ast.Name() | ast.Attribute():
                return self._named(ast.unparse(node))
            case ast.Subscript(value=series, slice=index):
                return self._value(series)[self._value(index)]
            case ast.Call(func=ast.Name(id=name), args=[*arguments], keywords=[]) if name in FUNCTIONS:
                return FUNCTIONS[name](*map(self._value, arguments))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATIONS:
                return OPERATIONS[type(sign)](self._value(left), self._value(right))
            case _:
                return self._logic(node)

    def _logic(self, node: ast.AST) -> Any:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._value(operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self._value(operand)
            case ast.BoolOp(op=sign, values=parts):
                return (all if isinstance(sign, ast.And) else any)(self._value(part) for part in parts)
            case ast.Compare(left=first, ops=signs, comparators=others) if {*map(type, signs)} <= {*OPERATIONS}:
                sides = [self._value(side) for side in (first, *others)]
                pairs = zip(signs, sides, sides[1:], strict=False)
                return all(OPERATIONS[type(sign)](left, right) for sign, left, right in pairs)
            case _:
                raise self._misread(ast.unparse(node))

    def _named(self, name: str) -> Value:
        if name not in self.values:
            hint = nearest(name, self.values)
            raise ValueError(f"`claim` must compare values that the build computes; got `{name}`{hint}")
        self.used[name] = self.values[name]
        return self.values[name]

    @staticmethod
    def _misread(got: str) -> ValueError:
        remedy = "write it like `{{ claim a.one > b.other + 0.01 }}`"
        return ValueError(f"`claim` must be a comparison of values and numbers; got `{got}`; {remedy}")
