"""Worker processes: one that crashes is replaced, and none outlives its build."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from miniature import PATIENCE

from genfigs.pipeline.workers import Crew


def test_a_crashed_worker_is_replaced(tmp_path: Path) -> None:
    with Crew(1, tmp_path) as crew:
        assert crew.submit(os.kill, 0, 0).result() is None
        with pytest.raises(Exception, match="terminated abruptly"):
            crew.submit(os._exit, 3).result()
        assert crew.submit(len, "abc").result() == 3


INTERRUPTED_AT_ITS_END = """
import os, signal, sys, threading, time
from pathlib import Path
from genfigs.pipeline.workers import Crew
signal.signal(signal.SIGINT, signal.default_int_handler)
with Crew(1, Path(sys.argv[1])) as crew:
    crew.submit(len, "").result()
    sleeping = crew.submit(time.sleep, 3600)
    while not sleeping.running():
        time.sleep(0.01)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
"""


def test_ctrl_c_while_the_processes_end_leaves_none_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED_AT_ITS_END, str(tmp_path)]
    assert subprocess.run(command, timeout=PATIENCE, check=False).returncode == -signal.SIGINT
