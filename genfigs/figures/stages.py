"""One figure per stage of the forward pass: what happens to the image there."""

import numpy as np

from genfigs.figures import Clip, Figure, Results
from genfigs.scenes.exhibit import Exhibit
from genfigs.scenes.forward_pass import forward_pass
from genfigs.scenes.geometry import HEIGHT, WIDTH
from genfigs.scenes.telling import tell

PREFIX = "stage-"
MARGINS = 116  # of the head line and the legend
QUICK_FRAMES = 8


def names(stages: tuple[str, ...]) -> list[str]:
    """Return the family's figure names, one per stage."""
    return [PREFIX + stage for stage in stages]


def exhibit(results: Results) -> Exhibit:
    """Return the numbers of the image that travels through the pictures."""
    kernels = {name: np.asarray(weights["kernel"]) for name, weights in results.params.items()}
    return Exhibit(results.hero.activations, kernels, results.class_names, results.hero.label)


def draw(results: Results, name: str) -> Figure:
    """Return one stage's figure."""
    scene, shown = forward_pass(results.network), exhibit(results)
    index = next(i for i, stage in enumerate(scene.stages) if PREFIX + stage.name == name)
    frames = QUICK_FRAMES if results.quick else 20
    stage = scene.stages[index]
    clip = Clip(scene, shown, float(index), index + 0.999, stage.still, frames)
    return Figure(
        alt=tell(stage, shown),
        width=WIDTH,
        height=HEIGHT + MARGINS,
        picture=clip,
        caption=f"{stage.title}: {stage.clause}",
    )
