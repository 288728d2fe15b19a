"""Join the page's script modules into the one file the page loads."""

from pathlib import Path

from genfigs.pipeline.job import Job, Outcome
from genfigs.writers.script import join, read_modules


def run(job: Job) -> Outcome:
    """Return the joined script."""
    return Outcome({"chapter.js": join(read_modules(Path(job.parameters["folder"])))})
