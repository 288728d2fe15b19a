"""One project, built once by each site generator."""

import shutil

import pytest
from site_book import generate, write_project

from genfigs.site.finishing import finish_site


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """Build the project with each generator; give the folder of each site."""
    folders = {}
    for engine in ("mkdocs", "zensical"):
        root = write_project(tmp_path_factory.mktemp(engine))
        run = generate(root, engine, "build", "--strict")
        assert run.returncode == 0, run.stdout + run.stderr
        folders[engine] = root / "site"
    return folders


@pytest.fixture(params=["mkdocs", "zensical"])
def built_site(request, sites):
    """Give the site of one generator after the other."""
    return sites[request.param]


@pytest.fixture
def finished(built_site, tmp_path):
    """Give a finished copy that a test may do anything to."""
    shutil.copytree(built_site, tmp_path / "site")
    finish_site(tmp_path / "site")
    return tmp_path / "site"
