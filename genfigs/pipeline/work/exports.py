"""Write what the page's script reads: the network, the sample images, the scenes."""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from genfigs.pipeline.files import to_json
from genfigs.pipeline.job import Job, Outcome
from genfigs.pipeline.results import results_for
from genfigs.writers.exports import exports

FRAGMENT = "fragment.json"


def run(job: Job) -> Outcome:
    """Return the exported files by name, and what the manifest says about the scenes."""
    results, values = results_for(job)
    files = exports(results)
    return Outcome({**files, FRAGMENT: to_json({"scenes": scenes(files)})}, values.reads)


def scenes(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the stages of every exported scene by the scene's name, and its file."""
    found = {}
    for path, content in files.items():
        scene = json.loads(content) if path.endswith(".json") else {}
        if {"stages", "actors"} <= scene.keys():
            stages = [{key: stage[key] for key in ("name", "title", "clause")} for stage in scene["stages"]]
            found[PurePosixPath(path).stem] = {"stages": stages, "file": path}
    return found
