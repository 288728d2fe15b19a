"""A book that grows: the work of a build and its memory stay in proportion."""

import json
import subprocess
import sys
from pathlib import Path

from miniature import Project

from tests.bench.book import ROOT

FEW = 20
READS_OF_A_FIGURE = 15  # its receipt and fragment for each who asks, its code and its published files
MOST_MEMORY = 50  # MiB that 60 figures may cost more than one

READING = """
import json, os, sys
opened = []
sys.addaudithook(lambda event, values: opened.append(str(values[0])) if event == "open" else None)
from genfigs.__main__ import main
sys.argv = ["genfigs", "build", "-j", "2"]
main()
print(sum(path.startswith(os.getcwd()) for path in opened))
"""

DRAWING = """
import json, resource
from types import SimpleNamespace
import numpy as np
from genfigs import writers
from tests.bench.book import FIGURE

images = np.random.default_rng(0).integers(0, 255, (500, 28, 28))
test = SimpleNamespace(images=images, labels=np.arange(500) % 10)
results = SimpleNamespace(class_names=tuple("0123456789"), test=test)
peaks = []
for number in range(1, 61):
    module = {}
    exec(FIGURE.format(number=number), module)
    writers.render(module["draw"](results, f"plot-{number}"))
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
print(json.dumps(peaks))
"""


def test_the_files_read_grow_with_the_figures_and_no_faster(new_project: Project) -> None:
    counts = []
    for figures in (FEW, 2 * FEW, 4 * FEW):
        for number in range(figures):
            path = new_project.root / "genfigs" / "figures" / f"plot_{number}.py"
            path.write_text(
                f"from genfigs.figures import Figure\ndef draw(results, name):\n    return Figure('', '{number}')\n"
            )
        new_project.build()
        counts.append(int(printed(READING, new_project.root)))
    few, some, many = counts
    assert many - some == 2 * (some - few)
    assert some - few <= READS_OF_A_FIGURE * FEW


def test_sixty_plots_take_hardly_more_memory_than_one() -> None:
    peaks = json.loads(printed(DRAWING, ROOT))
    assert len(peaks) == 60
    assert peaks[-1] - peaks[0] <= MOST_MEMORY


def printed(code: str, folder: Path) -> str:
    """Return the last line that `code` prints in a process of its own."""
    run = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()[-1]
