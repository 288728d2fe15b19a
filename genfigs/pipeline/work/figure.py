"""Draw one figure."""

import importlib

from genfigs import writers
from genfigs.pipeline.files import to_json
from genfigs.pipeline.job import Job, Outcome
from genfigs.pipeline.results import results_for

FRAGMENT = "fragment.json"


def run(job: Job) -> Outcome:
    """Return the figure's files by suffix, and what the manifest says about it."""
    results, values = results_for(job)
    figure = importlib.import_module(job.parameters["module"]).draw(results, job.name)
    files = writers.render(figure)
    fragment = {
        "alt": figure.alt,
        "caption": figure.caption,
        "width": figure.width,
        "height": figure.height,
        "table": figure.table,
        "values": dict(figure.values),
    }
    return Outcome({**files, FRAGMENT: to_json(fragment)}, values.reads)


def names(module: str) -> list[str]:
    """Return the figures of the family `module`."""
    from genfigs.network.tiny_cnn import network

    stages = tuple(stage.name for stage in network.stages)
    return list(importlib.import_module(module).names(stages))
