"""A copy of this project around another network, and the edits its author would have to make to the prose."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHAPTER = "chapters/10-convolutional-networks.md"
PROSE = (ROOT / "docs" / CHAPTER).read_text(encoding="utf-8")
STAGE = re.compile(r"^//// stage \| (?P<name>\w+)\n.*?^////\n", re.DOTALL | re.MULTILINE)
NAMED = re.compile(
    r"\{\{ *(?P<value>[\w.-]+) *(?:\|[^{}]*)?\}\}|\(#stage-(?P<stage>\w+)\)|\]\(\.\./figures/(?P<figure>[\w-]+)\."
)


class Project:
    """The copy in `root`, with the cache of an earlier one; commands run in it as its author would run them."""

    def __init__(self, root: Path, listing: str, cache: Path | None = None) -> None:
        self.root = root
        self.cache = root / ".genfigs"
        if cache:
            shutil.copytree(cache, self.cache)
        self.site = root / "site"
        shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("figures"))
        for generated in ("tokens.css", "chapter.js", "studio.js"):
            (root / "docs" / "assets" / generated).unlink(missing_ok=True)
        shutil.copytree(ROOT / "genfigs", root / "genfigs", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("mkdocs.yml", "pyproject.toml"):
            shutil.copy2(ROOT / name, root)
        (root / "genfigs" / "network" / "tiny_cnn.py").write_text(listing, encoding="utf-8")

    @property
    def page(self) -> str:
        """Return the address of the built chapter."""
        return (self.site / CHAPTER).with_suffix(".html").as_uri()

    def read(self, name: str) -> Any:
        """Return one of the JSON files that the build wrote."""
        return json.loads((self.root / "docs" / "figures" / name).read_text(encoding="utf-8"))

    @property
    def manifest(self) -> dict[str, Any]:
        """Return what the build wrote about itself."""
        return self.read("manifest.json")

    @property
    def stages(self) -> list[str]:
        """Return the names of the network's stages, in order."""
        return [layer["name"] for layer in self.manifest["network"]["layers"]]

    def build_figures(self) -> None:
        """Build everything the pages show, as a preview, in one process: what each starts and compiles counts here."""
        self.run("genfigs", "build", "--quick", "--jobs", "1")

    def build_site(self, chapter: str) -> subprocess.CompletedProcess[str]:
        """Build the pages with this text for the chapter, whether that works or not."""
        (self.root / "docs" / CHAPTER).write_text(chapter, encoding="utf-8")
        return self._start("mkdocs", "build", "--strict", "--quiet", "--site-dir", str(self.site))

    def run(self, *command: str) -> None:
        """Run a Python module, which must succeed."""
        result = self._start(*command)
        assert result.returncode == 0, result.stdout + result.stderr

    def _start(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {"PYTHONPATH": str(self.root), "NO_MKDOCS_2_WARNING": "1"}
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )


def rewrite(markdown: str, manifest: dict[str, Any]) -> str:
    """Return the chapter as its author would leave it: a text per stage, and none about what is gone."""
    stages = [layer["name"] for layer in manifest["network"]["layers"]]
    texts = {found["name"]: found.group() for found in STAGE.finditer(markdown)}
    blocks = [texts.get(name, f"//// stage | {name}\n\nWritten for {name}.\n\n////\n") for name in stages]
    start = next(STAGE.finditer(markdown)).start()
    *_, last = STAGE.finditer(markdown)
    whole = markdown[:start] + "\n".join(blocks) + markdown[last.end() :]
    kept = [paragraph for paragraph in whole.split("\n\n") if not gone(paragraph, manifest)]
    return "\n\n".join(kept)


def gone(text: str, manifest: dict[str, Any]) -> set[str]:
    """Return the values, stages and figures that `text` names and the build does not have."""
    stages = {layer["name"] for layer in manifest["network"]["layers"]}
    known = {"value": manifest["values"], "stage": stages, "figure": manifest["figures"]}
    names = [(found.lastgroup, found[found.lastgroup]) for found in NAMED.finditer(text)]
    return {name for kind, name in names if name not in known[kind]}


def lines_at_fault(markdown: str, manifest: dict[str, Any]) -> set[int]:
    """Return the numbers of the lines that name what is gone, and of the scene if a stage has no text."""
    stages = {layer["name"] for layer in manifest["network"]["layers"]}
    faults = {number for number, line in enumerate(markdown.splitlines(), 1) if gone(line, manifest)}
    written = {found["name"]: found.start() for found in STAGE.finditer(markdown)}
    starts = [start for name, start in written.items() if name not in stages]
    starts += [markdown.index("/// scrolly")] if stages - set(written) else []
    return faults | {markdown.count("\n", 0, start) + 1 for start in starts}
