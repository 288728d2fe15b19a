"""Each figure says how it was made; the finished site says nothing that the next build would say otherwise."""

import gzip
import json
import shutil

import pytest
from lxml import html
from site_book import manifest, render, scrolly, write_book

from genfigs.errors import UserError
from genfigs.site.check import check_site
from genfigs.site.finishing import finish_site

SENTENCE = (
    "Drawn by genfigs/figures/drawing.py:12 from the data handwriting (SHA-256 0123456789ab…), seed 0. It took 0.5 s."
)


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    return write_book(tmp_path_factory.mktemp("book"), {})


def sentences(text):
    return [line.text_content() for line in html.fromstring(text).xpath("//p[@class='made']")]


def test_the_caption_of_a_figure_says_how_it_was_made(docs):
    text = render(docs, "![Kernels](../figures/kernels.svg)")
    assert sentences(text) == [SENTENCE]
    assert html.fromstring(text).xpath("//details/summary/text()") == ["How this was made"]


def test_each_stage_says_how_its_pictures_were_made(docs):
    assert sentences(render(docs, scrolly())) == [SENTENCE] * 4


def test_the_code_is_a_link_where_the_project_says_where_it_is_shown(docs):
    text = render(docs, "![Kernels](../figures/kernels.svg)", source_url="https://code.example/blob/main/")
    links = html.fromstring(text).xpath("//p[@class='made']/a/@href")
    assert links == ["https://code.example/blob/main/genfigs/figures/drawing.py#L12"]


def test_a_preview_is_called_one(tmp_path):
    data = manifest()
    data["figures"]["kernels"]["parameters"] |= {"quick": True, "seed": 7}
    text = render(write_book(tmp_path, {}, data), "![Kernels](../figures/kernels.svg)")
    assert "seed 7, as a quick preview." in sentences(text)[0]


def test_a_manifest_that_knows_no_origins_still_serves(tmp_path):
    data = manifest()
    for key in ("source", "parameters", "seconds"):
        del data["figures"]["kernels"][key]
    assert sentences(render(write_book(tmp_path, {}, data), "![Kernels](../figures/kernels.svg)")) == []


def test_a_finished_site_says_nothing_of_clocks(finished):
    page = (finished / "chapters" / "10-convolutional-networks.html").read_text(encoding="utf-8")
    assert sentences(page)
    assert "It took" not in page
    figures = json.loads((finished / "figures" / "manifest.json").read_text(encoding="utf-8"))["figures"]
    assert {figure["seconds"] for figure in figures.values()} == {None}
    assert "lastmod" not in (finished / "sitemap.xml").read_text(encoding="utf-8")
    assert gzip.decompress((finished / "sitemap.xml.gz").read_bytes()) == (finished / "sitemap.xml").read_bytes()


def test_the_sign_after_a_heading_is_neither_read_out_nor_a_stop_of_the_tab_key(finished):
    page = html.parse(str(finished / "chapters" / "10-convolutional-networks.html")).getroot()
    signs = page.xpath("//a[contains(@class, 'headerlink')]")
    assert signs
    assert {(sign.get("aria-hidden"), sign.get("tabindex")) for sign in signs} == {("true", "-1")}


def test_search_does_not_find_how_figures_were_made(sites):
    for site in sites.values():
        (index,) = site.rglob("search*.json")
        assert "Drawn by" not in index.read_text(encoding="utf-8")


def test_a_finished_site_passes_the_check_and_stays_as_it_is(finished):
    before = {path: path.stat().st_mtime_ns for path in finished.rglob("*")}
    finish_site(finished)
    assert {path: path.stat().st_mtime_ns for path in finished.rglob("*")} == before
    assert check_site(finished) == []


def test_only_a_built_site_can_be_finished(tmp_path):
    with pytest.raises(UserError, match="`SITE` must be a built site"):
        finish_site(tmp_path)
