"""A figure that its last build could not draw: a box where it stands, and a site that does not pass its check."""

import pytest
from lxml import html
from site_book import CHAPTER, PAGE, generate, manifest, render, scrolly, write_book, write_project

from genfigs.site.broken import told
from genfigs.site.check import check_site

ERROR = "genfigs/figures/kernels.py:12: weights[<8>]\nIndexError: index 8 is out of bounds\nfor axis 0"


def broken(name, **others):
    data = manifest()
    data["figures"][name] |= {"error": ERROR, **others}
    return data


def rendered(root, data, text):
    return html.fromstring(f"<main>{render(write_book(root, {PAGE: text}, data), text)}</main>")


def test_the_box_names_the_figure_the_place_the_mistake_and_the_remedy(tmp_path):
    page = rendered(tmp_path, broken("kernels"), "![](../figures/kernels.svg)")
    [box] = page.xpath("//figure[@id='figure-kernels']/*[1][self::span]")
    assert (box.get("class"), box.get("role"), box.get("aria-label")) == ("broken", "group", "Error in kernels")
    parts = {part.get("class"): part.text for part in box}
    assert parts == {
        "broken__title": "The figure “kernels” cannot be drawn",
        "broken__place": "genfigs/figures/kernels.py:12",
        "broken__mistake": "IndexError: index 8 is out of bounds\nfor axis 0",
        "broken__source": "weights[<8>]",
        "broken__remedy": "Save the file to try again. The picture is the last good one.",
    }
    assert len(page.xpath("//figure/div/img")) == 2


def test_a_figure_never_drawn_is_a_box_only(tmp_path):
    data = broken("kernels", alt="", width=0, height=0, files={})
    page = rendered(tmp_path, data, "![](../figures/kernels.svg)\n\nHere ![](../figures/kernels.gif) too.")
    assert [box.getparent().tag for box in page.xpath("//*[@class='broken']")] == ["figure", "span"]
    assert "It has never been drawn." in page.text_content()
    assert not page.xpath("//img")


@pytest.mark.parametrize("never", [False, True])
def test_a_broken_stage_has_the_box_in_its_card(tmp_path, never):
    files = {"files": {}, "width": 0, "height": 0} if never else {}
    page = rendered(tmp_path, broken("stage-conv1", **files), scrolly())
    [box] = page.xpath("//*[@class='broken']")
    assert box.getparent().get("class") == "stage__card"
    assert len(page.xpath("//section[@id='stage-conv1']/figure/img")) == (0 if never else 2)
    assert len(page.xpath("//section")) == 4


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        ("genfigs/a.py:3: '(' was never closed", ("genfigs/a.py:3", "", "'(' was never closed")),
        ("genfigs/a.py:3\nSyntaxError: no", ("genfigs/a.py:3", "", "SyntaxError: no")),
        ("its process was killed", ("", "", "its process was killed")),
        (
            "it needs `train`, which failed\ngenfigs/a.py:3: a / b\nZeroDivisionError: no",
            ("genfigs/a.py:3", "a / b", "it needs `train`, which failed\nZeroDivisionError: no"),
        ),
    ],
)
def test_a_message_is_taken_apart_without_losing_any_of_it(error, parts):
    assert told(error) == parts


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_site_with_a_broken_figure_is_built_with_its_box_and_does_not_pass(tmp_path, engine):
    root = write_project(tmp_path / "project")
    assert "history.svg" in CHAPTER
    write_book(root, {}, broken("history"))
    run = generate(root, engine, "build")
    assert run.returncode == 0, run.stdout + run.stderr
    chapter = html.parse(str(root / "site" / "chapters/10-convolutional-networks.html")).getroot()
    assert chapter.xpath("//figure[@id='figure-history']/span[@class='broken']")
    assert [".broken {" in style for style in chapter.xpath("//head/style/text()")].count(True) == 1
    assert "broken" not in (root / "site" / "index.html").read_text(encoding="utf-8")
    [problem] = check_site(root / "site")
    assert str(problem).startswith("figures/manifest.json:")
    assert "`history` must be drawn; got an error: genfigs/figures/kernels.py:12: weights[<8>] IndexError" in str(problem)
