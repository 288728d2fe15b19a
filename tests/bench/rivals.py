"""One pass in the browser: the page's own module beside TensorFlow.js and ONNX Runtime Web, with the same weights.

`python -m tests.bench.rivals` in the project's folder, with the figures built, onnx installed and npm at hand. The
runtimes come from npm into the cache folder. They get less to do than the page's module: scores instead of every
stage.
"""

import gzip
import json
import shutil
import sys
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from genfigs.network.tiny_cnn import network
from genfigs.writers.script import bundle
from tests.bench.npm import FOLDER, install
from tests.bench.onnx_file import onnx_model
from tests.browser.chromium import running
from tests.browser.conftest import MODULES
from tests.hosting import hosted
from tests.network.listings import CLOSE, ROOT, Built, read

PACKAGES = (
    "@tensorflow/tfjs-core@4.22.0",
    "@tensorflow/tfjs-backend-cpu@4.22.0",
    "@tensorflow/tfjs-backend-wasm@4.22.0",
    "onnxruntime-web@1.30.0",
)
STARTS = 5  # fresh pages a contender
FIGURES = ROOT / "docs" / "figures"


def prepare(built: Built) -> None:
    """Put runtimes, weights and scripts into one folder.

    Raises: SystemExit without npm.
    """
    install(*PACKAGES)
    for path in (FIGURES / "network.json", FIGURES / "digits.json", MODULES / "network.js"):
        shutil.copy2(path, FOLDER)
    shutil.copy2(Path(__file__).with_suffix(".js"), FOLDER)
    module = {"network.js": (MODULES / "network.js").read_text(encoding="utf-8")}
    (FOLDER / "network.min.js").write_bytes(bundle(module, ["network.js"])["network.js"])
    (FOLDER / "network.onnx").write_bytes(onnx_model(network, built.params).SerializeToString())
    (FOLDER / "index.html").write_text("<!doctype html><title>Rivals</title>", encoding="utf-8")


def run() -> dict[str, Any]:
    """Return what the browser found of every contender: scores, times, files, and milliseconds to the first scores."""
    with hosted(FOLDER) as address, running() as browser:

        def call(script: str, *arguments: str) -> Any:
            page = browser.new_page()
            page.goto(f"{address}/index.html")
            result = page.evaluate(
                f"async (arguments) => {{ const rivals = await import('/rivals.js'); return {script}; }}",
                arguments,
            )
            page.close()
            return result

        files = call("rivals.FILES")
        starts = {
            name: median(call("rivals.first(arguments[0])", name) for _ in range(STARTS)) for name in files
        }
        found: dict[str, Any] = call("rivals.compare()")
    return {**found, "files": files, "starts": starts}


def sent(path: str) -> int:
    """Return the bytes of a file as a host sends it, without the reader's weights."""
    return len(gzip.compress((FOLDER / path.lstrip("/")).read_bytes(), 9, mtime=0))


def measure() -> dict[str, Any]:
    """Return milliseconds a pass, milliseconds to the first scores, and bytes of code, of every contender.

    `times` says how many times the page's own figure a rival's is. Raises: AssertionError if a contender's scores are
    not those of the trained network.
    """
    built = read(FIGURES)
    prepare(built)
    found = run()
    expected = built.trace()[network.stages[-2].name]
    for name, scores in found["scores"].items():
        np.testing.assert_allclose(scores, expected, rtol=0, atol=10 * CLOSE, err_msg=name)
    figures = {
        "pass_ms": {name: median(rounds) for name, rounds in found["times"].items()},
        "first_ms": found["starts"],
        "bytes": {name: sum(map(sent, files)) for name, files in found["files"].items()},
    }
    return {
        **{f"{name}.{what}": value for what, all_of in figures.items() for name, value in all_of.items()},
        **{
            f"{name}.{what}_times": value / all_of["page"]
            for what, all_of in figures.items()
            for name, value in all_of.items()
            if name != "page"
        },
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
