"""`list`, `evaluate`, `clean`, and the speed of doing nothing, on a project in miniature."""

import json
import os
import pty
import subprocess
import sys

import pytest
from miniature import Project

WATCHED = """
import sys
from genfigs.__main__ import main
sys.argv = ["genfigs", "build"]
main()
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def test_a_build_with_nothing_to_do_imports_nothing_heavy(project: Project) -> None:
    result = subprocess.run(
        [sys.executable, "-c", WATCHED], cwd=project.root, capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("up to date: 4 figures in docs/figures (handwriting, seed 0)")
    heavy = {
        "jax",
        "matplotlib",
        "numpy",
        "rich",
        "filelock",
        "multiprocessing",
        "concurrent",
        "asyncio",
        "distributed",
    }
    assert not heavy & set(result.stderr.split())


def rows(project: Project, *arguments: str) -> dict[str, dict[str, object]]:
    result = project.run("list", "--json", *arguments)
    assert result.returncode == 0, result.stderr
    return {row["name"]: row for row in json.loads(result.stdout)}


def test_the_list_tells_fresh_from_stale_and_why(project: Project) -> None:
    assert {row["state"] for row in rows(project).values()} == {"fresh"}
    assert rows(project)["alpha"]["files"] == ["alpha.light.svg", "alpha.png"]
    project.edit("genfigs/figures/_shades.py", "grey", "black")
    (project.out / "beta.png").unlink()
    listed = rows(project)
    assert listed["alpha"]["reason"] == "`genfigs/figures/_shades.py` changed"
    assert listed["beta"]["reason"] == "beta.png is deleted"
    assert listed["pair-input"]["state"] == "fresh"
    (project.root / "genfigs/network/training.py").write_text("SCALE = 2\n")
    assert rows(project)["pair-input"]["reason"].startswith("train is stale: ")


def test_the_list_speaks_of_the_last_build_unless_told_otherwise(project: Project) -> None:
    project.build("--quick")
    assert {row["state"] for row in rows(project).values()} == {"fresh"}
    assert rows(project, "--full")["beta"]["reason"] == "beta.light.svg is not the current one"
    text = project.run("list").stdout
    assert len(text.splitlines()) == 4
    assert "alpha       fresh  2 files" in text


def test_a_project_never_built_lists_its_figures_as_stale(new_project: Project) -> None:
    listed = rows(new_project)
    assert listed["alpha"]["reason"] == "never built"
    assert listed["alpha"]["bytes"] == 0
    assert listed["alpha"]["seconds"] is None


def test_evaluate_trains_first_and_prints_json_or_a_table(new_project: Project) -> None:
    (new_project.root / "digits").mkdir()
    result = new_project.run("evaluate", "digits", "--json")
    answer = json.loads(result.stdout)
    assert answer["accuracy"] == 1.0
    assert answer["count"] == sum(map(sum, answer["confusion"])) == 20
    assert "train: done" in result.stderr
    table = new_project.run("evaluate", "digits")
    assert "train" not in table.stderr
    assert "accuracy 100.00% on 20 images" in table.stdout


def test_evaluate_complains_about_the_folder_before_it_trains(new_project: Project) -> None:
    message = new_project.fail("evaluate", "nowhere")
    assert message == "error: `PATH` must be a folder of IDX files; got `nowhere`; name one\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["build", "alpah"], "`FIGURE` must name a figure; got `alpah`; did you mean `alpha`?"),
        (
            ["build", "--data", "handwritin"],
            "data failed: `data` must be a known source or a folder; got `handwritin`",
        ),
        (["build", "--data", "handwritin"], "did you mean `handwriting`?"),
        (["build", "--seed", "many"], "many"),
        (["build", "--jobs", "0"], "0"),
        (["bild"], "build"),
        (["new", "chapter", "Bad Slug"], "`SLUG` must be lower-case words joined by hyphens; got `Bad Slug`"),
        (["new", "figure", "3d"], "`NAME` must be"),
        (["new", "figure", "alpha"], "`genfigs/figures/alpha.py` must not exist yet"),
    ],
)
def test_a_mistake_is_answered_with_one_message_and_leaves_outputs_alone(
    project: Project, arguments: list[str], expected: str
) -> None:
    before = project.outputs()
    assert expected in project.fail(*arguments)
    assert project.outputs() == before
    assert project.build() == set()


def test_a_terminal_gets_bars_and_one_line_for_each_finished_task(new_project: Project) -> None:
    terminal, end = pty.openpty()
    arguments = new_project.command("build")
    process = subprocess.Popen(arguments, cwd=new_project.root, stderr=end, stdout=subprocess.PIPE)
    os.close(end)
    shown = b""
    while chunk := read_rest(terminal):
        shown += chunk
    os.close(terminal)
    assert process.communicate()[0].startswith(b"tasks run: 11, files written: ")
    assert b"\x1b[" in shown
    assert shown.count(b": done in") == 11
    assert b"stale (" not in shown


def read_rest(terminal: int) -> bytes:
    """Return what is left to read; nothing when the other end is closed."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


def test_clean_removes_what_was_generated_and_nothing_else(project: Project) -> None:
    project.run("clean")
    assert project.outputs() == {"docs/assets/js/one.js": b"export const one = 1;\n"}
    assert not project.cache.exists()
    assert (project.root / "docs/index.md").exists()


def test_a_command_outside_any_project_uses_the_one_it_belongs_to(project: Project) -> None:
    inside = project.root / "docs" / "assets"
    code = f"import sys; sys.path.insert(0, {str(project.root)!r}); sys.argv = ['genfigs', 'build']"
    for folder in (inside, project.root.parent):
        result = subprocess.run(
            [sys.executable, "-c", f"{code}; from genfigs.__main__ import main; main()"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        assert result.stdout.startswith("up to date: ")
