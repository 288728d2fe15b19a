"""Every colour, colour map and size of the chapter, and the CSS custom properties written from them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np
from jaxtyping import Float, UInt8

MONOSPACE = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"
SANS = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Theme:
    """One palette: paper and ink colours by role, and the stops of three colour maps, all as `#rrggbb`."""

    name: str
    page: str
    panel: str
    ink: str
    muted: str
    line: str
    accent: str
    negative: str
    positive: str
    maps: Mapping[str, tuple[str, ...]]


LIGHT = Theme(
    name="light",
    page="#f6f4ee",
    panel="#fffdf8",
    ink="#1a1d29",
    muted="#5f6474",  # one step darker than the design's: 4.5 : 1 on the page colour too
    line="#c9c5b8",
    accent="#c8401a",
    negative="#2b4acb",
    positive="#c8401a",
    maps=MappingProxyType(
        {
            "ink": ("#fffdf8", "#1a1d29"),
            "signed": ("#2b4acb", "#93a3e6", "#fffdf8", "#eb9d7c", "#c8401a"),
            "positive": ("#fffdf8", "#f6c9a3", "#e2793f", "#a8361b", "#2a1420"),
        }
    ),
)
DARK = Theme(
    name="dark",
    page="#0d111d",
    panel="#121829",
    ink="#eef0f6",
    muted="#9aa3bf",
    line="#323b57",
    accent="#ff9a6b",
    negative="#7ea0ff",
    positive="#ff9a6b",
    maps=MappingProxyType(
        {
            "ink": ("#121829", "#eef0f6"),
            "signed": ("#7ea0ff", "#3d54a0", "#121829", "#9a4a35", "#ff9a6b"),
            "positive": ("#121829", "#4a2a42", "#b04a35", "#ff9a6b", "#fff1dc"),
        }
    ),
)
THEMES = (LIGHT, DARK)

Levels = UInt8[np.ndarray, "256 3"]


def levels(stops: tuple[str, ...]) -> Levels:
    """Return 256 sRGB colours running evenly through `stops`; the browser interpolates the same way."""
    anchors = np.array([[int(stop[i : i + 2], 16) for i in (1, 3, 5)] for stop in stops], dtype=np.float64)
    where = np.linspace(0, len(stops) - 1, 256)
    channels = [np.interp(where, np.arange(len(stops)), anchors[:, channel]) for channel in range(3)]
    return np.floor(np.stack(channels, axis=1) + 0.5).astype(np.uint8)


def level_index(
    values: Float[np.ndarray, "*shape"], colour_map: str, scale: float
) -> UInt8[np.ndarray, "*shape"]:
    """Return the colour-map level of each value.

    Units: `signed` maps -scale..scale to 0..255 with zero in the middle, the others 0..scale.
    """
    unit = values / scale if scale > 0 else np.zeros_like(values)
    if colour_map == "signed":
        unit = (unit + 1) / 2
    return np.floor(np.clip(unit, 0, 1) * 255 + 0.5).astype(np.uint8)


def relative_luminance(colour: str) -> float:
    """Return the luminance of a `#rrggbb` colour, 0 to 1.

    Source: WCAG 2.2, definition of relative luminance.
    """
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, success criterion 1.4.3."""
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _declarations(theme: Theme) -> str:
    roles = [field.name for field in fields(theme) if field.name not in ("name", "maps")]
    lines = [f"  --figure-{role}: {getattr(theme, role)};" for role in roles]
    lines += [f"  --map-{name}: {', '.join(stops)};" for name, stops in theme.maps.items()]
    return "\n".join(lines)


def tokens_css() -> str:
    """Return the style sheet of custom properties: light by default, dark under Material's `slate` scheme."""
    fonts = f"  --figure-sans: {SANS};\n  --figure-mono: {MONOSPACE};"
    return (
        "/* Written by genfigs/theme.py; edit the colours there. */\n"
        f":root, [data-md-color-scheme='default'] {{\n{fonts}\n{_declarations(LIGHT)}\n}}\n"
        f"[data-md-color-scheme='slate'] {{\n{_declarations(DARK)}\n}}\n"
        f"@media print {{\n:root, [data-md-color-scheme] {{\n{_declarations(LIGHT)}\n}}\n}}\n"
    )
