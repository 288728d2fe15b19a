"""What tests ask of a scene: who is on stage when, and where."""

from functools import cache

import pytest

from genfigs.network.sequential import Sequential, Stage
from genfigs.scenes import Actor, Scene, State
from genfigs.scenes.forward_pass import forward_pass
from tests.scenes.networks import NETWORKS

every_network = pytest.mark.parametrize("name", NETWORKS)
THOUSANDTHS = 0.02  # units: what rounding every keyframe to 0.001 can add up to over a strip's run of cells


@cache
def scene(name: str) -> Scene:
    """Return the scene of one of the networks."""
    return forward_pass(NETWORKS[name])


def stages(name: str, *kinds: type) -> list[tuple[int, Stage]]:
    """Return (clock, stage) of every stage with a layer of one of the kinds."""
    return [(t, stage) for t, stage in enumerate(NETWORKS[name].stages) if isinstance(stage.layer, kinds)]


def pictured(network: Sequential) -> list[tuple[int, Stage]]:
    """Return (clock, stage) of every stage that has height, width and channels."""
    return [(t, stage) for t, stage in enumerate(network.stages) if len(stage.shape) == 3]


def actors(shown: Scene, prefix: str, kind: str = "sheet") -> list[Actor]:
    """Return the actors of a kind whose name starts with `prefix`."""
    return [actor for actor in shown.actors if actor.kind == kind and actor.name.startswith(prefix)]


def seen(shown: Scene, t: float, kind: str = "sheet") -> dict[str, State]:
    """Return the states of the actors of a kind that are visible at `t`, by name."""
    states = {actor.name: actor.at(t) for actor in shown.actors if actor.kind == kind}
    return {name: state for name, state in states.items() if state["opacity"] > 0}


def corner(state: State, column: float, row: float) -> tuple[float, float]:
    """Return where a corner of a sheet's cells lies on the stage."""
    return state["x"] + state["a"] * column, state["y"] + state["b"] * column + state["d"] * row


def shown_at(shown: Scene, name: str, t: float) -> State:
    """Return one actor's state."""
    return next(actor for actor in shown.actors if actor.name == name).at(t)
