"""Something to draw from: drawn digits, a network nobody trained, and every measurement on demand."""

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib import import_module
from typing import Any

import genfigs.experiments
from genfigs.data import Dataset, load
from genfigs.experiments import Study
from genfigs.figures import Results, Sample
from genfigs.network.activations import activations
from genfigs.network.sequential import Params, Sequential
from genfigs.network.tiny_cnn import network
from genfigs.network.training import History
from genfigs.scenes.exhibit import Exhibit
from tests.network.random_weights import random_weights

SAMPLES = 14


class Measured(Mapping[str, Any]):
    """The values a figure may quote; an experiment is run when one of its values is asked for."""

    def __init__(self, study: Study, known: Mapping[str, Any]) -> None:
        self.study, self.known = study, dict(known)
        self.experiments = [module.name for module in pkgutil.iter_modules(genfigs.experiments.__path__)]

    def __getitem__(self, key: str) -> Any:
        """Return a value, measured if it is not known."""
        experiment = key.partition(".")[0]
        if key not in self.known and experiment in self.experiments:
            measured = import_module(f"genfigs.experiments.{experiment}").measure(self.study)
            self.known |= {f"{experiment}.{name}": value for name, value in measured.items()}
        return self.known[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of what is known so far."""
        return iter(self.known)

    def __len__(self) -> int:
        """Return how many values are known so far."""
        return len(self.known)


@cache
def dataset() -> Dataset:
    """Return a few hundred drawn digits."""
    whole = load("handwriting", seed=0, quick=True)
    parts = {name: getattr(whole, name).take(slice(0, 200)) for name in ("train", "validation", "test")}
    return Dataset(whole.name, whole.class_names, **parts)


@cache
def exhibit_for(of: Sequential, index: int = 0) -> Exhibit:
    """Return what an untrained network makes of one of the digits."""
    params, split = random_weights(of), dataset().test
    kernels = {name: arrays["kernel"] for name, arrays in params.items()}
    tensors = activations(of, params, split.images[index])
    return Exhibit(tensors, kernels, dataset().class_names, int(split.labels[index]))


def history(params: Params) -> dict[str, Any]:
    """Return a history of two epochs as the build records it."""
    kernel = next(iter(params.values()))["kernel"]
    told = History([2.1, 0.9], [0.3, 0.7], [0.5, 0.75], [kernel, kernel * 1.1, kernel * 1.2])
    return asdict(told) | {"kernels": [kernels.tolist() for kernels in told.kernels]}


def sample(params: Params, index: int) -> Sample:
    """Return one test image with all the network makes of it."""
    split = dataset().test
    tensors = activations(network, params, split.images[index])
    last = network.stages[-1].name
    return Sample(split.images[index], int(split.labels[index]), tensors[last], tensors)


@cache
def results() -> Results:
    """Return what a figure may draw from, as small as it can be."""
    params, data = random_weights(network), dataset()
    training = {"epochs": 2, "batch_size": 50, "loss": 0.9, "accuracy": 0.7, "validation_accuracy": 0.75}
    known = {f"training.{name}": value for name, value in training.items()}
    known |= {"network.parameters": network.parameters, "data.accuracy": 0.7}
    return Results(
        network=network,
        params=params,
        class_names=data.class_names,
        samples=tuple(sample(params, index) for index in range(SAMPLES)),
        test=data.test,
        history=history(params),
        values=Measured(Study(network, params, data, quick=True, seed=0), known),
        seed=0,
        quick=True,
    )
