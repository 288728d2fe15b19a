"""The README and what stands beside it keep their word: tables are measured, files exist, versions agree."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.bench.table import BLOCK, current, markdown

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_is_the_one_of_the_measurements() -> None:
    found = BLOCK.search(README)
    assert found
    assert found.group() == current()


def test_the_table_shows_the_own_row_first_and_the_peers_by_name() -> None:
    peers = {"columns": ["seo", "cls"], "pages": {"B": [90, 0.04], "A": [64, "≥ 1"]}}
    bench = {"lighthouse": {"10-convolutional-networks.seo": 100.0, "10-convolutional-networks.cls": 0}}
    assert markdown(bench, peers).splitlines()[2:] == [
        "| **this chapter** | **100** | **0** |",
        "| A | 64 | ≥ 1 |",
        "| B | 90 | 0.04 |",
    ]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_to_files(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#|\.\./figures)([^)#\s]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_session_that_is_named_exists() -> None:
    code = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    named = re.findall(r'^@nox\.session(?:\(name="(\w+)"\))?\ndef (\w+)', code, re.MULTILINE)
    sessions = {name or function for name, function in named}
    pages = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"nox -s (\w+)", pages)) <= sessions


def test_the_citation_is_of_this_version_and_by_the_same_authors_as_the_chapter_s() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    chapter = (ROOT / "docs" / "chapters" / "10-convolutional-networks.md").read_text(encoding="utf-8")
    assert citation["version"] == project["version"]
    book = citation["preferred-citation"]
    assert f"booktitle = {{{book['title']}}}" in chapter
    assert f"author    = {{{{{book['authors'][0]['name']}}}}}" in chapter
    assert f"year      = {{{book['year']}}}" in chapter
