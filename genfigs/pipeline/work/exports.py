"""Write what the page's script reads: the network, the sample images, the scenes."""

import importlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from genfigs.network.sequential import Sequential
from genfigs.pipeline.files import to_json
from genfigs.pipeline.job import Job, Outcome, TaskError
from genfigs.pipeline.results import results_for
from genfigs.scenes import Scene
from genfigs.writers.exports import exports

FRAGMENT = "fragment.json"


def run(job: Job) -> Outcome:
    """Return the exported files by name, and what the manifest says about the scenes."""
    results, values = results_for(job)
    files = exports(results, [play(module, results.network) for module in job.parameters["scenes"]])
    return Outcome({**files, FRAGMENT: to_json({"scenes": scenes(files)})}, values.reads)


def play(module: str, network: Sequential) -> Scene:
    """Return the scene that `module` makes of `network`: its function of its own name.

    Raises: TaskError if the scene has another name.
    """
    name = module.rpartition(".")[2]
    scene: Scene = getattr(importlib.import_module(module), name)(network)
    if scene.name != name.replace("_", "-"):
        raise TaskError(
            f"`{module}` must make the scene `{name.replace('_', '-')}`; got `{scene.name}`; rename one of the two"
        )
    return scene


def scenes(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the stages of every exported scene by the scene's name, and its file."""
    found = {}
    for path, content in files.items():
        scene = json.loads(content) if path.endswith(".json") else {}
        if {"stages", "actors"} <= scene.keys():
            stages = [{key: stage[key] for key in ("name", "title", "clause")} for stage in scene["stages"]]
            found[PurePosixPath(path).stem] = {"stages": stages, "file": path}
    return found
