"""A stack of layers that explains itself: every stage knows its name, shape, parameters and output."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import jax
from jaxtyping import Array, Float

from genfigs.errors import UserError
from genfigs.network.layers import Images, Layer, Shape, Softmax, Vectors, Weights

Params = dict[str, Weights]  # by stage name

NUMBERED = {"conv", "relu", "pool"}  # stages that keep their number even when there is only one


@dataclass(frozen=True)
class Stage:
    """One tensor on the way through the network; the first, `input`, has no layer."""

    name: str
    kind: str
    shape: Shape
    parameters: int
    layer: Layer | None


@dataclass(frozen=True, init=False)
class Sequential:
    """Layers applied one after the other; the last one turns scores into probabilities."""

    layers: tuple[Layer, ...]
    stages: tuple[Stage, ...]

    def __init__(self, *layers: Layer, input_shape: Shape = (28, 28, 1)) -> None:
        """Name the stages and compute their shapes.

        Raises: UserError, naming the stage, if a layer cannot read what the one before it returns.
        """
        if not layers or not isinstance(layers[-1], Softmax):
            got = f"`{layers[-1]}`" if layers else "no layers"
            raise UserError(
                f"`Sequential` must end with `Softmax()`; got {got}; add `Softmax()` as the last layer"
            )
        object.__setattr__(self, "layers", layers)
        object.__setattr__(self, "stages", tuple(_stages(layers, input_shape)))

    @property
    def parameters(self) -> int:
        """Return how many numbers training adjusts."""
        return sum(stage.parameters for stage in self.stages)

    def shape_before(self, stage: Stage) -> Shape:
        """Return the shape of what `stage` reads."""
        return self.stages[self.stages.index(stage) - 1].shape

    def init(self, key: Array) -> Params:
        """Return the weights to start training from."""
        weighted = [stage for stage in self.stages if stage.layer and stage.parameters]
        keys = jax.random.split(key, len(weighted))
        return {
            stage.name: stage.layer.init(key, self.shape_before(stage))
            for stage, key in zip(weighted, keys, strict=True)
            if stage.layer
        }

    def outputs(self, params: Params, images: Images) -> Iterator[tuple[str, Float[Array, "batch ..."]]]:
        """Yield every stage's name and output, in order."""
        x: Float[Array, "batch ..."] = images
        for stage in self.stages:
            x = stage.layer.apply(params.get(stage.name, {}), x) if stage.layer else x
            yield stage.name, x

    def trace(self, params: Params, images: Images) -> dict[str, Float[Array, "batch ..."]]:
        """Return every stage's output by name, the input included."""
        return dict(self.outputs(params, images))

    def logits(self, params: Params, images: Images) -> Vectors:
        """Return the scores that the last layer turns into probabilities."""
        return self.trace(params, images)[self.stages[-2].name]

    def probabilities(self, params: Params, images: Images) -> Vectors:
        """Return each class's probability."""
        return self.trace(params, images)[self.stages[-1].name]


def _stages(layers: tuple[Layer, ...], shape: Shape) -> Iterator[Stage]:
    """Yield the input and every layer as a stage. Raises: UserError naming the stage that does not fit."""
    yield Stage("input", "input", shape, 0, None)
    for name, layer in zip(_names(layers), layers, strict=True):
        try:
            output_shape = layer.output_shape(shape)
        except UserError as error:
            raise UserError(f"in stage `{name}`, `{layer}`: {error}") from None
        yield Stage(name, layer.kind, output_shape, layer.parameters(shape), layer)
        shape = output_shape


def _names(layers: tuple[Layer, ...]) -> Iterator[str]:
    """Yield conv1, relu1, ..., flatten, dense, softmax: each layer's stem, numbered where needed."""
    total, seen = Counter(layer.stem for layer in layers), Counter[str]()
    for layer in layers:
        seen[layer.stem] += 1
        numbered = layer.stem in NUMBERED or total[layer.stem] > 1
        yield f"{layer.stem}{seen[layer.stem]}" if numbered else layer.stem
