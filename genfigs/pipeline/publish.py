"""Put finished files where the site reads them: copied from the cache, each whole, the manifest last."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from genfigs.pipeline.files import discard, file_fingerprint, fingerprint, read_json, to_json, write
from genfigs.pipeline.manifest import assemble, entry_files, published_entries, published_files
from genfigs.pipeline.overview import Overview
from genfigs.pipeline.project import Project, Settings, last, remember
from genfigs.pipeline.receipts import read_receipt
from genfigs.pipeline.tasks import Workshop
from genfigs.pipeline.trouble import standing_troubles


@dataclass
class Publication:
    """What the published folders should hold, and what they do not yet."""

    project: Project
    settings: Settings
    workshop: Workshop
    manifest: bytes
    files: Mapping[str, tuple[str, str]]
    record: Path
    missing: dict[str, str] = field(default_factory=dict)
    leftovers: list[Path] = field(default_factory=list)

    @property
    def entries(self) -> dict[str, Any]:
        """Return the manifest's entry of every figure."""
        figures: dict[str, Any] = json.loads(self.manifest)["figures"]
        return figures

    @property
    def complete(self) -> bool:
        """Return whether nothing is left to do."""
        return not (self.missing or self.leftovers) and self._written(self.project.manifest, self.manifest)

    @staticmethod
    def _written(path: Path, content: bytes) -> bool:
        return file_fingerprint(path) == fingerprint(content)

    def carry_out(self) -> None:
        """Write what is missing, then the manifest, then remove what no figure makes any more.

        Raises: OutputError with the remedy.
        """
        self._record({*_recorded(self.project, self.record), *self.files})
        for target, (task, output) in self.files.items():
            if target in self.missing:
                write(Path(target), (self.workshop.cache / task / output).read_bytes())
        if not self._written(self.project.manifest, self.manifest):
            write(self.project.manifest, self.manifest)
        for path in self.leftovers:
            discard(path)
        self._record(self.files)
        remember(self.project, self.settings)

    def _record(self, files: Iterable[str]) -> None:
        """Note which files are published, by their place in the project, which may move."""
        names = sorted(self.project.relative(Path(path)) for path in files)
        write(self.record, to_json({"files": names}))


def publication(overview: Overview, troubles: Mapping[str, str] | None = None) -> Publication:
    """Return what has to be published, with the `troubles` that figures have just had.

    A file already there with the right content is left alone.
    Raises: TaskError when there is no trained network yet.
    """
    project, settings, workshop = overview.project, overview.settings, overview.workshop
    manifest = assemble(overview, standing_troubles(overview) | dict(troubles or {}))
    files = published_files(overview)
    kept = {str(path) for entry in manifest["figures"].values() for path in entry_files(project, entry)}
    record = project.cache / f"published-{fingerprint(project.relative(project.out).encode())[:8]}.json"
    missing = {
        target: reason for target, source in files.items() if (reason := _lacks(workshop, target, *source))
    }
    present = published_entries(project).values()
    past = {
        *_recorded(project, record),
        *(str(path) for entry in present for path in entry_files(project, entry)),
    }
    leftovers = [Path(path) for path in sorted(past - set(files) - kept) if Path(path).is_file()]
    result = Publication(project, settings, workshop, to_json(manifest), files, record, missing, leftovers)
    if result.complete and last(project) != settings:
        remember(project, settings)
    return result


def _lacks(workshop: Workshop, target: str, task: str, output: str) -> str:
    """Return what is wrong with the published file `target`, or nothing."""
    receipt = read_receipt(workshop.cache / task)
    found = file_fingerprint(Path(target))
    if receipt is None or found == receipt.outputs[output][2]:
        return ""
    return "deleted" if found is None else "not the current one"


def _recorded(project: Project, record: Path) -> list[str]:
    """Return the files an earlier build published."""
    files: Any = (read_json(record) or {}).get("files")
    names = [name for name in files if isinstance(name, str)] if isinstance(files, list) else []
    return [str(project.root / name) for name in names]
