"""The cached results of a build, read back into memory for whoever draws or measures."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from genfigs.figures import Results, Sample
from genfigs.network.tiny_cnn import network
from genfigs.pipeline.job import Job
from genfigs.pipeline.storage import read_facts, read_npz, read_params, read_split
from genfigs.pipeline.values import RecordedValues, computed_values


def read_samples(cache: Path) -> tuple[Sample, ...]:
    """Return the sample images in `cache`, with all the network made of them."""
    arrays = read_npz(cache / "samples" / "samples.npz")
    return tuple(
        Sample(
            image=arrays["images"][index],
            label=int(arrays["labels"][index]),
            probabilities=arrays["probabilities"][index],
            activations={stage.name: arrays[f"activations/{stage.name}"][index] for stage in network.stages},
        )
        for index in range(len(arrays["labels"]))
    )


def results_for(job: Job) -> tuple[Results, RecordedValues]:
    """Return all that `job` may draw from, and the record of which values it reads."""
    values = RecordedValues(computed_values(job.cache, job.parameters["experiments"]))
    heavy = _heavy(job.cache, tuple(sorted(job.needs.items())))
    return Results(**heavy, values=values, seed=job.parameters["seed"], quick=job.parameters["quick"]), values


@lru_cache(maxsize=1)
def _heavy(cache: Path, trained: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Return the large part of the results, read once per process for all figures of one training."""
    return {
        "network": network,
        "params": read_params(cache),
        "class_names": tuple(read_facts(cache, "data")["class_names"]),
        "samples": read_samples(cache),
        "test": read_split(cache, "test"),
        "history": read_facts(cache, "train", "history.json"),
    }
