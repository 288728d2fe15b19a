"""Another network in `tiny_cnn.py`: all but the author's own sentences follows, in the browser too."""

import re
from pathlib import Path

import numpy as np
import pytest

from genfigs.network.tiny_cnn import network
from tests.alternatives.networks import LISTINGS
from tests.alternatives.project import CHAPTER, PROSE, Project, lines_at_fault, rewrite
from tests.browser.conftest import Watched
from tests.browser.test_scroll import visited

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def caches() -> list[Path]:
    """Return the caches of the projects built so far: the digits are the same for every network."""
    return []


@pytest.fixture(scope="module", params=LISTINGS)
def project(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, caches: list[Path]
) -> Project:
    """Return a project with another network and its figures."""
    root = tmp_path_factory.mktemp("alternative") / "project"
    project = Project(root, LISTINGS[request.param], *caches[-1:])
    project.build_figures()
    caches.append(project.cache)
    return project


def test_prose_about_what_is_gone_stops_the_build_with_page_and_line_and_other_prose_does_not(
    project: Project,
) -> None:
    faults = lines_at_fault(PROSE, project.manifest)
    assert bool(faults) == (project.stages != [stage.name for stage in network.stages])
    result = project.build_site(PROSE)
    said = result.stdout + result.stderr
    lines = {int(line) for line in re.findall(rf"{re.escape(CHAPTER)}:(\d+): ", said)}
    assert (result.returncode != 0) == bool(faults), said
    assert bool(lines) == bool(faults), said
    assert lines <= faults
    assert "Traceback" not in said


def test_with_prose_about_its_own_stages_the_site_is_green_and_scrolls_through_them_in_order(
    project: Project, watched: Watched
) -> None:
    result = project.build_site(rewrite(PROSE, project.manifest))
    assert result.returncode == 0, result.stderr
    project.run("genfigs", "check", str(project.site))
    watched.page.goto(project.page)
    watched.page.wait_for_selector(".player")
    assert visited(watched.page, +1) == project.stages
    assert visited(watched.page, -1) == project.stages[::-1]
    assert watched.complaints == []


def test_the_browser_computes_for_every_sample_digit_the_probabilities_of_the_trained_network(
    project: Project, watched: Watched
) -> None:
    module = project.root / "docs" / "assets" / "js" / "network.js"
    page = watched.page
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html>"))
    page.route("**/network.js", lambda route: route.fulfill(path=module))
    page.goto("http://modules.invalid/")
    script = """async ([data, images]) => {
        const { bytesOf, readNetwork, trace } = await import("/network.js");
        const network = readNetwork(data);
        return images.map((image) => [...Object.values(trace(network, bytesOf(image))).at(-1).values]);
    }"""
    samples = project.read("digits.json")["samples"]
    images = [sample["image"] for sample in samples]
    theirs = page.evaluate(script, [project.read("network.json"), images])
    np.testing.assert_allclose(theirs, [sample["probabilities"] for sample in samples], rtol=0, atol=1e-5)
