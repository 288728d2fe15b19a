"""What a build tells the person watching: bars in a terminal, one line per event anywhere else."""

import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from genfigs.pipeline.job import Failure

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Reporter:
    """One plain line per event, in the order things happen; also the base of the bars."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __enter__(self) -> "Reporter":
        """Start reporting."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop reporting."""

    def say(self, line: str) -> None:
        """Show `line`."""
        print(line, file=self.stream, flush=True)

    def queued(self, task: str, reason: str) -> None:
        """Tell that `task` will run, and why."""
        self.say(f"{task}: stale ({reason})")

    def started(self, task: str) -> None:
        """Tell that `task` runs now; in plain lines its end is news enough."""

    def progressed(self, task: str, line: str) -> None:
        """Tell how far `task` is."""
        self.say(f"{task}: {line}")

    def finished(self, task: str, seconds: float) -> None:
        """Tell that `task` is done."""
        self.say(f"{task}: done in {seconds:.1f} s")

    def failed(self, failure: Failure) -> None:
        """Tell that a task failed; the whole story follows in the summary."""
        self.say(f"{failure.task}: failed")


class BarReporter(Reporter):
    """A bar for each running task."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.bars = _bars(stream)
        self.rows: dict[str, TaskID] = {}

    def __enter__(self) -> "BarReporter":
        """Show the bars."""
        self.bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""
        self.bars.stop()

    def say(self, line: str) -> None:
        """Show `line` above the bars."""
        self.bars.console.print(line, markup=False, highlight=False)

    def queued(self, task: str, reason: str) -> None:
        """Nothing: the bar comes when the task starts."""

    def started(self, task: str) -> None:
        """Add a bar."""
        self.rows[task] = self.bars.add_task(task, total=None)

    def progressed(self, task: str, line: str) -> None:
        """Show `line` beside the bar, which fills when it counts (`epoch 2 of 5: …`)."""
        total, completed = _count(line)
        if task in self.rows:
            self.bars.update(self.rows[task], description=f"{task} {line}", total=total, completed=completed)

    def finished(self, task: str, seconds: float) -> None:
        """Take the bar away and leave one line."""
        self.bars.remove_task(self.rows.pop(task))
        super().finished(task, seconds)

    def failed(self, failure: Failure) -> None:
        """Take the bar away and leave one line."""
        if failure.task in self.rows:
            self.bars.remove_task(self.rows.pop(failure.task))
        super().failed(failure)


def _bars(stream: TextIO) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(file=stream), transient=True)


def _count(line: str) -> tuple[float | None, float]:
    """Return the total and the count in a line such as `epoch 2 of 5: …`, or no total."""
    words = line.partition(":")[0].split()
    if len(words) >= 3 and words[-2] == "of" and words[-1].isdigit() and words[-3].isdigit():
        return float(words[-1]), float(words[-3])
    return None, 0


def reporter_for(stream: TextIO = sys.stderr) -> Reporter:
    """Return bars for a terminal and plain lines for anything else."""
    return BarReporter(stream) if stream.isatty() else Reporter(stream)


def summary(failures: Sequence[Failure], left_out: Sequence[str]) -> str:
    """Return what failed and why, and what was not built because of it."""
    parts = [f"{failure.task} failed: {failure.message}" for failure in failures]
    if left_out:
        shown = ", ".join(left_out[:5]) + (f" and {len(left_out) - 5} more" if len(left_out) > 5 else "")
        parts.append(f"not built, for they need the above: {shown}")
    return "\n".join(parts)


def as_report(result: Mapping[str, Any]) -> str:
    """Return an evaluation as text: accuracy, accuracy per class, confusion matrix."""
    lines = [
        f"accuracy {result['accuracy']:.2%} on {result['count']:,} images",
        "",
        "class  accuracy  taken for (columns: classes)",
    ]
    for label, row in enumerate(result["confusion"]):
        share = f"{row[label] / sum(row):.1%}" if sum(row) else "–"
        lines.append(f"{label:>5}  {share:>8}  {' '.join(f'{count:>5}' for count in row)}")
    return "\n".join(lines)
