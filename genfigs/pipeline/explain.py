"""Errors as an author wants them: what, where, and the line, in at most ten lines."""

import re
import traceback
from pathlib import Path

from genfigs.errors import UserError

LINES = 10
WIDTH = 200
ELSEWHERE = re.compile(r"(?<![\w.:/~])(?:[A-Za-z]:)?(?:[\\/][^\\/\s'\"`:]+)+[\\/](?=[^\\/\s'\"`:])")
"""The folders of an absolute path; addresses on the web and fractions are none."""


def explain(error: BaseException, package: Path, module: str = "") -> str:
    """Return what `error` says and where in `package` it came from, in at most ten lines.

    `module` is the file, below the package's parent, that is drawn from; other users' mistakes need no line.
    """
    text = str(error) or type(error).__name__
    if isinstance(error, UserError):
        where = _last(_frames(error, package.parent / module), package) if module else ""
    else:
        text = f"{type(error).__name__}: {text}" if str(error) else text
        text = without_paths(text, package.parent)
        where = _where(error, package)
    text = f"{where}\n{text}" if where else text
    lines = [line[:WIDTH] for line in text.splitlines()]
    return "\n".join(lines if len(lines) <= LINES else [*lines[: LINES - 1], "…"])


def _where(error: BaseException, package: Path) -> str:
    """Return `file:line` and the source line at which the project's own code failed."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_short(error.filename, package)}:{error.lineno}"
    frames = _frames(error, package)
    drawing = [frame for frame in frames if not Path(frame.filename).is_relative_to(package / "pipeline")]
    return _last(drawing or frames, package)


def _frames(error: BaseException, place: Path) -> list[traceback.FrameSummary]:
    """Return the calls inside `place`, a file or a folder, that led to `error`."""
    calls = traceback.extract_tb(error.__traceback__)
    return [frame for frame in calls if Path(frame.filename).is_relative_to(place)]


def _last(frames: list[traceback.FrameSummary], package: Path) -> str:
    """Return `file:line: source line` of the last of `frames`."""
    return f"{_short(frames[-1].filename, package)}:{frames[-1].lineno}: {frames[-1].line}" if frames else ""


def _short(filename: str, package: Path) -> str:
    """Return `filename` relative to the folder that holds the package."""
    path = Path(filename)
    return path.relative_to(package.parent).as_posix() if path.is_relative_to(package.parent) else filename


def without_paths(text: str, root: Path) -> str:
    """Return `text` with paths below `root` made relative to it, and only the names of files elsewhere."""
    return ELSEWHERE.sub("", text.replace(f"{root}/", "").replace(f"{root}\\", ""))
