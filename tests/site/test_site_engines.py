"""MkDocs and Zensical build the same book from the same configuration, and report the same mistakes."""

import json

import pytest
from lxml import html
from mistakes import MISTAKES
from site_book import PAGE, STAGES, generate, write_project

from genfigs.site.check import check_site

CHAPTER_PATH = "chapters/10-convolutional-networks"


def page(site, path):
    return html.parse(str(site / path), parser=html.HTMLParser(encoding="utf-8")).getroot()


def test_the_site_passes_its_own_check(built_site):
    assert list(map(str, check_site(built_site))) == []


def test_the_chapter_has_everything(built_site):
    chapter = page(built_site, f"{CHAPTER_PATH}.html")
    assert chapter.xpath("//section/@data-stage") == list(STAGES)
    assert chapter.xpath("//article//data/@value") == ["5258"]
    assert "Sequential(" in chapter.xpath("string(//article//pre)")
    assert chapter.xpath("//title/text()") == ["Convolutional networks - How computers see"]
    assert chapter.xpath("//div[@role='dialog']/@aria-label") == ["Search"]


def test_both_generators_write_the_same_scene(sites):
    scenes = []
    for site in sites.values():
        chapter = page(site, f"{CHAPTER_PATH}.html")
        for link in chapter.xpath("//a[@class='headerlink']"):
            link.drop_tree()
        scene = chapter.xpath("//div[@class='scrolly']")[0]
        scenes.append(b" ".join(html.tostring(scene, method="c14n").split()))
    assert scenes[0] == scenes[1]
    assert scenes[0].count(b"<section") == len(STAGES)


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_new_chapter_is_one_new_file(tmp_path, engine):
    root = write_project(tmp_path / "project")
    (root / "docs" / "chapters" / "11-features.md").write_text("# Features\n\nText.\n", encoding="utf-8")
    assert generate(root, engine, "build", "--strict").returncode == 0
    home = page(root / "site", "index.html")
    links = [link.removeprefix("./") for link in home.xpath("//nav//a/@href")]
    assert "chapters/11-features.html" in links
    assert check_site(root / "site") == []


def test_sources_are_not_published(built_site):
    assert not (built_site / "assets" / "js").exists()
    assert not list(built_site.rglob("main.html"))


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_stops_the_build_with_one_message(tmp_path, engine, name):
    text, expected = MISTAKES[name]
    root = write_project(tmp_path / "project")
    (root / "docs" / PAGE).write_text(text, encoding="utf-8")
    run = generate(root, engine, "build")
    said = run.stdout + run.stderr
    assert run.returncode == 1, said
    assert said.count(f"{PAGE}:{expected}") == 1
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) <= 10


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_published_site_tells_search_engines_and_previews_what_it_is(tmp_path, monkeypatch, engine):
    root = write_project(tmp_path / "project")
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    assert generate(root, engine, "build").returncode == 0
    chapter = page(root / "site", f"{CHAPTER_PATH}.html")
    (told,) = chapter.xpath("//script[@type='application/ld+json']/text()")
    facts = json.loads(told)
    address = f"https://example.org/book/{CHAPTER_PATH}.html"
    assert facts["@type"] == ["LearningResource", "ScholarlyArticle"]
    assert (facts["name"], facts["description"], facts["url"]) == ("Convolutional networks", "A chapter.", address)
    assert chapter.xpath("//link[@rel='canonical']/@href") == [address]
    cover = "https://example.org/book/figures/cover.png"
    assert chapter.xpath("//meta[@property='og:image']/@content") == [facts["image"]] == [cover]
    assert f"<loc>{address}</loc>" in (root / "site" / "sitemap.xml").read_text(encoding="utf-8")


def test_the_address_of_a_published_site_reaches_the_page_for_missing_addresses(tmp_path, monkeypatch):
    root = write_project(tmp_path / "project")
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    assert generate(root, "mkdocs", "build").returncode == 0
    assert page(root / "site", "404.html").xpath("//a/@href") == ["/book/index.html"]
    canonical = page(root / "site", f"{CHAPTER_PATH}.html").xpath("//link[@rel='canonical']/@href")
    assert canonical == [f"https://example.org/book/{CHAPTER_PATH}.html"]
    assert check_site(root / "site") == []
