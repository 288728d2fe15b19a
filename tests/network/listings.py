"""The listings that the chapter shows, run as they are shown, and the weights and digits of this page."""

import base64
import json
import re
import runpy
from pathlib import Path
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from genfigs.network.sequential import Params
from genfigs.network.tiny_cnn import network

ROOT = Path(__file__).parents[2]
CHAPTER = ROOT / "docs" / "chapters" / "10-convolutional-networks.md"
CLOSE = 1e-5  # largest difference between equal networks: float32 has 1e-7, and scores are sums of hundreds


class Built(NamedTuple):
    """What the build wrote for the page: its network's weights and its sample digits."""

    params: Params
    images: np.ndarray  # (count, 28, 28, 1), from 0 to 1

    def trace(self) -> dict[str, np.ndarray]:
        """Return what the chapter's network makes of the digits, stage by stage."""
        trace = network.trace(self.params, jnp.asarray(self.images))
        return {name: np.asarray(output) for name, output in trace.items()}


def shown() -> list[str]:
    """Return the files that the chapter's section on code includes."""
    section = CHAPTER.read_text(encoding="utf-8").partition("\n## 5. ")[2].partition("\n## 6. ")[0]
    return re.findall(r'--8<-- "([^"]+)"', section)


def run(file: str) -> Any:
    """Return the network that a shown file defines."""
    return runpy.run_path(str(ROOT / file))["network"]


def read(folder: Path) -> Built:
    """Return the weights and digits in a folder of figures."""
    stored = json.loads((folder / "network.json").read_text(encoding="utf-8"))["weights"]
    params = {
        stage.name: {
            name: _floats(stored[stage.name][name]).reshape(shape)
            for name, shape in stage.layer.weight_shapes(network.shape_before(stage)).items()
        }
        for stage in network.stages
        if stage.layer and stage.parameters
    }
    samples = json.loads((folder / "digits.json").read_text(encoding="utf-8"))["samples"]
    levels = b"".join(base64.b64decode(sample["image"]) for sample in samples)
    images = np.frombuffer(levels, np.uint8).reshape(len(samples), *network.stages[0].shape)
    return Built(params, images / np.float32(255))


def _floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")
