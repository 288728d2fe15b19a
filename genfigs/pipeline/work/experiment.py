"""Make one measurement."""

import importlib

from genfigs.experiments import Study
from genfigs.network.tiny_cnn import network
from genfigs.pipeline.files import to_json
from genfigs.pipeline.job import Job, Outcome
from genfigs.pipeline.storage import read_dataset, read_params


def run(job: Job) -> Outcome:
    """Return the values that the experiment's `measure` gives."""
    study = Study(
        network,
        read_params(job.cache),
        read_dataset(job.cache),
        job.parameters["quick"],
        job.parameters["seed"],
    )
    values = importlib.import_module(job.parameters["module"]).measure(study)
    return Outcome({"values.json": to_json(values)})
