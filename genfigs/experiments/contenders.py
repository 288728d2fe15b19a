"""The dense networks that the reader plays against: trained like the network itself, then packed in 8 bits."""

import base64
import json
from typing import Any

import numpy as np

from genfigs.experiments import Study, Value
from genfigs.experiments._contest import contenders
from genfigs.network.evaluation import evaluate
from genfigs.network.quantised import quantise, rounded
from genfigs.network.sequential import Params, Sequential
from genfigs.network.training import epochs_for, train

QUICK_EPOCHS = 2  # as many as the network had


def measure(study: Study) -> dict[str, Value]:
    """Return each dense network's accuracy in 8 bits, and for how many test images that changes the answer.

    `<name>_agreement` is the share of test images that get the same answer in 8 bits as in 32. `packed` is what the
    page's script reads: the networks as JSON, weights in base64.
    """
    rivals = {name: network for name, network in contenders(study.network).items() if name != "cnn"}
    values: dict[str, Value] = {}
    packed = {}
    for name, network in rivals.items():
        epochs = QUICK_EPOCHS if study.quick else epochs_for(len(study.dataset.train))
        params = train(network, study.dataset, seed=study.seed, epochs=epochs).params
        exact, small = (
            evaluate(network, weights, study.dataset.test) for weights in (params, rounded(params))
        )
        values |= {
            f"{name}_parameters": network.parameters,
            f"{name}_accuracy": small.accuracy,
            f"{name}_agreement": float(np.mean(exact.predictions == small.predictions)),
        }
        packed[name] = pack(network, params)
    return values | {"packed": json.dumps(packed, sort_keys=True, separators=(",", ":"))}


def pack(network: Sequential, params: Params) -> dict[str, Any]:
    """Return architecture and weights: levels as bytes and the rest as 32-bit floats, in base64."""
    layers = [
        {"name": stage.name, "kind": stage.kind, "shape": list(stage.shape)} for stage in network.stages
    ]
    weights = {}
    for stage, arrays in params.items():
        levels, scales = quantise(np.asarray(arrays["kernel"]))
        numbers = {"levels": levels, "scales": scales, "bias": np.asarray(arrays["bias"]).astype("<f4")}
        weights[stage] = {name: base64.b64encode(array.tobytes()).decode() for name, array in numbers.items()}
    return {"layers": layers, "weights": weights}
