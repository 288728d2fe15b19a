"""Every number adds up as it is printed: every cell of every stage, in whole units of the last printed place."""

import base64
import json

import numpy as np
import pytest
from playwright.sync_api import Page

from genfigs.network.activations import activations
from genfigs.network.sequential import Params, Sequential
from genfigs.network.tiny_cnn import network as chapter
from genfigs.scenes import to_json
from genfigs.scenes.forward_pass import forward_pass
from genfigs.writers.exports import network_json
from tests.browser import published
from tests.browser.test_inference import EVERY, images_of_every_kind
from tests.network.random_weights import random_weights

pytestmark = pytest.mark.browser
NAMES = tuple("0123456789")
ALTERNATIVES = ["12 filters and average pooling", "padding that keeps the border", "strided", "pooling by 3"]

PREPARE = """([data, scene, image]) => {
    const read = network.readNetwork(data);
    const pixels = network.bytesOf(image);
    window.exhibit_ = { network: read, scene, image: pixels, label: null, tensors: network.trace(read, pixels) }; }"""

CHECK = """(stage) => {
    const units = (text) => BigInt(text.replace("−", "-").replace(".", ""));
    const faults = [];
    const addUp = (lines, where) => {
        let sum = 0n;
        let terms = 0n;
        for (const { role, text } of lines) {
            if (role === "total") {
                if (sum !== units(text)) faults.push(`${where}: ${sum} is not ${text}`);
                return;
            }
            const most = (terms + 1n) / 2n; // every printed number is off by half a unit at most
            const much = units(text) > most || units(text) < -most;
            if (role === "rounding" && much) faults.push(`${where}: rounds ${text}`);
            if (!/^−?\\d+\\.\\d+$/.test(text)) faults.push(`${where}: ${text} is no number`);
            sum += units(text);
            terms += 1n;
        }
        faults.push(`${where}: no total`);
    };
    const near = (text, value, places, where) => {
        const off = Math.abs(Number(units(text)) - value * 10 ** places);
        if (off > 0.5 + 1e-6) faults.push(`${where}: ${text} is not ${value}`);
    };
    const layer = exhibit_.network.layers.find(({ name }) => name === stage);
    const { shape, values } = exhibit_.tensors[stage];
    const printed = Array.from(values, (value, index) => {
        const where = `${stage} ${index}`;
        const cell = cells.cellAt(shape, index);
        const { lines, parts, value: shown } = inspect.explain(exhibit_, stage, cell);
        near(shown, value, layer.kind === "softmax" ? 4 : 3, where);
        if (["conv2d", "average_pool2d", "dense", "softmax"].includes(layer.kind)) addUp(lines, where);
        parts.forEach((part, at) => {
            if (!part.lines.length) return;
            addUp(part.lines, `${where}, channel ${part.channel}`);
            const [patch, kernel, products] = part.grids;
            products.values.forEach((product, step) => {
                if (product !== patch.values[step] * kernel.values[step]) faults.push(`${where}: no product`);
                near(part.lines[step].text, product, 3, where);
            });
            if (part.lines.at(-1).text !== lines[at].text) faults.push(`${where}: channel ${at} has two sums`);
        });
        return shown;
    });
    return { faults, printed }; }"""


def exhibit(modules: Page, network: Sequential, image: np.ndarray, data: dict) -> None:
    scene = to_json(forward_pass(network))
    scene["maps"] = {}
    modules.evaluate(PREPARE, [data, scene, base64.b64encode(image.tobytes()).decode()])


def check(modules: Page, network: Sequential, params: Params, image: np.ndarray) -> None:
    """Assert that every number of every stage adds up, and that it is the number that Python computes."""
    exhibit(modules, network, image, network_json(network, params, NAMES))
    for name, expected in activations(network, params, image).items():
        found = modules.evaluate(CHECK, name)
        assert found["faults"][:5] == [], name
        shown = [float(text.replace("−", "-")) for text in found["printed"]]
        np.testing.assert_allclose(shown, expected.ravel(), rtol=0, atol=0.00051, err_msg=name)


@pytest.mark.parametrize("index", [0, 1, -1])
def test_every_cell_of_every_stage_adds_up_as_printed(modules: Page, index: int) -> None:
    """For three sample digits and the trained network: the travelling one, another, and one that is misread."""
    image, _ = published.samples()[index]
    check(modules, chapter, published.params(), image)


def test_every_cell_adds_up_for_noise_and_random_weights_too(modules: Page) -> None:
    check(modules, chapter, random_weights(chapter, 1), images_of_every_kind(4)[3])


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_the_numbers_of_other_networks_add_up_too(modules: Page, name: str) -> None:
    check(modules, EVERY[name], random_weights(EVERY[name], 5), images_of_every_kind(4)[3])


def test_an_empty_image_has_nothing_to_hide(modules: Page) -> None:
    check(modules, chapter, random_weights(chapter), np.zeros((28, 28), np.uint8))


def lines(modules: Page, terms: list[float], total: float) -> list[tuple[str, str]]:
    script = "([terms, total]) => decimal.sumLines(terms, total)"
    named = [[{"name": "", "value": term} for term in terms], {"name": "", "value": total}]
    return [(line["role"], line["text"]) for line in modules.evaluate(script, named)]


def test_what_rounding_takes_away_has_a_line_of_its_own_and_only_then(modules: Page) -> None:
    assert lines(modules, [0.1, 0.2], 0.3) == [("term", "0.100"), ("term", "0.200"), ("total", "0.300")]
    thirds = lines(modules, [1 / 3, 1 / 3, 1 / 3], 1.0)
    assert thirds[3:] == [("rounding", "0.001"), ("total", "1.000")]
    assert lines(modules, [-0.0004, 0.0], -0.0004) == [
        ("term", "0.000"),
        ("term", "0.000"),
        ("total", "0.000"),
    ]


def test_a_padded_cell_reads_zeros_outside_the_image_and_says_so(modules: Page) -> None:
    network = EVERY["padding that keeps the border"]
    data = network_json(network, random_weights(network), NAMES)
    exhibit(modules, network, np.full((28, 28), 255, np.uint8), json.loads(json.dumps(data)))
    script = "(cell) => inspect.explain(exhibit_, 'conv1', cell).parts[0].grids[0]"
    corner = modules.evaluate(script, {"channel": 0, "row": 0, "column": 27})
    assert corner["outside"] == [True, True, True, False, False, True, False, False, True]
    assert corner["values"] == [0, 0, 0, 1, 1, 0, 1, 1, 0]
