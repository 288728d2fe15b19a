"""Write the theme's colours and sizes as style sheet properties."""

from genfigs.pipeline.job import Job, Outcome
from genfigs.theme import tokens_css


def run(job: Job) -> Outcome:
    """Return the style sheet."""
    return Outcome({"tokens.css": tokens_css().encode()})
