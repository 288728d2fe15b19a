"""From figures to bytes: every format one figure is published in."""

from lxml import etree

from genfigs.figures import Clip, Figure, Frames, Mosaic
from genfigs.theme import LIGHT, THEMES, Theme
from genfigs.writers import frames
from genfigs.writers.animated_svg import MotionPainter, animated_svg
from genfigs.writers.mosaic import mosaic_svg
from genfigs.writers.painter import Painter
from genfigs.writers.plot import plot_svg
from genfigs.writers.raster import rasterise, to_gif, to_png, to_webp
from genfigs.writers.svg import to_bytes

SECONDS = 4.0  # of motion; the last frame stays
HOLD = 1500  # milliseconds that the last frame is held by players that loop regardless
RASTER_WIDTH = 392


def render(figure: Figure) -> dict[str, bytes]:
    """Return a figure's files by ending: `light.svg` and `dark.svg`; of motion also `svg gif webp png`.

    A figure that asks for a raster has a `png` too.
    """
    files = {f"{theme.name}.svg": still(figure, theme) for theme in THEMES}
    if isinstance(figure.picture, Clip):
        files |= motion(figure.picture)
    elif isinstance(figure.picture, Frames):
        files |= frames.motion(figure.picture, figure.alt)
    if figure.raster:
        files["png"] = to_png(rasterise(etree.fromstring(files["light.svg"]), figure.raster))
    return files


def still(figure: Figure, theme: Theme) -> bytes:
    """Return the figure as one SVG in one theme."""
    picture = figure.picture
    if isinstance(picture, Clip):
        return to_bytes(Painter(picture.scene, picture.exhibit, theme).frame(picture.still))
    if isinstance(picture, Frames):
        picture = picture.still
    if isinstance(picture, Mosaic):
        return to_bytes(mosaic_svg(picture, theme, figure.alt))
    return plot_svg(picture, theme)


def motion(clip: Clip) -> dict[str, bytes]:
    """Return the clip as animated SVG, GIF and WebP and its still as PNG, in the light theme."""
    painter = Painter(clip.scene, clip.exhibit, LIGHT)
    times, durations = distinct_moments(clip)
    pictures = [rasterise(painter.frame(t), RASTER_WIDTH) for t in times]
    return {
        "svg": animated_svg(clip, MotionPainter(clip.scene, clip.exhibit, LIGHT)),
        "gif": to_gif(pictures, durations),
        "webp": to_webp(pictures, durations),
        "png": to_png(rasterise(painter.frame(clip.still), RASTER_WIDTH)),
    }


def distinct_moments(clip: Clip) -> tuple[list[float], list[int]]:
    """Return the clock values of the frames and how long each shows; stretches without motion are one frame.

    Units: milliseconds.
    """
    step = (clip.stop - clip.start) / (clip.frames - 1)
    tick = round(1000 * SECONDS / clip.frames)
    times: list[float] = []
    durations: list[int] = []
    for index in range(clip.frames):
        t = clip.start + step * index
        if times and clip.scene.at(times[-1]) == clip.scene.at(t):
            durations[-1] += tick
        else:
            times.append(t)
            durations.append(tick)
    durations[-1] += HOLD
    return times, durations
