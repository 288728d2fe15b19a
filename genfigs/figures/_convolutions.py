"""What several figures ask of the network: its convolutions."""

import numpy as np

from genfigs.errors import UserError
from genfigs.network.layers import Conv2D
from genfigs.network.sequential import Sequential, Stage


def convolutions(network: Sequential, name: str) -> list[Stage]:
    """Return the stages that are convolutions.

    Raises: UserError naming the figure if there are none.
    """
    found = [stage for stage in network.stages if isinstance(stage.layer, Conv2D)]
    if not found:
        raise UserError(
            f"`{name}` must have a convolution to show; the network has none; add a `Conv2D` "
            "or take the figure out of the page"
        )
    return found


def signed(value: float | np.floating) -> str:
    """Return `value` with two decimals and a true minus sign."""
    return f"{value:.2f}".replace("-", "−")
