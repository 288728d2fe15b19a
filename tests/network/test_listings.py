"""The three listings of the chapter are one network: the shown files themselves are run and compared."""

import ast
import subprocess
import sys

import jax
import numpy as np
import pytest

from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.tiny_cnn import network
from tests.network.listings import CLOSE, ROOT, Built, read, run, shown

JAX, KERAS, PYTORCH = (
    "genfigs/network/tiny_cnn.py",
    "docs/listings/keras_cnn.py",
    "docs/listings/pytorch_cnn.py",
)
ARGUMENTS = {  # of PyTorch's layers, in order
    "Conv2d": ("in_channels", "out_channels", "kernel_size", "stride", "padding"),
    "MaxPool2d": ("kernel_size",),
    "AvgPool2d": ("kernel_size",),
    "Linear": ("in_features", "out_features"),
    "Softmax": ("dim",),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the weights and digits of this page, or of a preview when none was built."""
    folder = ROOT / "docs" / "figures"
    if not (folder / "manifest.json").exists():
        folder = tmp_path_factory.mktemp("figures")
        command = [sys.executable, "-m", "genfigs", "build", "--quick", "--out", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True)
    return read(folder)


@pytest.fixture
def keras_network(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """Yield the network of the Keras listing, on JAX, deaf to the settings in the user's home."""
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    with jax.numpy_rank_promotion("allow"):  # Keras adds biases of shape (filters,)
        yield run(KERAS)


def calls() -> list[tuple[str, dict]]:
    """Return the layers of the PyTorch listing, each with its arguments by name, without running it."""
    tree = ast.parse((ROOT / PYTORCH).read_text(encoding="utf-8"))
    [stack] = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "network"
    ]
    assert ast.unparse(stack.func) == "nn.Sequential"
    return [_named(call) for call in stack.args]


def _named(call: ast.Call) -> tuple[str, dict]:
    name = ast.unparse(call.func).removeprefix("nn.")
    given = zip(ARGUMENTS.get(name, ()), call.args, strict=False)
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    assert len(call.args) <= len(ARGUMENTS.get(name, ()))
    return name, {key: ast.literal_eval(value) for key, value in (*given, *named.items())}


def in_pytorch(stage) -> list[tuple[str, dict]]:
    """Return how PyTorch writes a stage of the chapter's network."""
    before = network.shape_before(stage)
    match stage.layer:
        case Conv2D(filters, size, strides, padding):
            basics = {"in_channels": before[-1], "out_channels": filters, "kernel_size": size}
            stride = {"stride": strides} if strides > 1 else {}
            border = {"padding": padding} if padding != "valid" else {}
            return [("Conv2d", basics | stride | border)]
        case MaxPool2D(size):
            return [("MaxPool2d", {"kernel_size": size})]
        case AveragePool2D(size):
            return [("AvgPool2d", {"kernel_size": size})]
        case Flatten():
            return [("ChannelsLast", {}), ("Flatten", {})]
        case Dense(units):
            return [("Linear", {"in_features": before[0], "out_features": units})]
        case ReLU():
            return [("ReLU", {})]
        case Softmax():
            return [("Softmax", {"dim": 1})]


def test_the_chapter_shows_the_trained_file_and_the_two_files_tested_here():
    assert shown() == [JAX, KERAS, PYTORCH]
    assert run(JAX) == network


def test_keras_has_the_same_stages_and_as_many_parameters(keras_network):
    shapes = [keras_network.input_shape, *(layer.output.shape for layer in keras_network.layers)]
    assert [shape[1:] for shape in shapes] == [stage.shape for stage in network.stages]
    assert keras_network.count_params() == network.parameters
    assert [layer.count_params() for layer in keras_network.layers] == [
        stage.parameters for stage in network.stages[1:]
    ]


def test_keras_with_the_same_weights_computes_the_same_numbers_at_every_stage(keras_network, built):
    expected = built.trace()
    output = built.images
    for layer, stage in zip(keras_network.layers, network.stages[1:], strict=True):
        if stage.parameters:
            layer.set_weights([built.params[stage.name]["kernel"], built.params[stage.name]["bias"]])
        output = layer(output)
        np.testing.assert_allclose(output, expected[stage.name], rtol=0, atol=CLOSE, err_msg=stage.name)


def test_pytorch_has_the_same_layers_with_the_same_arguments_and_no_others():
    """The numbers themselves are compared by `nox -s bench`: PyTorch is too large for every test run."""
    assert calls() == [call for stage in network.stages[1:] for call in in_pytorch(stage)]


def test_pytorch_puts_channels_last_before_it_flattens():
    tree = ast.parse((ROOT / PYTORCH).read_text(encoding="utf-8"))
    [returned] = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
    assert ast.unparse(returned) == "maps.permute(0, 2, 3, 1)"
