"""Every page, however it is opened: complete without a script, quiet, and talking to nobody else."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHAPTER, Watched, until
from tests.browser.engines import IN_BOTH
from tests.browser.test_scroll import layers, settle

pytestmark = pytest.mark.browser
PAGES = ("index.html", CHAPTER, "how-this-was-made.html", "404.html")
SMALLEST = 8  # pixels that letters in a figure may have


def walk(watched: Watched, start: str) -> None:
    """Open every page, and scroll it to its end so that everything lazy is loaded."""
    for page in PAGES:
        watched.page.goto(f"{start}/{page}")
        height = watched.page.evaluate("document.documentElement.scrollHeight")
        for y in range(0, height, 700):
            watched.page.evaluate(f"window.scrollTo(0, {y})")
            settle(watched.page)
    watched.page.wait_for_load_state("networkidle")


@IN_BOTH
def test_over_http_under_a_sub_path_no_page_complains_or_asks_another_host(
    watched: Watched, server: str
) -> None:
    walk(watched, server)
    assert watched.complaints == []
    host = server.rsplit("/", 1)[0]
    assert [url for url in watched.requests if not url.startswith((host, "data:", "blob:"))] == []


@IN_BOTH
def test_from_a_folder_no_page_complains_or_asks_any_host(watched: Watched, site_folder: Path) -> None:
    walk(watched, site_folder.as_uri())
    assert watched.complaints == []
    assert [url for url in watched.requests if not url.startswith(("file:", "data:", "blob:"))] == []


@IN_BOTH
def test_the_scroll_works_from_a_folder(watched: Watched, site_folder: Path) -> None:
    watched.page.goto(f"{site_folder.as_uri()}/{CHAPTER}#stage-dense")
    settle(watched.page)
    expect(watched.page.locator(".scrolly")).to_have_attribute("data-stage", "dense")


def test_without_javascript_all_prose_and_one_described_picture_per_stage_are_visible(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    read_without_javascript(context.new_page(), server)
    context.close()


def read_without_javascript(page: Page, server: str) -> None:
    """Find the text and the one described picture of every stage, in a browser that runs no script.

    Nothing waits: without scripts nothing changes, and Firefox has no timers to wait with.
    """
    page.goto(f"{server}/{CHAPTER}")
    assert page.locator(".player").count() == 0
    for layer in layers():
        stage = page.locator(f"#stage-{layer['name']}")
        assert stage.locator(".stage__card").is_visible()
        pictures = stage.locator("img:visible")
        assert pictures.count() == 1
        shape = " × ".join(map(str, layer["shape"]))
        assert shape in (pictures.get_attribute("alt") or "")


@IN_BOTH
@pytest.mark.parametrize("width", [320, 390, 768, 960, 1024, 1440, 2560])
def test_no_page_overflows_sideways(watched: Watched, server: str, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    for page in PAGES:
        watched.page.goto(f"{server}/{page}")
        settle(watched.page)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_words_in_a_figure_keep_their_size_and_the_keyboard_scrolls_to_the_rest(
    chapter: Page, site_folder: Path, width: int
) -> None:
    chapter.set_viewport_size({"width": width, "height": 800})
    for frame in chapter.locator(".figure__frame").all():
        picture = frame.locator(".figure__light")
        drawing = (site_folder / "chapters" / (picture.get_attribute("src") or "")).resolve().read_text()
        sizes = map(float, re.findall(r'font-size="([\d.]+)', drawing))
        shrunk = picture.evaluate(
            "picture => picture.getBoundingClientRect().width / picture.getAttribute('width')"
        )
        assert all(size * shrunk >= SMALLEST for size in sizes), picture.get_attribute("src")
    expect(frame).to_have_class(re.compile("has-more"))
    expect(frame).to_have_attribute("tabindex", "0")
    frame.focus()
    chapter.keyboard.press("ArrowRight")
    until(chapter, "document.activeElement.scrollLeft > 0")
    frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, 0)")
    expect(frame).not_to_have_class(re.compile("has-more"))
    chapter.set_viewport_size({"width": 1280, "height": 800})
    expect(frame).not_to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("media", ["screen", "print"])
def test_in_print_every_stage_has_its_still_the_player_is_gone_and_a_title_page_begins(
    watched: Watched, server: str, media: str
) -> None:
    watched.page.goto(f"{server}/{CHAPTER}")
    watched.page.wait_for_selector(".player")
    watched.page.emulate_media(media=media)
    stills = watched.page.locator(".stage__still img.figure__light:visible")
    expect(stills).to_have_count(len(layers()) if media == "print" else 0)
    expect(watched.page.locator(".player:visible")).to_have_count(0 if media == "print" else 1)
    expect(watched.page.locator(".titlepage:visible")).to_have_count(1 if media == "print" else 0)


@pytest.mark.parametrize(
    "size", [(960, 600), (1024, 768), (1280, 600), (1280, 720), (1366, 768), (1920, 1080)]
)
def test_the_figure_and_all_that_belongs_to_it_fit_into_the_window(
    watched: Watched, server: str, size: tuple[int, int]
) -> None:
    width, height = size
    watched.page.set_viewport_size({"width": width, "height": height})
    watched.page.goto(f"{server}/{CHAPTER}#stage-relu1")
    watched.page.wait_for_selector(".tray__door")
    settle(watched.page)
    boxes = [watched.page.locator(part).first.bounding_box() for part in (".player", ".tape", ".tray")]
    assert all(box and box["y"] >= 0 and box["y"] + box["height"] <= height for box in boxes), boxes
    parts = watched.page.locator(".player__foot > *:visible").all()
    edges = [(box["x"], box["x"] + box["width"]) for part in parts if (box := part.bounding_box())]
    assert all(
        left[1] <= right[0] + 1 for left, right in zip(sorted(edges), sorted(edges)[1:], strict=False)
    ), edges
