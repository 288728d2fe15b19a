"""Every figure at a glance: fresh or stale and why, its files, their size, how long it took."""

from typing import Any

from genfigs.pipeline.catalogue import Entry
from genfigs.pipeline.job import TaskError
from genfigs.pipeline.overview import Overview
from genfigs.pipeline.publish import publication


def list_figures(overview: Overview) -> list[dict[str, Any]]:
    """Return one row per figure: name, state, reason, files, bytes, seconds, parameters, source."""
    reasons = _reasons(overview)
    published = _published(overview)
    return [_row(overview, entry, reasons, published.get(entry.name)) for entry in overview.catalogue.figures]


def _reasons(overview: Overview) -> dict[str, str]:
    """Return why each stale task would run, or which stale task it waits for."""
    reasons = overview.stale(overview.tasks)
    for name, task in overview.tasks.items():
        for need in task.needs:
            if need in reasons:
                reasons.setdefault(name, f"{need} is stale: {reasons[need]}")
    return reasons


def _published(overview: Overview) -> dict[str, dict[str, Any]]:
    """Return the manifest's entry of each figure, with what its published files lack."""
    try:
        todo = publication(overview)
    except TaskError:
        return {}
    prefix = str(overview.project.out)
    entries = todo.entries
    for entry in entries.values():
        lacks = [
            (file["path"], todo.missing.get(f"{prefix}/{file['path']}")) for file in entry["files"].values()
        ]
        entry["lacks"] = [f"{path} is {reason}" for path, reason in lacks if reason]
    return entries


def _row(
    overview: Overview, entry: Entry, reasons: dict[str, str], published: dict[str, Any] | None
) -> dict[str, Any]:
    """Return what the list says about one figure."""
    reason = reasons.get(f"figure/{entry.name}", "")
    if not reason and published:
        reason = next(iter(published["lacks"]), "")
    files = published["files"].values() if published else ()
    return {
        "name": entry.name,
        "state": "stale" if reason else "fresh",
        "reason": reason,
        "files": [file["path"] for file in files],
        "bytes": sum(file["bytes"] for file in files),
        "seconds": published["seconds"] if published and published["files"] else None,
        "parameters": published.get("parameters") if published else None,
        "source": {"file": entry.path, "line": entry.line},
    }


def as_table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as text, one figure a line."""
    width = max((len(row["name"]) for row in rows), default=0)
    return "\n".join(_line(row, width) for row in rows)


def _line(row: dict[str, Any], width: int) -> str:
    """Return one figure's line."""
    seconds = "–" if row["seconds"] is None else f"{row['seconds']:.1f} s"
    size = f"{len(row['files'])} files {row['bytes']:>9,} bytes {seconds:>7}"
    reason = f"  ({row['reason']})" if row["reason"] else ""
    source = f"{row['source']['file']}:{row['source']['line']}"
    return f"{row['name']:<{width}}  {row['state']:<5}  {size}  {source}{_given(row['parameters'])}{reason}"


def _given(parameters: dict[str, Any] | None) -> str:
    """Return what a figure was drawn from, in words."""
    if not parameters:
        return ""
    quick = ", quick" if parameters["quick"] else ""
    return f"  {parameters['data']} {parameters['data_sha256'][:8]}, seed {parameters['seed']}{quick}"
