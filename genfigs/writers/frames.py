"""Mosaics that fade into one another: as one SVG that plays by itself, as GIF and WebP; each plays once."""

from itertools import pairwise

import numpy as np

from genfigs.figures import Frames
from genfigs.theme import LIGHT, SANS, Theme
from genfigs.writers.mosaic import draw, empty
from genfigs.writers.raster import Frame, rasterise, to_gif, to_png, to_webp
from genfigs.writers.svg import Element, fmt, node, to_bytes

SECONDS = 4.0  # of motion at most, under the five after which it needs a stop button (WCAG 2.2.2)
SHOWN = 0.6  # share of a mosaic's time in which it stands still; in the rest the next one fades in
BLENDS = 4  # pictures of one fade in a GIF
HOLD = 1500  # milliseconds that the last picture is held by players that loop regardless
RASTER_WIDTH = 640


def motion(frames: Frames, label: str) -> dict[str, bytes]:
    """Return animated SVG, GIF, WebP and the last mosaic as PNG, in the light theme."""
    solid = [rasterise(alone(frames, index, LIGHT), RASTER_WIDTH) for index in range(len(frames.mosaics))]
    pictures, durations = faded(solid)
    return {
        "svg": to_bytes(animated(frames, LIGHT, label)),
        "gif": to_gif(pictures, durations),
        "webp": to_webp(pictures, durations),
        "png": to_png(solid[-1]),
    }


def alone(frames: Frames, index: int, theme: Theme) -> Element:
    """Return one mosaic as a document."""
    root = empty(frames.mosaics[index])
    draw(root, frames.mosaics[index], theme)
    return root


def animated(frames: Frames, theme: Theme, label: str) -> Element:
    """Return all mosaics on top of each other, each fading in when its time has come."""
    root = empty(frames.mosaics[-1])
    node(root, "title", label)
    slot = seconds_each(len(frames.mosaics))
    fade = f"@keyframes fade{{from{{opacity:0}}}}g{{animation:fade {fmt(slot * (1 - SHOWN))}s both}}"
    node(root, "style", f"{fade}@media(prefers-reduced-motion:reduce){{g{{animation:none!important}}}}")
    for index, mosaic in enumerate(frames.mosaics):
        begins = max((index - 1 + SHOWN) * slot, 0.0)
        style = {"style": f"animation-delay:{fmt(begins)}s" if index else "animation:none"}
        draw(node(root, "g", **style, font_family=SANS), mosaic, theme)
    return root


def faded(solid: list[Frame]) -> tuple[list[Frame], list[int]]:
    """Return the pictures with blends between neighbours, and how long each shows.

    Units: milliseconds.
    """
    slot = 1000 * seconds_each(len(solid))
    pictures, durations = [solid[0]], [round(slot * SHOWN)]
    for before, after in pairwise(solid):
        for step in range(1, BLENDS + 1):
            pictures.append(blend(before, after, step / (BLENDS + 1)))
            durations.append(round(slot * (1 - SHOWN) / BLENDS))
        pictures.append(after)
        durations.append(round(slot * SHOWN))
    durations[-1] += HOLD
    return pictures, durations


def blend(before: Frame, after: Frame, share: float) -> Frame:
    """Return a mixture with `share` of `after`."""
    mixed = (1 - share) * before.astype(float) + share * after.astype(float)
    return np.floor(mixed + 0.5).astype(np.uint8)


def seconds_each(count: int) -> float:
    """Return how long each of `count` mosaics has; at most one second."""
    return min(SECONDS / count, 1.0)
