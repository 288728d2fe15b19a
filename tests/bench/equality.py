"""The PyTorch listing against the chapter's network: same weights, same digits, same numbers at every stage.

`python -m tests.bench.equality` in the project's folder, with PyTorch installed and the figures built.
"""

import json
import sys
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from genfigs.network.layers import Flatten
from genfigs.network.tiny_cnn import network
from tests.network.listings import CLOSE, ROOT, Built, read, run

LISTING = "docs/listings/pytorch_cnn.py"


def check(built: Built) -> float:
    """Return the largest absolute difference between the two networks over all stages and digits.

    Raises: AssertionError, naming the stage, if a shape, a parameter count or a number is not the same.
    """
    theirs = run(LISTING)
    largest = 0.0
    for (name, expected), (layer, output) in zip(
        list(built.trace().items())[1:], outputs(theirs, built), strict=True
    ):
        count = sum(weights.numel() for weights in layer.parameters())
        assert count == sum(weights.size for weights in built.params.get(name, {}).values()), (name, count)
        assert output.shape == expected.shape, (name, output.shape)
        difference = float(np.abs(output - expected).max())
        assert difference <= CLOSE, (name, difference)
        largest = max(largest, difference)
    return largest


def outputs(theirs: nn.Sequential, built: Built) -> Iterator[tuple[nn.Module, np.ndarray]]:
    """Yield each of the listing's layers, with the chapter's weights in it, and its output, channels last."""
    layers = iter(theirs)
    x = torch.from_numpy(built.images).permute(0, 3, 1, 2)
    for stage in network.stages[1:]:
        x = next(layers)(x) if isinstance(stage.layer, Flatten) else x  # the step that puts channels last
        layer = next(layers)
        if stage.parameters:
            load(layer, built.params[stage.name])
        with torch.inference_mode():
            x = layer(x)
        yield layer, (x.permute(0, 2, 3, 1) if x.ndim == 4 else x).numpy()
    assert next(layers, None) is None, "layers are left over"


def load(layer: nn.Module, weights: dict[str, np.ndarray]) -> None:
    """Put the chapter's kernel and bias into a layer, in PyTorch's order: filter, channel, row, column."""
    kernel = weights["kernel"]
    order = (3, 2, 0, 1) if kernel.ndim == 4 else (1, 0)
    arrays = {"weight": kernel.transpose(order), "bias": weights["bias"]}
    layer.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in arrays.items()})


if __name__ == "__main__":
    built = read(ROOT / "docs" / "figures")
    figures = {"digits": len(built.images), "pytorch": torch.__version__, "largest_difference": check(built)}
    sys.stdout.write(json.dumps(figures) + "\n")
