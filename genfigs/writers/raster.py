"""Pixels: one SVG drawing becomes stills, GIF and WebP. Bytes are deterministic."""

from io import BytesIO
from pathlib import Path

import imageio.v3 as iio
import numpy as np
from jaxtyping import UInt8
from matplotlib import get_data_path
from PIL import Image
from resvg_py import svg_to_bytes

from genfigs.writers.svg import Element, to_bytes

Frame = UInt8[np.ndarray, "height width 3"]
GIF_COLOURS = 64
WEBP_QUALITY = 50  # of 100; flat colours and sharp cells survive it


def _fonts() -> list[str]:
    """Return the DejaVu files that matplotlib brings: the same letters on every machine."""
    folder = Path(get_data_path()) / "fonts" / "ttf"
    return [str(folder / f"DejaVu{name}.ttf") for name in ("Sans", "Sans-Bold", "SansMono", "SansMono-Bold")]


def rasterise(document: Element, width: int) -> Frame:
    """Return an SVG document's pixels at `width` pixels across."""
    encoded = svg_to_bytes(
        svg_string=to_bytes(document).decode(), width=width, font_files=_fonts(), skip_system_fonts=True
    )
    return np.asarray(Image.open(BytesIO(bytes(encoded))).convert("RGB"))


def to_png(pixels: Frame) -> bytes:
    """Return one still as a PNG with a palette of 256 colours."""
    buffer = BytesIO()
    Image.fromarray(pixels).quantize(256, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def to_gif(frames: list[Frame], durations: list[int]) -> bytes:
    """Return a GIF that plays once. Units: `durations` are milliseconds per frame."""
    palette = Image.fromarray(np.concatenate(frames[:: max(len(frames) // 6, 1)])).quantize(
        GIF_COLOURS, Image.Quantize.MAXCOVERAGE
    )
    images = [Image.fromarray(frame).quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    buffer = BytesIO()
    images[0].save(
        buffer, "GIF", save_all=True, append_images=images[1:], duration=durations, optimize=True, disposal=1
    )
    return buffer.getvalue()


def to_webp(frames: list[Frame], durations: list[int]) -> bytes:
    """Return a WebP that plays once. Units: `durations` are milliseconds per frame."""
    return iio.imwrite(
        "<bytes>",
        frames,
        extension=".webp",
        plugin="pillow",
        duration=durations,
        loop=1,
        quality=WEBP_QUALITY,
        method=4,
    )
