"""Projects in miniature, built and new."""

import shutil
from pathlib import Path

import pytest
from miniature import Project, make_project


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a built project that no test may change."""
    project = make_project(tmp_path_factory.mktemp("built") / "project")
    project.build()
    return project


@pytest.fixture
def project(built_once: Project, tmp_path: Path) -> Project:
    """Return a built project of the test's own; that it is current although it moved is a promise too."""
    shutil.copytree(built_once.root, tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.fixture
def new_project(tmp_path: Path) -> Project:
    """Return a project that was never built."""
    return make_project(tmp_path / "project")
