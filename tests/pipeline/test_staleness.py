"""A task runs if and only if something it depends on changed."""

import json
import os
from collections.abc import Callable

import pytest
from miniature import Project

FIGURES = {"figure/alpha", "figure/beta", "figure/pair-input", "figure/pair-dense"}
DRAWN = FIGURES | {"exports"}
TESTED = DRAWN | {"samples", "experiment/counting"}

CHANGES: dict[str, tuple[Callable[[Project], object], set[str]]] = {
    "nothing": (lambda p: None, set()),
    "a file's date": (lambda p: os.utime(p.root / "genfigs/figures/alpha.py"), set()),
    "prose": (lambda p: p.append("docs/index.md", "More.\n"), set()),
    "a figure's code": (lambda p: p.append("genfigs/figures/alpha.py", "\nA = 1\n"), {"figure/alpha"}),
    "a helper imported in a function": (
        lambda p: p.edit("genfigs/figures/_shades.py", "grey", "black"),
        {"figure/alpha"},
    ),
    "a family's code": (
        lambda p: p.append("genfigs/figures/pair.py", "\nA = 1\n"),
        {"figure/pair-input", "figure/pair-dense"},
    ),
    "a new figure": (
        lambda p: (p.root / "genfigs/figures/delta_two.py").write_text(
            "from genfigs.figures import Figure\ndef draw(results, name):\n    return Figure('d', 'd')\n"
        ),
        {"figure/delta-two"},
    ),
    "a scene's code": (
        lambda p: p.append("genfigs/scenes/forward_pass.py", "\n# why\n"),
        {"exports"},
    ),
    "a new scene": (
        lambda p: (p.root / "genfigs/scenes/first_look.py").write_text(
            "from genfigs.scenes import Scene\ndef first_look(network):\n    return Scene('first-look', ())\n"
        ),
        {"exports"},
    ),
    "the writers": (lambda p: p.append("genfigs/writers/__init__.py", "\nA = 1\n"), DRAWN | {"script"}),
    "data beside the code": (
        lambda p: (p.root / "genfigs/writers/palette.json").write_text("{}"),
        DRAWN | {"script"},
    ),
    "training code, same parameters": (
        lambda p: p.append("genfigs/network/training.py", "\n# why\n"),
        {"train"},
    ),
    "training code, other parameters": (
        lambda p: p.edit("genfigs/network/training.py", "SCALE = 1.0", "SCALE = 1.01"),
        {"train"} | TESTED,
    ),
    "the network": (
        lambda p: p.append("genfigs/network/tiny_cnn.py", "\n# why\n"),
        {"train"} | TESTED,
    ),
    "an experiment, other value": (
        lambda p: p.edit("genfigs/experiments/counting.py", "len(", "1 + len("),
        {"experiment/counting", "figure/beta"},
    ),
    "an experiment, same value": (
        lambda p: p.append("genfigs/experiments/counting.py", "\n# why\n"),
        {"experiment/counting"},
    ),
    "a library": (
        lambda p: p.edit("inkwell-1.0.dist-info/METADATA", "Version: 1.0", "Version: 1.1"),
        {"figure/alpha"},
    ),
    "a library that nothing imports": (
        lambda p: (p.root / "paperclip-1.0.dist-info").mkdir(),
        set(),
    ),
    "a file that nothing imports": (
        lambda p: (p.root / "genfigs/figures/_unused.py").write_text("A = 1\n"),
        set(),
    ),
    "the page's script": (lambda p: p.append("docs/assets/js/one.js", "1;\n"), {"script"}),
    "the theme": (lambda p: p.edit("genfigs/theme.py", "#c8401a", "#000000"), {"tokens"}),
    "a deleted output": (lambda p: (p.out / "alpha.png").unlink(), set()),
    "an altered output": (lambda p: (p.out / "alpha.png").write_bytes(b"?"), set()),
    "a deleted manifest": (lambda p: (p.out / "manifest.json").unlink(), set()),
    "a deleted result": (lambda p: (p.tasks / "figure/alpha/png").unlink(), {"figure/alpha"}),
    "an altered result": (lambda p: (p.tasks / "figure/alpha/png").write_bytes(b"?"), {"figure/alpha"}),
    "lost parameters": (lambda p: (p.tasks / "train/params.npz").unlink(), {"train"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_rebuilt_and_nothing_else(project: Project, change: str) -> None:
    act, expected = CHANGES[change]
    act(project)
    assert project.build() == expected
    assert project.build() == set()


@pytest.mark.parametrize(
    "change",
    ["a deleted output", "an altered output", "a deleted manifest", "an altered result", "lost parameters"],
)
def test_a_damaged_file_comes_back_as_it_was(project: Project, change: str) -> None:
    before = project.outputs()
    CHANGES[change][0](project)
    project.build()
    assert project.outputs() == before


@pytest.mark.parametrize("option", [("--seed", "7"), ("--quick",)])
def test_another_seed_or_a_preview_has_its_own_cache(project: Project, option: tuple[str, ...]) -> None:
    before = project.outputs()
    assert {"data", "train"} | TESTED <= project.build(*option)
    assert project.outputs() != before
    assert project.build() == set()
    assert project.outputs() == before
    assert project.build(*option) == set()


def test_a_changed_file_in_a_data_folder_is_noticed(project: Project) -> None:
    folder = project.root / "images"
    folder.mkdir()
    (folder / "digits").write_bytes(b"123")
    assert "data" in project.build("--data", "images")
    assert project.build("--data", "images") == set()
    (folder / "digits").write_bytes(b"1234")
    assert {"data", "train"} <= project.build("--data", "images")


def test_a_removed_figure_takes_its_files_with_it(project: Project) -> None:
    (project.root / "genfigs/figures/alpha.py").unlink()
    (project.out / "kept.txt").write_text("mine")
    assert project.build() == set()
    assert not list(project.out.glob("alpha.*"))
    assert (project.out / "kept.txt").exists()


def test_only_the_figures_named_are_built(project: Project) -> None:
    project.append("genfigs/writers/__init__.py", "\nA = 1\n")
    assert project.build("alpha") == {"figure/alpha", "exports", "script"}
    assert project.build() == FIGURES - {"figure/alpha"}


def test_a_figure_not_asked_for_keeps_its_entry_only_with_its_files(project: Project) -> None:
    (project.out / "beta.png").unlink()
    project.build("alpha", "--quick")
    figures = json.loads((project.out / "manifest.json").read_text())["figures"]
    assert set(figures) == {"alpha", "pair-input", "pair-dense"}


def test_jobs_and_hash_seed_leave_no_trace(built_once: Project, new_project: Project) -> None:
    new_project.run("build", "--jobs", "1", PYTHONHASHSEED="7")
    assert new_project.outputs() == built_once.outputs()
