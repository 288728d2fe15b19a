"""The chapter's network as an ONNX file."""

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, Layer, MaxPool2D, ReLU
from genfigs.network.sequential import Params, Sequential

OPSET = 17
FORMAT = 8  # of the file; both as old as they may be, so that every runtime reads them


def onnx_model(network: Sequential, params: Params) -> ModelProto:
    """Return a model from `image`, (1, 1, 28, 28), to `scores`: the network without its softmax."""
    nodes: list[NodeProto] = []
    last = "image"
    stages = network.stages[1:-1]
    for stage in stages:
        assert stage.layer
        output = "scores" if stage is stages[-1] else stage.name
        nodes += _nodes(stage.layer, stage.name, last, output)
        last = output
    height, width, depth = network.stages[0].shape
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, depth, height, width])
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, *stages[-1].shape])
    arrays = [
        numpy_helper.from_array(_ordered(np.asarray(array)), f"{stage}.{name}")
        for stage, weights in params.items()
        for name, array in weights.items()
    ]
    graph = helper.make_graph(nodes, "chapter", [image], [scores], arrays)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)
    checker.check_model(model)
    return model


def _ordered(array: np.ndarray) -> np.ndarray:
    """Return a convolution's kernel as (filter, channel, row, column); everything else as it is."""
    return np.ascontiguousarray(array.transpose(3, 2, 0, 1)) if array.ndim == 4 else array


def _nodes(layer: Layer, name: str, source: str, output: str) -> list[NodeProto]:
    weights = [f"{name}.kernel", f"{name}.bias"]
    match layer:
        case Conv2D():
            padding = "SAME_UPPER" if layer.padding == "same" else "VALID"
            strides = [layer.strides] * 2
            return [helper.make_node("Conv", [source, *weights], [output], strides=strides, auto_pad=padding)]
        case ReLU():
            return [helper.make_node("Relu", [source], [output])]
        case MaxPool2D() | AveragePool2D():
            kind = "MaxPool" if isinstance(layer, MaxPool2D) else "AveragePool"
            size = [layer.pool_size] * 2
            return [helper.make_node(kind, [source], [output], kernel_shape=size, strides=size)]
        case Flatten():
            turned = f"{name}.channels-last"
            return [
                helper.make_node("Transpose", [source], [turned], perm=[0, 2, 3, 1]),
                helper.make_node("Flatten", [turned], [output]),
            ]
        case Dense():
            return [helper.make_node("Gemm", [source, *weights], [output])]
    raise AssertionError(layer)
