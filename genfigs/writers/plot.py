"""Matplotlib plots as SVG with the chapter's tokens and the same bytes every time."""

from collections.abc import Callable
from io import BytesIO

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure as Plot

from genfigs.theme import Theme


def plot_svg(draw: Callable[[Theme], Plot], theme: Theme) -> bytes:
    """Return what `draw` plots as SVG on the theme's panel; what it leaves uncoloured takes theme colours."""
    buffer = BytesIO()
    with mpl.rc_context({"svg.hashsalt": "genfigs", "svg.fonttype": "path"}), mpl.rc_context(tokens(theme)):
        plot = draw(theme)
        plot.savefig(buffer, format="svg", facecolor=theme.panel, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def tokens(theme: Theme) -> mpl.RcParams:
    """Return matplotlib's settings in the theme's colours: no box, muted ticks and labels."""
    return mpl.RcParams(
        {
            "text.color": theme.ink,
            "axes.facecolor": theme.panel,
            "axes.edgecolor": theme.line,
            "axes.labelcolor": theme.muted,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=[theme.accent, theme.negative, theme.muted]),
            "xtick.color": theme.muted,
            "ytick.color": theme.muted,
            "grid.color": theme.line,
        }
    )
