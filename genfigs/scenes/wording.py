"""The head line's words for each kind of layer."""

from collections.abc import Callable

from genfigs.network.layers import AveragePool2D, Conv2D, MaxPool2D
from genfigs.network.sequential import Stage

TITLES = {
    "input": "The image",
    "conv": "Convolution",
    "relu": "ReLU",
    "pool": "Pooling",
    "flatten": "Flatten",
    "dense": "Dense",
    "softmax": "Softmax",
}


def stem(stage: Stage) -> str:
    """Return the kind of stage by the stem of its name: `conv` for `conv1`."""
    return stage.layer.stem if stage.layer else "input"


def title(stage: Stage) -> str:
    """Return the layer's name as the head line shows it."""
    if stage.kind == "max_pool2d":
        return "Max-pool"
    return "Average-pool" if stage.kind == "average_pool2d" else TITLES[stem(stage)]


def clause(stage: Stage) -> str:
    """Return one clause on what the layer does, with the numbers of this network."""
    return CLAUSES[stem(stage)](stage)


def _input(stage: Stage) -> str:
    channels = "one grey channel" if stage.shape[-1] == 1 else f"{stage.shape[-1]} channels"
    return f"{channels}, values 0 to 1"


def _conv(stage: Stage) -> str:
    assert isinstance(stage.layer, Conv2D)
    size = stage.layer.kernel_size
    depth = (stage.parameters // stage.shape[-1] - 1) // size**2  # each filter has one bias
    window = f"{size} × {size}" + (f" × {depth}" if depth > 1 else "")
    stride = f", in steps of {stage.layer.strides}" if stage.layer.strides > 1 else ""
    return f"{stage.shape[-1]} learned {window} filters{stride}"


def _pool(stage: Stage) -> str:
    assert isinstance(stage.layer, MaxPool2D | AveragePool2D)
    size = stage.layer.pool_size
    kept = "the largest" if stage.kind == "max_pool2d" else "the average"
    return f"keep {kept} of every {size} × {size}"


def _dense(stage: Stage) -> str:
    return f"every number votes for every one of {stage.shape[0]} classes"


CLAUSES: dict[str, Callable[[Stage], str]] = {
    "input": _input,
    "conv": _conv,
    "relu": lambda _: "negative numbers become zero",
    "pool": _pool,
    "flatten": lambda _: "the same numbers in one line: row, column, channel",
    "dense": _dense,
    "softmax": lambda _: "scores become probabilities that sum to 1",
}
