"""How a computed value is written in prose."""

import math
from collections.abc import Callable, Mapping

from genfigs.errors import nearest
from genfigs.site.manifest import Value

SIGNIFICANT_DIGITS = 3  # as many as the measurements support, and as a reader takes in
SPREAD = "spread"  # the filter that writes a value with its standard deviation
SMALL_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905


def display(value: Value, name: str = "") -> str:
    """Return `value` as it reads in prose, through the filter called `name` if there is one.

    Raises: ValueError, in house wording, if there is no such filter or it cannot take such a value.
    """
    if not name:
        return _default(value)
    if name not in FILTERS:
        raise ValueError(f"`filter` must name a filter; got `{name}`{nearest(name, FILTERS)}")
    return FILTERS[name](value)


def with_spread(values: Mapping[str, Value], name: str) -> str:
    """Return the share `name` and its standard deviation over several trainings as `97.9 ± 0.1%`.

    Raises: ValueError, in house wording, if the build computes no spread of it.
    """
    spread = values.get(f"{name}_spread")
    if spread is None:
        raise ValueError(f"`{SPREAD}` must be given a value that has `{name}_spread`; got none; drop the filter")
    return f"{100 * _number(values[name], SPREAD):.1f} ± {_percent(spread)}"


def machine_readable(value: Value) -> str:
    """Return `value` for the `value` attribute of `<data>`: unrounded, lists joined by commas."""
    return ",".join(map(machine_readable, value)) if isinstance(value, list) else str(value)


def _default(value: Value) -> str:
    if isinstance(value, list):
        return " × ".join(map(_default, value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}".replace("-", "−") if isinstance(value, int) else _significant(value)


def _significant(value: float) -> str:
    """Return `value` with three significant digits, no trailing zeros, no exponent."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    rounded = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    decimals = max(0, SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(abs(rounded))))
    text = f"{rounded:,.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if decimals else text).replace("-", "−")


def _percent(value: Value) -> str:
    return f"{100 * _number(value, 'percent'):.1f}%"


def _percent0(value: Value) -> str:
    return f"{100 * _number(value, 'percent0'):.0f}%"


def _billions(value: Value) -> str:
    return f"{_significant(_number(value, 'billions') / 1e9)} billion"


def _words(value: Value) -> str:
    number = _number(value, "words")
    if number != int(number):
        raise ValueError(f"`words` must be given a whole number; got {value}; drop the filter")
    return SMALL_NUMBERS[int(number)] if 0 <= number < len(SMALL_NUMBERS) else _default(int(number))


def _number(value: Value, name: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        got = machine_readable(value)
        raise ValueError(f"`{name}` must be given one number; got {got}; drop the filter")  # noqa: TRY004
    return value


FILTERS: dict[str, Callable[[Value], str]] = {
    "percent": _percent,
    "percent0": _percent0,
    "words": _words,
    "billions": _billions,
    "plain": machine_readable,
}
