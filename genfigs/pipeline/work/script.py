"""Join the page's script modules into the files the page loads."""

from pathlib import Path

from genfigs.pipeline.job import Job, Outcome
from genfigs.writers.script import bundle, read_modules


def run(job: Job) -> Outcome:
    """Return the joined scripts."""
    return Outcome(bundle(read_modules(Path(job.parameters["folder"]))))
