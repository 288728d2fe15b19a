"""How a task tells the terminal, from inside a worker, how far it is."""

from collections.abc import Callable

Sink = Callable[[str, str], None]
_sinks: list[Sink] = []


def connect(sink: Sink) -> None:
    """Send what tasks of this process report to `sink`."""
    _sinks[:] = [sink]


def report(task: str, line: str) -> None:
    """Tell whoever listens one line about `task`."""
    for sink in _sinks:
        sink(task, line)
