"""What the browser reads: the scene, the trained network and the sample images, as JSON and as one script.

The script repeats the JSON because a page opened from a folder (`file://`) may load scripts, but no JSON.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np

from genfigs.figures import Results
from genfigs.network.sequential import Params, Sequential
from genfigs.scenes import Scene, to_json
from genfigs.theme import THEMES


def exports(results: Results, scenes: Iterable[Scene]) -> dict[str, bytes]:
    """Return the files by name: `network.json`, `digits.json`, one JSON file per scene, two scripts.

    `chapter-data.js` repeats the JSON; `contenders.js` holds the dense networks, for who wants to play.
    """
    parts = {
        "network": network_json(results.network, results.params, results.class_names),
        "digits": digits_json(results),
        **{scene.name: scene_json(scene) for scene in scenes},
    }
    files = {f"{name}.json": dump(part) + b"\n" for name, part in parts.items()}
    script = (
        b"globalThis.chapterData="
        + dump({name.replace("-", "_"): part for name, part in parts.items()})
        + b";\n"
    )
    rivals = b"globalThis.chapterContenders=" + packed(results).encode() + b";\n"
    return {**files, "chapter-data.js": script, "contenders.js": rivals}


def packed(results: Results) -> str:
    """Return the dense networks as JSON; none if they have not been measured."""
    return str(results.values["contenders.packed"]) if "contenders.packed" in results.values else "{}"


def dump(part: Any) -> bytes:
    """Return compact JSON with sorted keys."""
    return json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def floats(array: np.ndarray) -> str:
    """Return little-endian 32-bit floats, last axis fastest, in base64; nothing is rounded."""
    return base64.b64encode(np.ascontiguousarray(array, "<f4").tobytes()).decode()


def network_json(network: Sequential, params: Params, class_names: tuple[str, ...]) -> dict[str, Any]:
    """Return architecture and weights."""
    layers = [
        {
            "name": stage.name,
            "kind": stage.kind,
            "shape": list(stage.shape),
            "parameters": stage.parameters,
            **(asdict(stage.layer) if stage.layer else {}),
        }
        for stage in network.stages
    ]
    weights = {
        stage: {name: floats(np.asarray(array)) for name, array in arrays.items()}
        for stage, arrays in params.items()
    }
    return {"layers": layers, "weights": weights, "class_names": list(class_names)}


def digits_json(results: Results) -> dict[str, Any]:
    """Return the sample images as bytes in base64, each with its label and the network's probabilities."""
    samples = [
        {
            "image": base64.b64encode(sample.image.tobytes()).decode(),
            "label": sample.label,
            "prediction": sample.prediction,
            "probabilities": [round(float(p), 6) for p in sample.probabilities],
        }
        for sample in results.samples
    ]
    hero = next(i for i, sample in enumerate(results.samples) if sample is results.hero)
    return {"samples": samples, "hero": hero}


def scene_json(scene: Scene) -> dict[str, Any]:
    """Return `scene` with the colour maps of both themes."""
    maps = {theme.name: {name: list(stops) for name, stops in theme.maps.items()} for theme in THEMES}
    return {**to_json(scene), "maps": maps}
