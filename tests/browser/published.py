"""What the build published, read back: the trained parameters and the sample digits."""

import base64
import json
from typing import Any

import numpy as np

from genfigs.network.sequential import Params
from genfigs.network.tiny_cnn import network
from tests.browser.conftest import ROOT


def read(name: str) -> Any:
    """Return one of the JSON files that the page reads."""
    return json.loads((ROOT / "docs" / "figures" / f"{name}.json").read_text(encoding="utf-8"))


def params() -> Params:
    """Return the trained parameters."""
    packed = read("network")["weights"]
    return {
        stage.name: {
            name: np.frombuffer(base64.b64decode(packed[stage.name][name]), "<f4").reshape(shape)
            for name, shape in stage.layer.weight_shapes(network.shape_before(stage)).items()
        }
        for stage in network.stages
        if stage.layer and stage.parameters
    }


def samples() -> list[tuple[np.ndarray, int]]:
    """Return the sample digits with their labels, the travelling one first."""
    digits = read("digits")
    found = [
        (np.frombuffer(base64.b64decode(sample["image"]), np.uint8).reshape(28, 28), sample["label"])
        for sample in digits["samples"]
    ]
    return [found.pop(digits["hero"]), *found]
