"""The scroll's scene: one image travels through every stage of the network.

A module here with a function of its own name is a scene: the build finds it, and `/// scrolly | forward-pass` shows it.
"""

from genfigs.errors import UserError
from genfigs.network.sequential import Sequential
from genfigs.scenes import Scene
from genfigs.scenes.acts import act_out
from genfigs.scenes.wording import stem


def forward_pass(network: Sequential) -> Scene:
    """Return the scene of one image's way through `network`, stage by stage.

    Raises: UserError if a dense layer is not the last one before softmax.
    """
    stages = network.stages
    if hidden := next((stage.name for stage in stages[:-2] if stem(stage) == "dense"), None):
        raise UserError(
            f"`network` must have one dense layer, right before `Softmax()`, for the scroll to show it; "
            f"got `{hidden}` earlier; remove it or use a convolution"
        )
    return act_out("forward-pass", stages)
