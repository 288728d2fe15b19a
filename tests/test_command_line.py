"""The command line itself: help everywhere, and starting points that work."""

import runpy
import subprocess
import sys
from pathlib import Path

import click
import pytest

from genfigs import writers
from genfigs.__main__ import cli
from genfigs.pipeline.project import Project
from genfigs.pipeline.scaffold import new_chapter, new_figure
from tests.figures.material import results


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    """Return every command of `group` by its words."""
    found: list[tuple[str, ...]] = [path]
    for name, command in group.commands.items():
        found += commands(command, *path, name) if isinstance(command, click.Group) else [(*path, name)]
    return found


def test_the_commands_are_those_of_the_contract_and_four_more() -> None:
    contract = {"build", "list", "evaluate", "check", "new", "clean"}
    assert set(cli.commands) == contract | {"finish", "lint", "serve", "zip"}


@pytest.mark.parametrize("words", commands(cli), ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "genfigs", *words, "--help"], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("Usage: ")
    assert all(line.split()[1:] for line in result.stdout.splitlines() if line.startswith("  -"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, tmp_path / "genfigs", tmp_path / "docs" / "figures")


def test_a_new_figure_draws_at_once(project: Project) -> None:
    path = new_figure(project, "motion-blur")
    assert path == project.package / "figures" / "motion_blur.py"
    figure = runpy.run_path(str(path))["draw"](results(), "motion-blur")
    assert figure.alt == "An image of class 2, and the map that the first filter makes of it, side by side."
    assert {"light.svg", "dark.svg"} <= set(writers.render(figure))


def test_a_new_chapter_has_a_title_and_quotes_values(project: Project) -> None:
    text = new_chapter(project, "11-visual-cortex").read_text(encoding="utf-8")
    assert "title: Visual cortex\n" in text
    assert "{{ network.parameters }}" in text
    assert "{{ claim " in text
    assert "](../figures/confusion.svg " in text
