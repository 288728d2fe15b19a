"""Load or draw the images, and keep them."""

from genfigs.data import load
from genfigs.pipeline.files import to_json
from genfigs.pipeline.job import Job, Outcome
from genfigs.pipeline.storage import SPLITS, to_npz


def run(job: Job) -> Outcome:
    """Return the three splits, and what is quoted about them."""
    source = job.parameters.get("folder", job.parameters["source"])
    dataset = load(source, seed=job.parameters["seed"], quick=job.parameters["quick"])
    splits = {name: getattr(dataset, name) for name in SPLITS}
    arrays = {f"{name}_images": split.images for name, split in splits.items()}
    arrays |= {f"{name}_labels": split.labels for name, split in splits.items()}
    facts = {
        "name": dataset.name,
        "sha256": dataset.sha256,
        "class_names": list(dataset.class_names),
        "values": {"data.name": dataset.name}
        | {f"data.{name}": len(split.labels) for name, split in splits.items()},
    }
    return Outcome({"data.npz": to_npz(arrays), "facts.json": to_json(facts)})
