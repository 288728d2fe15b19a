"""Files that are written whole or not at all, and read without trust."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from genfigs.errors import UserError

PARTIAL = ".part"
REMEDIES = {
    errno.ENOSPC: "the disk is full; free some space and build again",
    errno.EDQUOT: "the disk quota is used up; free some space and build again",
    errno.EROFS: "the disk is read-only; choose another folder with `--out`",
    errno.EACCES: "you may not write there; change its permissions or choose another folder with `--out`",
    errno.EPERM: "you may not write there; change its permissions or choose another folder with `--out`",
    errno.ENOTDIR: "one of its parents is a file; move that file or choose another folder with `--out`",
    errno.EEXIST: "a file has that name; move it or choose another folder with `--out`",
}


class OutputError(UserError):
    """A file or folder that cannot be written; its message names it and the remedy."""

    @classmethod
    def of(cls, path: Path, error: OSError) -> "OutputError":
        """Return the message for `error`, met while writing `path`."""
        remedy = REMEDIES.get(error.errno or 0, error.strerror or str(error))
        return cls(f"`{path}` must be writable; {remedy}")


def write(path: Path, content: bytes) -> None:
    """Write `content` to `path` through a temporary file beside it, so that no reader sees half of it.

    Raises: OutputError with the remedy, after which `path` is as it was.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        discard(partial)
        raise OutputError.of(path, error) from error


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all."""
    write(path, text.encode())


def to_json(value: Any) -> bytes:
    """Return `value` as JSON with sorted keys and a final newline."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()


def read_json(path: Path) -> dict[str, Any] | None:
    """Return the object in `path`, or None when there is none or it is damaged."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal."""
    return sha256(content).hexdigest()


def file_fingerprint(path: Path) -> str | None:
    """Return the SHA-256 of the file `path` in hexadecimal, or None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def discard(path: Path) -> None:
    """Remove `path`, a file or a folder with all it holds; nothing happens when it does not exist."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed build left in `folder`."""
    for partial in folder.rglob(f".*{PARTIAL}"):
        discard(partial)


def require_writable(folder: Path) -> None:
    """Find out now, not after the training, whether `folder` can be written.

    Raises: OutputError with the remedy.
    """
    probe = folder / f".probe.{os.getpid()}{PARTIAL}"
    write(probe, b"")
    discard(probe)


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` in a fixed order, without hidden ones and Python's caches."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            yield from walk(entry)
        else:
            yield entry
