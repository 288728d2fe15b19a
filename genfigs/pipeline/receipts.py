"""The proof that a task ran: what went in and what came out, as fingerprints, beside the results."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genfigs.pipeline.files import discard, file_fingerprint, fingerprint, read_json, to_json, write
from genfigs.pipeline.job import Job, Outcome

NAME = "receipt.json"


@dataclass(frozen=True)
class Receipt:
    """What one run of a task took and gave.

    `inputs` are fingerprints by name, `reads` the computed values it looked at, `outputs` the size, the
    modification time and the SHA-256 of each file. Units: `seconds` of wall time.
    """

    inputs: Mapping[str, str]
    reads: Mapping[str, Any]
    outputs: Mapping[str, tuple[int, int, str]]
    seconds: float

    @property
    def digest(self) -> str:
        """Return the fingerprint of all outputs, whatever made them."""
        return fingerprint(to_json({name: sha for name, (_, _, sha) in self.outputs.items()}))


def read_receipt(folder: Path) -> Receipt | None:
    """Return the receipt in `folder`, or None when there is none or it is damaged."""
    match read_json(folder / NAME):
        case {
            "inputs": dict(inputs),
            "reads": dict(reads),
            "outputs": dict(outputs),
            "seconds": float(seconds),
        }:
            if all(_is_stamp(stamp) for stamp in outputs.values()):
                return Receipt(
                    inputs, reads, {name: tuple(stamp) for name, stamp in outputs.items()}, seconds
                )
    return None


def _is_stamp(stamp: Any) -> bool:
    """Return whether `stamp` is a size, a time and a fingerprint."""
    match stamp:
        case [int(), int(), str()]:
            return True
        case _:
            return False


def deliver(job: Job, outcome: Outcome, seconds: float) -> None:
    """Write the files of `outcome`, then its receipt; what an earlier run left beside them goes."""
    earlier = read_receipt(job.folder)
    discard(job.folder / NAME)
    for name, content in outcome.files.items():
        path = job.folder / name
        if path.is_dir():
            discard(path)
        write(path, content)
    for name in set(earlier.outputs if earlier else ()) - set(outcome.files):
        discard(job.folder / name)
    receipt = {
        "inputs": dict(job.inputs),
        "reads": dict(outcome.reads),
        "outputs": {name: _stamp(job.folder / name, content) for name, content in outcome.files.items()},
        "seconds": round(seconds, 3),
    }
    write(job.folder / NAME, to_json(receipt))


def _stamp(path: Path, content: bytes) -> tuple[int, int, str]:
    """Return the size, the modification time and the fingerprint of `path`, which holds `content`."""
    return len(content), path.stat().st_mtime_ns, fingerprint(content)


def stale_reason(folder: Path, inputs: Mapping[str, str], values: Mapping[str, Any]) -> str | None:
    """Return why the task whose results are in `folder` must run, or None when it need not."""
    receipt = read_receipt(folder)
    if receipt is None:
        return "never built"
    return (
        _changed_input(receipt.inputs, inputs)
        or _changed_value(receipt.reads, values)
        or changed_output(folder, receipt.outputs)
    )


def _changed_input(before: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    """Return which input differs, in words."""
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if old == new:
            continue
        if old is None or new is None:
            return f"{name} is {'new' if old is None else 'gone'}"
        return f"{name} changed" if max(len(old), len(new)) > 40 else f"{name} changed from {old} to {new}"
    return None


def _changed_value(reads: Mapping[str, Any], values: Mapping[str, Any]) -> str | None:
    """Return which computed value differs, in words."""
    for name, value in sorted(reads.items()):
        if values.get(name) != value:
            return f"value {name} changed"
    return None


def changed_output(folder: Path, outputs: Mapping[str, tuple[int, int, str]]) -> str | None:
    """Return which result was deleted or altered, in words.

    A file of the same size and time is taken as unaltered: nothing but the build writes there.
    """
    for name, (size, time, sha) in sorted(outputs.items()):
        path = folder / name
        if not path.is_file():
            return f"result {name} was deleted"
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) != (size, time) and file_fingerprint(path) != sha:
            return f"result {name} was altered"
    return None
