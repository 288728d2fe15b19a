"""What the browser reads is what Python has: every weight, every pixel, every keyframe."""

import base64
import gzip
import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import array_shapes, arrays

from genfigs.network.tiny_cnn import network
from genfigs.scenes import to_json
from genfigs.scenes.forward_pass import forward_pass
from genfigs.theme import THEMES
from genfigs.writers.exports import exports, floats
from tests.figures.material import results

SCENE_LIMIT = 40_000  # bytes over the wire


@cache
def files() -> dict[str, bytes]:
    """Return the exported files, written once."""
    return exports(results(), [forward_pass(network)])


def unpacked(text: str) -> np.ndarray:
    """Return the numbers of a base64 string, as the browser reads them."""
    return np.frombuffer(base64.b64decode(text), "<f4")


@settings(deadline=None, max_examples=40)
@given(arrays(np.float32, array_shapes(max_dims=4, max_side=5)))
def test_floats_come_back_bit_by_bit_in_reading_order(array: np.ndarray) -> None:
    """Infinities, tiny numbers and the sign of zero included."""
    assert unpacked(floats(array)).tobytes() == np.ascontiguousarray(array).tobytes()
    assert unpacked(floats(array.T)).tobytes() == array.T.ravel().tobytes()


def test_the_files_are_those_the_page_asks_for() -> None:
    """Network, digits, scene, and all of it once more as a script."""
    scripts = {"chapter-data.js", "contenders.js"}
    assert set(files()) == {"network.json", "digits.json", "forward-pass.json"} | scripts
    assert exports(results(), [forward_pass(network)]) == files()


@pytest.mark.parametrize("name", ["network.json", "digits.json", "forward-pass.json"])
def test_json_is_valid_sorted_and_compact(name: str) -> None:
    """Written again with sorted keys it is the same text, so equal data give equal bytes."""
    text = files()[name].decode()
    again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again + "\n" == text
    assert "NaN" not in text
    assert "Infinity" not in text


def test_the_dense_networks_come_in_a_script_of_their_own_or_not_at_all() -> None:
    """Lazily loaded; what the browser unpacks is the weights to half a level."""
    name, text = files()["contenders.js"].decode().rstrip(";\n").split("=", 1)
    assert name == "globalThis.chapterContenders"
    rivals = json.loads(text)
    assert set(rivals) == {"dense", "wide"}
    weights = rivals["wide"]["weights"]["dense1"]
    assert len(base64.b64decode(weights["levels"])) == 784 * len(unpacked(weights["scales"]))
    assert (
        exports(replace(results(), values={}), [])["contenders.js"] == b"globalThis.chapterContenders={};\n"
    )


def test_the_script_holds_the_same_data() -> None:
    """For pages opened from a folder, where nothing can be fetched."""
    script = files()["chapter-data.js"].decode()
    data = json.loads(script.removeprefix("globalThis.chapterData=").removesuffix(";\n"))
    for name in ("network", "digits", "forward-pass"):
        assert data[name.replace("-", "_")] == json.loads(files()[f"{name}.json"])


def test_every_weight_is_exported_exactly() -> None:
    """In the order (row, column, in, out)."""
    exported = json.loads(files()["network.json"])["weights"]
    assert set(exported) == set(results().params)
    for stage, arrays_of_stage in results().params.items():
        for name, array in arrays_of_stage.items():
            np.testing.assert_array_equal(unpacked(exported[stage][name]), np.asarray(array).ravel())


def test_the_architecture_is_the_network_s() -> None:
    """Names, kinds, shapes and parameter counts, and what each layer needs to be computed."""
    layers = json.loads(files()["network.json"])["layers"]
    for told, stage in zip(layers, network.stages, strict=True):
        assert (told["name"], told["kind"]) == (stage.name, stage.kind)
        assert (tuple(told["shape"]), told["parameters"]) == (stage.shape, stage.parameters)
    convolution, pooling = layers[1], layers[3]
    assert (convolution["kernel_size"], convolution["strides"], convolution["padding"]) == (3, 1, "valid")
    assert pooling["pool_size"] == 2


def test_the_digits_are_the_sample_images() -> None:
    """Pixel by pixel, with what the network made of them."""
    digits = json.loads(files()["digits.json"])
    for told, sample in zip(digits["samples"], results().samples, strict=True):
        pixels = np.frombuffer(base64.b64decode(told["image"]), np.uint8).reshape(28, 28)
        np.testing.assert_array_equal(pixels, sample.image)
        assert (told["label"], told["prediction"]) == (sample.label, sample.prediction)
        np.testing.assert_allclose(told["probabilities"], sample.probabilities, atol=5.1e-7)
    assert results().samples[digits["hero"]] is results().hero


def test_the_scene_is_the_one_python_plays_with_the_maps_of_both_themes() -> None:
    """Colours come from the theme, keyframes from the scene."""
    scene = json.loads(files()["forward-pass.json"])
    maps = scene.pop("maps")
    assert scene == json.loads(json.dumps(to_json(forward_pass(network))))
    for theme in THEMES:
        assert maps[theme.name] == {name: list(stops) for name, stops in theme.maps.items()}


def test_the_scene_is_small_over_the_wire() -> None:
    """It is loaded before anything can move."""
    assert len(gzip.compress(files()["forward-pass.json"], 6)) <= SCENE_LIMIT
