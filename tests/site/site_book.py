"""A small book to render: a manifest like the build's, and the files that it promises."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

EXTENSIONS = (
    "abbr",
    "attr_list",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.superfences",
    "tables",
    "toc",
    "genfigs.site.markdown",
)
LAYERS = (
    ("input", "input", [28, 28, 1], 0),
    ("conv1", "conv2d", [26, 26, 8], 80),
    ("pool1", "maxpool2d", [13, 13, 8], 0),
    ("dense", "dense", [10], 4010),
)
TITLES = {"input": "The image", "conv1": "Convolution", "pool1": "Max-pool", "dense": "Dense"}
STAGES = tuple(name for name, *_ in LAYERS)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200"></svg>'
PAGE = "chapters/seeing.md"
ROOT = Path(__file__).parents[2]


def figure(alt: str, *suffixes: str, caption: str = "") -> dict[str, Any]:
    files = {suffix: {"path": "", "bytes": 1, "sha256": ""} for suffix in suffixes}
    return {
        "alt": alt,
        "caption": caption,
        "width": 320,
        "height": 200,
        "files": files,
        "source": {"file": "genfigs/figures/drawing.py", "line": 12},
        "parameters": {"data": "handwriting", "data_sha256": "0123456789abcdef", "seed": 0, "quick": False},
        "seconds": 0.5,
    }


def manifest() -> dict[str, Any]:
    figures = {
        f"stage-{name}": figure(f"The {name} stage.", "svg", "gif", "light.svg", "dark.svg")
        for name in STAGES
    }
    figures["kernels"] = figure("Eight kernels.", "light.svg", "dark.svg")
    figures["history"] = figure("Loss by epoch.", "light.svg", "dark.svg", caption="Loss falls.")
    figures["nameless"] = figure("", "light.svg", "dark.svg")
    return {
        "version": 1,
        "network": {
            "layers": [
                dict(zip(("name", "kind", "shape", "parameters"), row, strict=True)) for row in LAYERS
            ],
            "parameters": 5258,
        },
        "data": {"name": "handwriting", "sha256": "", "train": 1, "test": 1, "accuracy": 0.9812},
        "values": {
            "network.parameters": 5258,
            "network.conv1.shape": [26, 26, 8],
            "accuracy.accuracy": 0.98123,
            "dense.weights": 14_400_000_000,
            "data.name": "handwriting",
            "epochs": 5,
            "shift": -0.01234,
        },
        "figures": figures,
        "scenes": {
            "forward-pass": {
                "stages": [{"name": name, "title": TITLES[name], "clause": "A clause."} for name in STAGES]
            }
        },
    }


def write_book(root: Path, pages: dict[str, str], data: dict[str, Any] | None = None) -> Path:
    """Write the pages, the manifest and its files below `root/docs`; return that folder."""
    docs, data = root / "docs", data or manifest()
    for path, text in pages.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, encoding="utf-8")
    (docs / "figures").mkdir(parents=True, exist_ok=True)
    (docs / "figures" / "manifest.json").write_text(json.dumps(data), encoding="utf-8")
    (docs / "figures" / "chapter-data.js").write_text("", encoding="utf-8")
    for name, entry in data["figures"].items():
        for suffix in entry["files"]:
            (docs / "figures" / f"{name}.{suffix}").write_text(SVG, encoding="utf-8")
    return docs


class Context(Preprocessor):
    """Tells an extension where the page lies, as Zensical does."""

    def __init__(self, docs: Path, path: str, source_url: str) -> None:
        super().__init__()
        self.config = {"docs_dir": str(docs), "extra": {"source_url": source_url}}
        self.page = SimpleNamespace(path=path, url=path.replace(".md", ".html"))

    def run(self, lines: list[str]) -> list[str]:
        return lines


def render(docs: Path, text: str, path: str = PAGE, source_url: str = "") -> str:
    """Return the HTML of `text` as page `path` of the book in `docs`, whose source is shown at `source_url`."""
    md = Markdown(extensions=EXTENSIONS)
    md.preprocessors.register(Context(docs, path, source_url), "rendering_context", 0)
    return str(md.convert(text))


def scrolly(stages: Iterable[str] = STAGES, prose: str = "What happens at {name}.") -> str:
    """Return the Markdown of a scene with a text for each of `stages`."""
    texts = [f"//// stage | {name}\n{prose.format(name=name)}\n////\n" for name in stages]
    return "\n".join(["/// scrolly | forward-pass\n", *texts, "///\n"])


CHAPTER = f"""---
description: A chapter.
---

# Convolutional networks

All {{{{ network.parameters }}}} parameters. [Home](../index.md) and [the scroll](#the-scroll).

![](../figures/history.svg)

## The scroll

{scrolly()}

## The code

```python
--8<-- "genfigs/network/tiny_cnn.py"
```
"""


def write_project(root: Path) -> Path:
    """Write a project with this book's real configuration around three small pages; return its folder."""
    pages = {
        "index.md": "# How computers see\n\n[Chapter 10](chapters/10-convolutional-networks.md)\n",
        "chapters/10-convolutional-networks.md": CHAPTER,
        "how-this-was-made.md": "# How this was made\n\nIn {{ epochs | words }} epochs.\n",
    }
    docs = write_book(root, pages)
    (docs / "assets" / "js").mkdir(parents=True)
    styles = (path.name for path in (ROOT / "docs" / "assets").glob("*.css"))
    for name in ("tokens.css", *styles, "chapter.js", "studio.js", "js/module.js"):
        (docs / "assets" / name).write_text("", encoding="utf-8")
    shutil.copy2(ROOT / "docs" / "assets" / "iframe-worker.js", docs / "assets")
    (docs / "assets" / "favicon.svg").write_text(SVG, encoding="utf-8")
    (root / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (root / "genfigs").symlink_to(ROOT / "genfigs")
    return root


def generate(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a site generator in the project, without its colours and advertisements."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    run = [sys.executable, "-m", *command]
    return subprocess.run(run, cwd=root, env=environment, capture_output=True, text=True, check=False)
