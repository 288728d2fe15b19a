"""The browser's arithmetic equals Python's: the scene's clock, the colours, and the network."""

import base64
import json

import numpy as np
import pytest
from playwright.sync_api import Page

from genfigs.network.activations import activations
from genfigs.network.tiny_cnn import network
from genfigs.scenes import to_json
from genfigs.scenes.forward_pass import forward_pass
from genfigs.theme import THEMES, level_index, levels
from genfigs.writers.exports import network_json
from tests.browser.engines import IN_BOTH
from tests.network.random_weights import random_weights

pytestmark = pytest.mark.browser


@IN_BOTH
def test_the_clock_reads_the_same_in_both_for_every_actor_at_200_moments(modules: Page) -> None:
    scene = forward_pass(network)
    times = np.linspace(-0.5, scene.duration + 0.5, 200).tolist()
    theirs = modules.evaluate(
        "([data, times]) => JSON.stringify(times.map((t) => data.actors.map((actor) => scene.actorAt(actor, t))))",
        [json.loads(json.dumps(to_json(scene))), times],
    )
    for t, states in zip(times, json.loads(theirs), strict=True):
        for actor, state in zip(scene.actors, states, strict=True):
            expected = actor.at(t)
            assert list(state) == list(expected)
            np.testing.assert_allclose(list(state.values()), list(expected.values()), rtol=0, atol=1e-6)


def test_colour_maps_hold_the_same_256_colours_in_both(modules: Page) -> None:
    for theme in THEMES:
        for name, stops in theme.maps.items():
            colours = modules.evaluate("(stops) => [...colour.levels(stops)]", list(stops))
            assert colours == levels(stops).ravel().tolist(), (theme.name, name)


def test_values_get_the_same_colour_in_both(modules: Page) -> None:
    values = np.random.default_rng(0).normal(size=500)
    for name in ("signed", "positive"):
        script = "([values, name]) => values.map((value) => colour.levelIndex(value, name, 1.5))"
        assert modules.evaluate(script, [values.tolist(), name]) == level_index(values, name, 1.5).tolist()


def test_every_stage_of_the_network_holds_the_same_numbers_in_both(modules: Page) -> None:
    params = random_weights(network, 0)
    data = network_json(network, params, tuple("0123456789"))
    images = np.random.default_rng(1).integers(0, 256, (3, 28, 28), dtype=np.uint8)
    images = [*images, np.zeros_like(images[0]), np.full_like(images[0], 255)]
    for image in images:
        script = """([data, image]) => Object.entries(network.trace(network.readNetwork(data), network.bytesOf(image)))
            .map(([name, tensor]) => [name, tensor.shape, [...tensor.values]])"""
        theirs = modules.evaluate(script, [data, base64.b64encode(image.tobytes()).decode()])
        ours = activations(network, params, image)
        assert [name for name, *_ in theirs] == list(ours)
        for name, shape, values in theirs:
            assert tuple(shape) == ours[name].shape
            np.testing.assert_allclose(values, ours[name].ravel(), atol=1e-5)


def test_every_stage_is_told_in_the_same_words_in_both(modules: Page) -> None:
    from genfigs.scenes.exhibit import Exhibit
    from genfigs.scenes.telling import tell

    names = tuple("0123456789")
    scene = forward_pass(network)
    params = random_weights(network, 3)
    image = np.random.default_rng(5).integers(0, 256, (28, 28), dtype=np.uint8)
    tensors = activations(network, params, image)
    for label in (int(tensors["softmax"].argmax()), (int(tensors["softmax"].argmax()) + 1) % 10):
        exhibit = Exhibit(tensors, {name: arrays["kernel"] for name, arrays in params.items()}, names, label)
        script = """([scene, tensors, names, label]) => {
            const read = ([shape, values]) => ({ shape, values: Float32Array.from(values) });
            const exhibit = { scene, label, network: { class_names: names }, tensors: Object.fromEntries(
                Object.entries(tensors).map(([name, tensor]) => [name, read(tensor)])) };
            return scene.stages.map((stage) => telling.tell(stage, exhibit)); }"""
        sent = {name: [list(tensor.shape), tensor.ravel().tolist()] for name, tensor in tensors.items()}
        theirs = modules.evaluate(script, [to_json(scene), sent, list(names), label])
        assert theirs == [tell(stage, exhibit) for stage in scene.stages]
