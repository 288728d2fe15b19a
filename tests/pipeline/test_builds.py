"""Never a false green, never half-written: failures, kills, locks, damage and full disks."""

import errno
import os
import random
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from miniature import Project, wait_until

from genfigs.pipeline.files import OutputError, write

MANIFEST = "docs/figures/manifest.json"
BROKEN = {
    "raises": ("    from", "    1 / 0\n    from", "ZeroDivisionError"),
    "does not compile": ("return Figure(", "return Figure((", "'(' was never closed"),
    "misses a module": ("import inkwell", "import inkwel", "inkwel"),
    "asks for an unknown value": (
        "{SHADE} ",
        "{results.values['counting.totl']}",
        "did you mean `counting.total`?",
    ),
    "kills its process": ("    from", "    import os\n    os.kill(os.getpid(), 9)\n    from", "killed"),
    "says too much": ("    from", "    raise ValueError('line\\n' * 99)\n    from", "ValueError: line"),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_broken_figure_fails_every_build_until_it_is_fixed(project: Project, mistake: str) -> None:
    old, new, expected = BROKEN[mistake]
    before = project.outputs()
    project.edit("genfigs/figures/alpha.py", old, new)
    project.edit("genfigs/figures/pair.py", "{stage} ", "{stage}: ")
    for _ in range(2):
        message = project.fail("build", "--jobs", "2").partition("error: ")[2]
        assert "figure/alpha failed: " in message
        assert "genfigs/figures/alpha.py:" in message or mistake == "kills its process"
        assert expected in message
        assert len(message.splitlines()) <= 10
    after = project.outputs()
    assert after["docs/figures/alpha.png"] == before["docs/figures/alpha.png"]
    assert after["docs/figures/pair-input.png"].startswith(b"input: ")
    project.edit("genfigs/figures/alpha.py", new, old)
    project.build()


def test_a_broken_family_keeps_its_figures(project: Project) -> None:
    project.edit("genfigs/figures/pair.py", "def names(stages):", "def names(stages):\n    1 / 0")
    message = project.fail("build")
    assert "genfigs/figures/pair.py:7: 1 / 0" in message
    assert (project.out / "pair-input.png").exists()


def test_a_scene_that_does_not_compile_is_no_scene_less(project: Project) -> None:
    project.edit("genfigs/scenes/forward_pass.py", "return Scene(", "return Scene((")
    for _ in range(2):
        assert "exports failed: genfigs/scenes/forward_pass.py:" in project.fail("build")
    assert (project.out / "forward-pass.json").exists()


def test_what_needs_a_failed_task_is_named_and_left_alone(project: Project) -> None:
    before = project.outputs()
    project.edit("genfigs/network/training.py", "    images, labels", "    1 / 0\n    images, labels")
    message = project.fail("build")
    assert "train failed: genfigs/network/training.py:" in message
    assert "not built, for they need the above: samples, " in message
    assert set(project.errors()) == {"alpha", "beta", "pair-input", "pair-dense"}
    assert project.errors()["beta"].startswith("it needs `train`, which failed\ngenfigs/network/training.py:")
    assert project.outputs() | {MANIFEST: b""} == before | {MANIFEST: b""}


def test_the_manifest_tells_what_is_wrong_with_a_figure_until_a_build_ends_it(project: Project) -> None:
    before = project.outputs()[MANIFEST]
    old, new, _ = BROKEN["raises"]
    project.edit("genfigs/figures/alpha.py", old, new)
    project.fail("build")
    assert re.fullmatch(
        r"genfigs/figures/alpha.py:\d+: 1 / 0\nZeroDivisionError: division by zero", project.errors()["alpha"]
    )
    project.build("beta")
    assert set(project.errors()) == {"alpha"}
    project.edit("genfigs/figures/alpha.py", new, old)
    project.build()
    assert project.outputs()[MANIFEST] == before


def test_a_figure_that_was_never_drawn_is_told_of_without_a_file(project: Project) -> None:
    (project.root / "genfigs/figures/gamma.py").write_text(
        "def draw(results, name):\n    open('/no/such/file')\n"
    )
    project.fail("build")
    assert project.manifest()["figures"]["gamma"] == {
        "alt": "",
        "caption": "",
        "error": "genfigs/figures/gamma.py:2: open('file')\n"
        "FileNotFoundError: [Errno 2] No such file or directory: 'file'",
        "files": {},
        "height": 0,
        "seconds": 0.0,
        "source": {"file": "genfigs/figures/gamma.py", "line": 1},
        "table": [],
        "width": 0,
    }
    (project.root / "genfigs/figures/gamma.py").unlink()
    project.build()
    assert "gamma" not in project.manifest()["figures"]


def test_two_modules_may_not_claim_one_figure(project: Project) -> None:
    (project.root / "genfigs/figures/pair_input.py").write_text("def draw(results, name):\n    return None\n")
    message = project.fail("build")
    assert "`pair-input` must be drawn by one module; got genfigs/figures/pair.py and" in message


@pytest.mark.parametrize("seed", range(10))
def test_a_build_killed_at_any_of_five_moments_is_mended_by_the_next(
    project: Project, built_once: Project, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(5):
        project.append("genfigs/errors.py", "\n# every task runs again\n")
        process = project.start()
        time.sleep(chance.uniform(0.05, 1.5))
        kill = os.killpg if chance.random() < 0.5 else os.kill  # with its workers, or alone
        kill(process.pid, signal.SIGKILL)
        process.communicate()
    project.build()
    assert project.outputs() == built_once.outputs()
    assert not list(project.root.rglob("*.part"))


def test_a_finished_training_survives_a_kill_and_no_worker_outlives_it(new_project: Project) -> None:
    new_project.hold("beta")
    process = new_project.start()
    new_project.wait_for("beta")
    process.kill()
    process.communicate()
    wait_until(lambda: not processes_in(new_project.root))
    new_project.release("beta")
    assert new_project.build() & {"data", "train", "samples", "figure/beta"} == {"figure/beta"}


def processes_in(folder: Path) -> list[str]:
    """Return the processes that work in `folder`, by what the kernel says."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            found += [entry.parent.name] if entry.readlink() == folder else []
        except OSError:
            continue
    return found


def test_ctrl_c_says_one_line_and_leaves_earlier_outputs_alone(project: Project) -> None:
    before = project.outputs()
    project.append("genfigs/writers/__init__.py", "\nA = 1\n")
    project.edit("genfigs/figures/pair.py", "{stage} ", "{stage}: ")
    project.hold("beta")
    process = project.start()
    project.wait_for("beta")
    project.interrupt(process)
    assert project.outputs() == before


def test_of_two_builds_at_once_the_second_waits_and_says_so(project: Project) -> None:
    project.append("genfigs/figures/beta.py", "\nA = 1\n")
    project.hold("beta")
    first = project.start()
    project.wait_for("beta")
    second = project.start()
    assert second.stderr is not None
    assert "another build is running" in second.stderr.readline()
    project.release("beta")
    assert first.wait(60) == 0
    assert second.wait(60) == 0
    assert "done" not in second.communicate()[1]
    first.communicate()


DAMAGED = [
    "catalogue.json",
    "last.json",
    "handwriting-0/train/receipt.json",
    "handwriting-0/train/params.npz",
]


@pytest.mark.parametrize(
    "garbage", [b"", b"\x00\xff{", b"[]", b'{"inputs": 1, "scans": [], "families": {"a": 2}}']
)
def test_a_damaged_cache_repairs_itself(project: Project, garbage: bytes) -> None:
    before = project.outputs()
    for name in DAMAGED:
        (project.cache / name).write_bytes(garbage)
    project.build()
    assert project.outputs() == before
    assert project.build() == set()


@pytest.mark.parametrize("garbage", ["", "[]", '{"figures": []}', '{"figures": {"alpha": {"files": 3}}}'])
def test_a_damaged_manifest_is_written_anew(project: Project, garbage: str) -> None:
    before = project.outputs()
    (project.out / "manifest.json").write_text(garbage)
    assert project.build() == set()
    assert project.outputs() == before


def test_files_and_folders_in_each_others_place_are_put_right(project: Project) -> None:
    before = project.outputs()
    result = project.tasks / "figure" / "alpha" / "png"
    result.unlink()
    result.mkdir()
    project.build()
    assert project.outputs() == before
    project.run("clean")
    project.cache.write_text("not a folder")
    project.build()
    assert project.outputs() == before


def test_an_output_folder_that_cannot_be_written_is_named_with_the_remedy(project: Project) -> None:
    (project.root / "file").write_text("")
    message = project.fail("build", "--out", "file/figures")
    assert "file/figures" in message
    assert "one of its parents is a file" in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_failed_write_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    target = tmp_path / "picture.svg"
    write(target, b"before")

    def refuse(path: Path, content: bytes) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(OutputError, match=r"`.*picture\.svg` must be writable; .*(space|--out)"):
        write(target, b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["picture.svg"]
    assert target.read_bytes() == b"before"


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """Mount a disk of the kind `options` asks for on `folder` while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() or os.system(f"mount -t tmpfs -o {options} none {folder} 2>/dev/null"):
        pytest.skip("only root may mount a small disk, and not on every machine")
    try:
        yield folder
    finally:
        os.system(f"umount {folder}")


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ("size=16k", "the disk is full; free some space and build again"),
        ("ro", "the disk is read-only; choose another folder with `--out`"),
    ],
)
def test_a_disk_without_room_for_figures_is_a_clear_message(
    project: Project, tmp_path: Path, options: str, remedy: str
) -> None:
    with small_disk(tmp_path / "disk", options) as disk:
        assert remedy in project.fail("build", "--out", str(disk))


def test_a_full_disk_under_the_cache_is_a_clear_message_and_no_loss(new_project: Project) -> None:
    with small_disk(new_project.cache, "size=40k"):
        message = new_project.fail("build").partition("error: ")[2]
    assert "the disk is full; free some space and build again" in message
    assert len(message.splitlines()) <= 10
    new_project.build()
