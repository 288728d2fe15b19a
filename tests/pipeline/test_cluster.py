"""A build on a Dask cluster is the build on this machine, whatever happens to the workers."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dask_cluster import Cluster, running
from miniature import PACKAGE, Project, wait_until
from test_builds import processes_in

from genfigs.pipeline import station
from genfigs.pipeline.files import fingerprint
from genfigs.pipeline.job import Failure, Job
from genfigs.pipeline.station import code, disagreement, installed


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Yield a cluster that lives as long as all tests that do it no harm."""
    with running(tmp_path_factory.mktemp("cluster") / "dask") as cluster:
        yield cluster


def test_a_worker_killed_midway_changes_nothing(
    new_project: Project, built_once: Project, tmp_path: Path
) -> None:
    new_project.hold("beta")
    with running(tmp_path / "dask") as cluster:
        build = new_project.start("--scheduler", cluster.address)
        new_project.wait_for("beta")
        reached = new_project.root / "reached-beta"
        wait_until(lambda: reached.read_text() != "")
        cluster.worker_of(int(reached.read_text())).kill()
        new_project.release("beta")
        output, errors = build.communicate(timeout=60)
    assert build.returncode == 0, errors
    assert output.startswith("tasks run: 11, ")
    assert "train: epoch 5 of 5: loss 0.2" in errors
    assert new_project.outputs() == built_once.outputs()
    assert new_project.build() == set()


def test_an_edit_between_two_builds_takes_effect(project: Project, cluster: Cluster) -> None:
    for shade in ("black", "blue", "grey"):
        project.edit(
            "genfigs/writers/__init__.py", "{figure.picture}</svg>", f"{{figure.picture}}</svg><!--{shade}-->"
        )
        assert "figure/alpha" in project.build("--scheduler", cluster.address)
        assert f"<!--{shade}-->" in (project.out / "alpha.light.svg").read_text()
    project.edit("genfigs/figures/_shades.py", "grey", "white")
    assert project.build("--scheduler", cluster.address) == {"figure/alpha"}
    assert (project.out / "alpha.png").read_text().startswith("white")


def test_no_process_of_a_build_outlives_it(project: Project, cluster: Cluster) -> None:
    project.append("genfigs/figures/alpha.py", "\nA = 1\n")
    project.build("--scheduler", cluster.address)
    wait_until(lambda: not processes_in(project.root))
    assert not (project.cache / "cluster").exists()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    from", "    1 / 0\n    from", "genfigs/figures/alpha.py:9: 1 / 0"),
        ("    from", "    import os\n    os.kill(os.getpid(), 9)\n    from", "its process was killed"),
        ("    from", "    print('noise', input())\n    from", "EOFError"),
    ],
)
def test_a_broken_figure_is_told_as_it_is_here(
    project: Project, cluster: Cluster, old: str, new: str, expected: str
) -> None:
    project.edit("genfigs/figures/alpha.py", old, new)
    message = project.fail("build", "--scheduler", cluster.address)
    assert "figure/alpha failed: " in message
    assert expected in message


def test_ctrl_c_calls_everything_back(project: Project, cluster: Cluster) -> None:
    before = project.outputs()
    project.append("genfigs/writers/__init__.py", "\nA = 1\n")
    project.hold("beta")
    build = project.start("--scheduler", cluster.address)
    project.wait_for("beta")
    project.interrupt(build)
    assert project.outputs() == before
    wait_until(lambda: not processes_in(project.root))
    project.release("beta")
    assert "figure/beta" in project.build("--scheduler", cluster.address)


def test_evaluate_trains_on_the_cluster_too(new_project: Project, cluster: Cluster) -> None:
    (new_project.root / "digits").mkdir()
    result = new_project.run("evaluate", "digits", "--scheduler", cluster.address)
    assert "train: done" in result.stderr
    assert "accuracy 100.00% on 20 images" in result.stdout


def be_impatient(project: Project) -> None:
    """Let the project's builds wait for a cluster no longer than three seconds."""
    project.edit("genfigs/pipeline/cluster.py", "PATIENCE = 10 ", "PATIENCE = 3 ")


def test_a_cluster_that_ends_is_a_clear_message(project: Project, tmp_path: Path) -> None:
    be_impatient(project)
    project.append("genfigs/figures/beta.py", "\nA = 1\n")
    project.hold("beta")
    with running(tmp_path / "dask") as cluster:
        build = project.start("--scheduler", cluster.address)
        project.wait_for("beta")
    _, errors = build.communicate(timeout=60)
    assert build.returncode == 1
    assert "Traceback" not in errors
    assert "error: `--scheduler` must lead to a cluster that stays up; got " in errors


def test_a_scheduler_without_workers_is_a_clear_message(new_project: Project, tmp_path: Path) -> None:
    be_impatient(new_project)
    with running(tmp_path / "dask", workers=0) as cluster:
        message = new_project.fail("build", "--scheduler", cluster.address)
    assert f"`--scheduler` must lead to workers; got none at {cluster.address}; start some" in message


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("tcp://127.0.0.1:9", "the address of a running Dask scheduler"),
        ("nonsense://x", "an address such as `tcp://"),
        ("tcp://127.0.0.1", "an address such as `tcp://"),
    ],
)
def test_an_address_without_a_scheduler_is_a_clear_message(
    new_project: Project, address: str, rule: str
) -> None:
    be_impatient(new_project)
    message = new_project.fail("build", "--scheduler", address)
    assert message.startswith(f"error: `--scheduler` must be {rule}")
    assert len(message.splitlines()) == 1


def test_without_the_extra_the_remedy_is_named(new_project: Project) -> None:
    (new_project.root / "distributed.py").write_text("raise ModuleNotFoundError('distributed')\n")
    message = new_project.fail("build", "--scheduler", "tcp://127.0.0.1:9")
    assert message.endswith("; got an installation without it; run `pip install 'genfigs[cluster]'`\n")
    assert len(message.splitlines()) == 1


MISFITS = {
    "another folder of that name": ({"name": "other"}, "it does not see the folder "),
    "no folder": ({"mark": Path("nowhere/cluster")}, "it does not see the folder nowhere"),
    "other code": ({"hashes": {"genfigs/theme.py": "0"}}, "it has another genfigs/"),
    "another library": ({"versions": {"Python": "2.7"}}, "it has Python 3."),
    "none": ({}, ""),
}


@pytest.mark.parametrize("misfit", MISFITS)
def test_a_worker_that_does_not_fit_says_why(tmp_path: Path, misfit: str) -> None:
    mark = tmp_path / "cluster"
    mark.write_text("build")
    hashes = {path: fingerprint((PACKAGE.parent / path).read_bytes()) for path in code(PACKAGE)}
    fitting = {"mark": mark, "name": "build", "hashes": hashes, "versions": {"Python": installed("Python")}}
    change, expected = MISFITS[misfit]
    answer = disagreement(**{**fitting, **change})
    assert answer.startswith(expected)
    assert bool(answer) == bool(change)


OTHER_CODE = """
import sys
from genfigs.pipeline.cluster import Cluster
from genfigs.pipeline.project import Project
from genfigs.pipeline.sources import read_sources
project = Project.find()
sources = read_sources(project.package, None)
sources.hashes["genfigs/theme.py"] = "other"
with Cluster(sys.argv[1], None, project, sources):
    pass
"""


def test_workers_that_do_not_fit_end_the_build(project: Project, cluster: Cluster) -> None:
    command = [sys.executable, "-c", OTHER_CODE, cluster.address]
    run = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert re.search(
        r"UserError: `--scheduler` must .*; got tcp://\S+, but it has another genfigs/theme.py; ", run.stderr
    )
    assert project.build("--scheduler", cluster.address) == set()


def test_what_a_job_reads_is_waited_for(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shared folder may show late what another machine wrote."""
    monkeypatch.setattr(station, "LAG", 0.2)
    job = Job("figure/x", "x", "none", project.tasks, {}, {"result of train": "another"})
    failure = station.attempt_there(job)
    assert isinstance(failure, Failure)
    assert failure.message.startswith("the worker does not see the result of train within")
