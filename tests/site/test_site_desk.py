"""The author's desk: what is saved appears in the browser by itself, and no mistake ends it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.serving import CHAPTER, PATIENCE, Desk, copy_project, serving, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.browser]
expect.set_options(timeout=1000 * PATIENCE)
PROSE = f"docs/{CHAPTER}.md"
KERNELS = "genfigs/figures/kernels.py"
HEADING = "\n## 7. "
DRAWING = "    stage = next("
IS_LAST = """async () => {
    const served = await (await fetch(location.href)).text();
    const loaded = document.querySelector("script[data-version]");  // absent while the page is on its way
    return document.readyState === "complete" && served.includes(`data-version="${loaded?.dataset.version}"`);
}"""
BROKEN = "    stage = 1 / 0 or next("


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield one desk for all tests; each leaves the files as it found them."""
    with serving(copy_project(tmp_path_factory.mktemp("desk") / "book")) as running:
        yield running


@pytest.fixture
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    """Yield the chapter as the desk serves it, once it is alive."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(f"{desk.url}/{CHAPTER}.html")
    page.wait_for_selector(".player")
    yield page
    page.wait_for_function(IS_LAST)  # a page that is closed while it reloads may never answer
    page.close()


@contextmanager
def edited(desk: Desk, path: str, old: str, new: str) -> Iterator[None]:
    """Save an edit of a file while the block runs; afterwards wait until the page is well again."""
    before = (desk.root / path).read_text(encoding="utf-8")
    desk.edit(path, old, new)
    try:
        yield
    finally:
        said = desk.said
        (desk.root / path).write_text(before, encoding="utf-8")
        desk.wait_to_hear(r"^pages: rendered|^tasks run: \d+, files written: 0|^up to date", after=said)


def place(page: Page) -> tuple[str, float]:
    """Return the stage in view, and how far its card is from the top of the window."""
    script = "() => [document.querySelector('.scrolly').dataset.stage, "
    return tuple(page.evaluate(script + "document.querySelector('#stage-conv2').getBoundingClientRect().top]"))


def told(page: Page) -> str:
    """Return what the desk shows over the page."""
    return page.locator("[role=alert] pre").text_content() or ""


def test_prose_appears_and_the_page_stays_where_it_was_in_mid_scroll(desk: Desk, page: Page) -> None:
    page.evaluate("document.querySelector('#stage-conv2').scrollIntoView({ block: 'center' })")
    expect(page.locator(".scrolly")).to_have_attribute("data-stage", "conv2")
    stage, top = place(page)
    with edited(desk, PROSE, HEADING, f"\nNews.\n{HEADING}"):
        page.get_by_text("News.", exact=True).wait_for(state="attached")
        page.wait_for_selector(".player")
        expect(page.locator(".scrolly")).to_have_attribute("data-stage", stage)
        assert place(page) == (stage, pytest.approx(top, abs=2))


def test_a_new_page_and_a_change_of_the_configuration_appear(desk: Desk, page: Page) -> None:
    new = desk.root / "docs" / "chapters" / "11-more.md"
    new.write_text("# More to come\n", encoding="utf-8")
    expect(page.locator(".md-footer a", has_text="More to come")).to_have_count(1)
    with edited(desk, "mkdocs.yml", "site_name: How computers see", "site_name: How others see"):
        expect(page).to_have_title(re.compile("How others see"))
    new.unlink()
    expect(page.locator(".md-footer a", has_text="More to come")).to_have_count(0)


def test_figures_follow_their_code(desk: Desk, page: Page) -> None:
    image = page.locator("#figure-kernels img").first
    height = int(image.get_attribute("height") or 0)
    with edited(desk, KERNELS, "height=height", "height=height + 7"):
        expect(image).to_have_attribute("height", str(height + 7))
    expect(image).to_have_attribute("height", str(height))


def test_saves_in_quick_succession_end_with_the_last(desk: Desk, page: Page) -> None:
    image = page.locator("#figure-kernels img").first
    height = int(image.get_attribute("height") or 0)
    with edited(desk, KERNELS, "height=height", "height=height + 1"):
        for more in range(1, 9):
            desk.edit(KERNELS, f"height=height + {more}", f"height=height + {more + 1}")
        expect(image).to_have_attribute("height", str(height + 9))
    expect(image).to_have_attribute("height", str(height))


def test_a_broken_figure_says_so_above_its_last_good_picture_and_recovers(desk: Desk, page: Page) -> None:
    figure = page.locator("#figure-kernels")
    source = figure.locator("img").first.get_attribute("src")
    with edited(desk, KERNELS, DRAWING, BROKEN):
        box = figure.locator(".broken")
        expect(box).to_contain_text("The figure “kernels” cannot be drawn")
        line = (desk.root / KERNELS).read_text().splitlines().index(
            next(text for text in (desk.root / KERNELS).read_text().splitlines() if text.startswith(BROKEN))
        )
        for part in (f"{KERNELS}:{line + 1}", "ZeroDivisionError: division by zero", "Save the file to try again."):
            expect(box).to_contain_text(part)
        assert figure.locator("img").first.get_attribute("src") == source
        assert str(desk.root) not in page.content()
        assert "ZeroDivisionError" in desk.said
        assert "Traceback" not in desk.said
    expect(page.locator(".broken")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_box_has_no_fault_and_fits_a_telephone(desk: Desk, page: Page, scheme: str) -> None:
    with edited(desk, KERNELS, DRAWING, BROKEN):
        page.locator(".broken").first.wait_for(state="attached")
        page.wait_for_function(IS_LAST)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": 390, "height": 844})
        page.locator(".broken").first.scroll_into_view_if_needed()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        report = Axe().run(page, context=".broken")
        assert report.violations_count == 0, report.generate_report()
    expect(page.locator(".broken")).to_have_count(0)


def test_a_figure_that_was_never_drawn_has_a_box_in_its_place(desk: Desk, page: Page) -> None:
    new = desk.root / "genfigs" / "figures" / "premature.py"
    new.write_text("def draw(results, name):\n    return results.nothing\n", encoding="utf-8")
    with edited(desk, PROSE, HEADING, f"\n![Soon.](../figures/premature.svg)\n{HEADING}"):
        expect(page.locator("#figure-premature .broken")).to_contain_text("has no attribute 'nothing'")
        expect(page.locator("#figure-premature img")).to_have_count(0)
    said = desk.said
    new.unlink()
    desk.wait_to_hear(r"^tasks run: 0, .*\n(?:.*\n)*?pages: rendered", after=said)


def test_a_broken_stage_leaves_the_scene_whole(desk: Desk, page: Page) -> None:
    with edited(desk, "genfigs/figures/stages.py", "def draw(", "def draw((("):
        expect(page.locator("#stage-conv2 .broken")).to_contain_text("genfigs/figures/stages.py:")
        page.wait_for_selector(".player")
    expect(page.locator(".broken")).to_have_count(0)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (HEADING, f"\n{{{{ network.parametres }}}}\n{HEADING}", "did you mean `network.parameters`?"),
        ("//// stage | conv2", "//// stage | conf2", "did you mean `conv2`?"),
        ("figures/kernels.svg", "figures/kernel.svg", "did you mean `kernels`?"),
    ],
)
def test_a_mistake_in_the_prose_is_told_and_the_page_stays(
    desk: Desk, page: Page, old: str, new: str, expected: str
) -> None:
    said = desk.said
    with edited(desk, PROSE, old, new):
        expect(page.locator("[role=alert] pre")).to_contain_text(expected)
        assert re.match(rf"{CHAPTER}\.md:\d+: ", told(page))
        news = desk.wait_to_hear(r"^error: (.*\n)+", after=said)[0]
        assert told(page) in news
        assert len(news.splitlines()) <= 10
        page.reload()
        page.wait_for_selector(".player")
        expect(page.locator("[role=alert] pre")).to_contain_text(expected)
    expect(page.locator("[role=alert] pre")).to_have_count(0)


def test_the_markdown_extension_and_the_templates_are_loaded_anew(desk: Desk, page: Page) -> None:
    with edited(desk, "genfigs/site/saving.py", '"Save this stage', '"Keep this stage'):
        expect(page.locator("#stage-conv2 summary")).to_contain_text("Keep this stage")
    with edited(desk, "genfigs/site/theme/main.html", "{{ super() }}", '{{ super() }}<meta name="new" content="1">'):
        expect(page.locator("meta[name=new]")).to_have_count(1)


def test_a_mistake_in_the_markdown_extension_is_told_and_mended(desk: Desk, page: Page) -> None:
    with edited(desk, "genfigs/site/saving.py", "FORMATS = {", "FORMATS = {{"):
        expect(page.locator("[role=alert] pre")).to_contain_text("genfigs/site/saving.py:")
    expect(page.locator("[role=alert] pre")).to_have_count(0)


def test_a_manifest_written_by_another_build_is_picked_up(desk: Desk, page: Page) -> None:
    path = "docs/figures/manifest.json"
    parameters = page.locator("data[data-name='network.parameters']").first
    number = parameters.get_attribute("value")
    with edited(desk, path, f'"network.parameters": {number}', '"network.parameters": 77'):
        expect(parameters).to_have_attribute("value", "77")


def test_a_failure_elsewhere_than_in_a_figure_is_told_on_the_page(desk: Desk, page: Page) -> None:
    with edited(desk, "genfigs/writers/script.py", "def bundle(", "def bundel("):
        expect(page.locator("[role=alert] pre")).to_contain_text("script failed")
    expect(page.locator("[role=alert] pre")).to_have_count(0)


def test_a_missing_address_is_answered_with_the_page_for_that(desk: Desk, page: Page) -> None:
    answer = page.goto(f"{desk.url}/nowhere.html")
    assert answer
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("There is no page here")


def test_no_page_asks_another_host(desk: Desk, page: Page) -> None:
    hosts: list[str] = []
    page.on("request", lambda request: hosts.append(request.url))
    page.reload()
    page.wait_for_selector(".player")
    assert hosts
    assert all(address.startswith((desk.url, "data:")) for address in hosts)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_and_leaves_no_process(desk: Desk, tmp_path: Path, number: int) -> None:
    with serving(copy_project(tmp_path / "book")) as running:
        assert running.url
        wait_until(lambda: len(running.descendants()) > 1)  # a worker waits with its libraries
        children = running.descendants()
        os.kill(running.process.pid, number)
        assert running.process.wait(timeout=PATIENCE) == 0
        wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
        assert running.said.splitlines()[-1] == "stopped"
        assert "Traceback" not in running.said


def test_a_killed_desk_leaves_no_process(desk: Desk, tmp_path: Path) -> None:
    with serving(copy_project(tmp_path / "book")) as running:
        assert running.url
        wait_until(lambda: len(running.descendants()) > 1)
        children = running.descendants()
        running.process.kill()
        wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))


def refused(address: str) -> str:
    """Return what `serve` says of an address that it refuses."""
    command = [sys.executable, "-m", "genfigs", "serve", "--address", address]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert run.returncode == 1
    return run.stdout + run.stderr


def test_an_address_in_use_is_refused_in_one_line_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        message = refused(f"127.0.0.1:{port}")
    assert message.startswith(f"error: `--address` must be free for this program; got `127.0.0.1:{port}`")
    assert f"choose another: `--address 127.0.0.1:{port + 1}`" in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("address", ["8000", "127.0.0.1", "127.0.0.1:port", "127.0.0.1:99999", "a/b:80"])
def test_an_address_that_is_none_is_refused_in_one_line(address: str) -> None:
    message = refused(address)
    assert message.startswith(f"error: `--address` must be HOST:PORT; got `{address}`")
    assert len(message.splitlines()) == 1
