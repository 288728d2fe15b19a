"""Train the chapter's network."""

from dataclasses import asdict
from math import prod
from typing import Any

import numpy as np

from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from genfigs.network.training import History, epochs_for, train, use_all_cores
from genfigs.pipeline.files import to_json
from genfigs.pipeline.job import Job, Outcome
from genfigs.pipeline.progress import report
from genfigs.pipeline.storage import read_dataset, to_npz

QUICK_EPOCHS = 2  # enough to tell digits apart in a preview
BATCH_SIZE = 128


def run(job: Job) -> Outcome:
    """Return the trained parameters, the history, and what is quoted about both."""
    use_all_cores()
    dataset = read_dataset(job.cache)
    epochs = QUICK_EPOCHS if job.parameters["quick"] else epochs_for(len(dataset.train.labels))

    def tell(epoch: int, epochs: int, loss: float, accuracy: float) -> None:
        report(job.task, f"epoch {epoch} of {epochs}: loss {loss:.4f}, validation accuracy {accuracy:.2%}")

    trained = train(
        network, dataset, seed=job.parameters["seed"], epochs=epochs, batch_size=BATCH_SIZE, report=tell
    )
    params = {
        f"{stage}/{name}": np.asarray(array)
        for stage, arrays in trained.params.items()
        for name, array in arrays.items()
    }
    facts = {
        "layers": _layers(network),
        "values": _network_values(network) | _training_values(trained.history),
    }
    files = {
        "params.npz": to_npz(params),
        "history.json": to_json(_plain(asdict(trained.history))),
        "facts.json": to_json(facts),
    }
    return Outcome(files)


def _layers(network: Sequential) -> list[dict[str, Any]]:
    """Return the stages as the manifest lists them."""
    return [
        {"name": stage.name, "kind": stage.kind, "shape": list(stage.shape), "parameters": stage.parameters}
        for stage in network.stages
    ]


def _network_values(network: Sequential) -> dict[str, Any]:
    """Return the shape, the size and the parameters of every stage, by dotted name."""
    values: dict[str, Any] = {"network.parameters": network.parameters}
    for stage in network.stages:
        values[f"network.{stage.name}.shape"] = list(stage.shape)
        values[f"network.{stage.name}.numbers"] = prod(stage.shape)
        values[f"network.{stage.name}.parameters"] = stage.parameters
    return values


def _training_values(history: History) -> dict[str, Any]:
    """Return how long the training was and where it ended, by dotted name."""
    return {
        "training.epochs": len(history.loss),
        "training.batch_size": BATCH_SIZE,
        "training.loss": history.loss[-1],
        "training.accuracy": history.accuracy[-1],
        "training.validation_accuracy": history.validation_accuracy[-1],
    }


def _plain(value: Any) -> Any:
    """Return `value` with every array as nested lists."""
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case np.ndarray():
            return value.tolist()
        case _:
            return value
