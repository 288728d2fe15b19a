"""The manifest: all the site knows about the build, put together from what the tasks left behind."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from genfigs import __name__ as package_name
from genfigs.pipeline.catalogue import Catalogue, Entry
from genfigs.pipeline.files import read_json
from genfigs.pipeline.job import TaskError
from genfigs.pipeline.overview import Overview
from genfigs.pipeline.project import Project, Settings
from genfigs.pipeline.receipts import NAME, Receipt, read_receipt
from genfigs.pipeline.sources import version
from genfigs.pipeline.tasks import Task, Workshop

VERSION = 1  # of the manifest's layout
FRAGMENT = "fragment.json"
COMPUTED_BY = {"network": "network.tiny_cnn", "data": "data", "training": "network.training"}
LONGEST = 1_000  # letters of a value
SECONDS = 1  # decimals of a duration: more would only be noise


def assemble(overview: Overview, troubles: Mapping[str, str]) -> dict[str, Any]:
    """Return the manifest of all built so far; figures not built with these settings keep the entry they had.

    A figure among `troubles` keeps its last good entry and says what is wrong as its `error`.

    Raises: TaskError when there is no trained network yet.
    """
    settings, catalogue, workshop = overview.settings, overview.catalogue, overview.workshop
    facts = {task: _facts(workshop, task) for task in ("data", "train", "samples")}
    earlier = published_entries(overview.project)
    parameters = {
        "data": facts["data"]["name"],
        "data_sha256": facts["data"]["sha256"],
        "seed": settings.seed,
        "quick": settings.quick,
    }
    figures = {
        entry.name: _told(_figure(workshop, entry, parameters) or earlier.get(entry.name), entry, troubles)
        for entry in catalogue.figures
    }
    values = workshop.values()
    return {
        "version": VERSION,
        "network": {"layers": facts["train"]["layers"], "parameters": values["network.parameters"]},
        "data": {
            "name": facts["data"]["name"],
            "sha256": facts["data"]["sha256"],
            "train": values["data.train"],
            "test": values["data.test"],
            "accuracy": values["data.accuracy"],
        },
        "values": {
            **{name: value for name, value in values.items() if _quotable(value)},
            **_build_values(settings, workshop, overview.tasks),
            **dict(_figure_values(workshop, catalogue)),
        },
        "origins": _origins(catalogue),
        "figures": {name: entry for name, entry in figures.items() if entry},
        "scenes": _scenes(workshop),
    }


def _quotable(value: Any) -> bool:
    """Return whether prose could quote `value`; weights packed as text are for the page's script."""
    return not isinstance(value, str) or len(value) <= LONGEST


def published_entries(project: Project) -> dict[str, dict[str, Any]]:
    """Return the figures of the present manifest whose files are all there; none when it is damaged."""
    figures: Any = (read_json(project.manifest) or {}).get("figures")
    try:
        return {
            name: entry
            for name, entry in figures.items()
            if "parameters" in entry and all(map(Path.is_file, entry_files(project, entry)))
        }
    except (AttributeError, KeyError, TypeError):
        return {}


def entry_files(project: Project, entry: Mapping[str, Any]) -> list[Path]:
    """Return the files that the manifest's `entry` of a figure names."""
    return [project.out / file["path"] for file in entry["files"].values()]


def _facts(workshop: Workshop, task: str) -> dict[str, Any]:
    """Return what `task` wrote down. Raises: TaskError when it has not run."""
    facts = read_json(workshop.cache / task / "facts.json")
    if facts is None:
        raise TaskError(f"`{task}` must have run; got no result of it; build again")
    return facts


def _figure(workshop: Workshop, entry: Entry, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the entry of a figure, or None when it was not built with these settings, the `parameters`."""
    folder = workshop.cache / "figure" / entry.name
    receipt, fragment = read_receipt(folder), read_json(folder / FRAGMENT)
    if receipt is None or fragment is None:
        return None
    return {
        **{key: fragment[key] for key in ("alt", "caption", "width", "height", "table")},
        "files": {suffix: _file(f"{entry.name}.{suffix}", receipt, suffix) for suffix in _products(receipt)},
        "source": {"file": entry.path, "line": entry.line},
        "parameters": parameters,
        "seconds": round(receipt.seconds, SECONDS),
    }


def _told(figure: dict[str, Any] | None, entry: Entry, troubles: Mapping[str, str]) -> dict[str, Any] | None:
    """Return `figure` with what is wrong with it; one that was never drawn has no file and no size."""
    error = troubles.get(entry.name)
    if not error:
        return figure and {key: value for key, value in figure.items() if key != "error"}
    return {**(figure or _undrawn(entry)), "error": error}


def _undrawn(entry: Entry) -> dict[str, Any]:
    source = {"file": entry.path, "line": entry.line}
    size = {"width": 0, "height": 0, "seconds": 0.0}
    return {"alt": "", "caption": "", "table": [], "files": {}, "source": source, **size}


def _products(receipt: Receipt) -> list[str]:
    """Return the outputs of a task that are published."""
    return sorted(set(receipt.outputs) - {FRAGMENT, NAME})


def _file(path: str, receipt: Receipt, output: str) -> dict[str, Any]:
    """Return what the manifest says about one file."""
    size, _, sha = receipt.outputs[output]
    return {"path": path, "bytes": size, "sha256": sha}


def _figure_values(workshop: Workshop, catalogue: Catalogue) -> Iterator[tuple[str, Any]]:
    """Yield the values that figures computed themselves."""
    for entry in catalogue.figures:
        fragment = read_json(workshop.cache / "figure" / entry.name / FRAGMENT) or {}
        yield from fragment.get("values", {}).items()


def _origins(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Return, by the first part of a value's name, the file that computes it and what that file says of itself."""
    package = catalogue.sources.package.name
    entries = {entry.name: entry.module for entry in (*catalogue.figures, *catalogue.experiments)}
    modules = entries | {name: f"{package}.{module}" for name, module in COMPUTED_BY.items()}
    return {
        name: {"file": catalogue.sources.paths[module], "about": catalogue.sources.scans[module].about}
        for name, module in sorted(modules.items())
        if module in catalogue.sources.scans
    }


def _scenes(workshop: Workshop) -> dict[str, Any]:
    """Return the stages and the file of every exported scene."""
    folder = workshop.cache / "exports"
    receipt, fragment = read_receipt(folder), read_json(folder / FRAGMENT)
    if receipt is None or fragment is None:
        return {}
    return {
        name: {"stages": scene["stages"], "files": {"json": _file(scene["file"], receipt, scene["file"])}}
        for name, scene in fragment["scenes"].items()
    }


def _build_values(settings: Settings, workshop: Workshop, tasks: Mapping[str, Task]) -> dict[str, Any]:
    """Return what is quoted about the build itself: seed, versions, how long the training took."""
    trained = read_receipt(workshop.cache / "train")
    libraries: dict[str, str] = {}
    for task in tasks.values():
        libraries |= workshop.libraries(task)
    return {
        "build.seed": settings.seed,
        "build.quick": settings.quick,
        f"build.version.{package_name}": version(package_name),
        **{f"build.version.{name}": number for name, number in sorted(libraries.items())},
        "training.seconds": round(trained.seconds, SECONDS) if trained else None,
    }


def published_files(overview: Overview) -> dict[str, tuple[str, str]]:
    """Return where each published file comes from: its target, then the task and the output in the cache."""
    project, catalogue, workshop = overview.project, overview.catalogue, overview.workshop
    files: dict[str, tuple[str, str]] = {}
    for entry in catalogue.figures:
        task = f"figure/{entry.name}"
        files |= {
            str(project.out / f"{entry.name}.{output}"): (task, output) for output in _outputs(workshop, task)
        }
    files |= {str(project.out / output): ("exports", output) for output in _outputs(workshop, "exports")}
    for task in ("tokens", "script"):
        files |= {str(project.assets / output): (task, output) for output in _outputs(workshop, task)}
    return files


def _outputs(workshop: Workshop, task: str) -> list[str]:
    receipt = read_receipt(workshop.cache / task)
    return _products(receipt) if receipt else []
