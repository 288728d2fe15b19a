"""The built site in a real browser, served and opened from a folder."""

from urllib.parse import urlsplit

import pytest

from tests.hosting import hosted
from tests.browser.engines import IN_BOTH

pytestmark = pytest.mark.browser
PAGES = ("index.html", "chapters/10-convolutional-networks.html", "how-this-was-made.html", "404.html")


@pytest.fixture(params=["http", "file"])
def address(request, built_site):
    """Give the site's address, by each of the two ways to open it."""
    if request.param == "file":
        yield built_site.as_uri()
    else:
        with hosted(built_site) as root:
            yield root


@pytest.fixture
def visit(browser):
    """Open pages, and note what they complain about and what they ask for."""
    complaints, asked = [], []
    page = browser.new_page()
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page, complaints, asked
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_complains_or_asks_another_host(address, visit, path):
    page, complaints, asked = visit
    page.goto(f"{address}/{path}")
    page.wait_for_timeout(200)  # what the page's scripts ask for, they ask for as they start
    assert complaints == []
    home = urlsplit(address)
    hosts = {(url.scheme, url.netloc) for url in map(urlsplit, asked) if url.scheme not in {"data", "blob"}}
    assert hosts == {(home.scheme, home.netloc)}


@IN_BOTH
def test_the_search_finds_the_chapter(address, visit):
    page, complaints, asked = visit
    page.goto(f"{address}/index.html", wait_until="networkidle")  # the index too: Zensical loads it late
    page.locator("[data-md-component=search-query], .md-search__button").first.click()
    page.locator("input:focus").wait_for()
    page.keyboard.type("convolution")
    page.locator("a[href*='10-convolutional-networks.html?h=convolution']").first.click()
    page.wait_for_url("**/chapters/10-convolutional-networks.html?h=*")
    assert complaints == []
    assert [url for url in asked if not url.startswith((address, "data:", "about:"))] == []


def test_without_scripts_every_stage_is_there(built_site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{built_site.as_uri()}/chapters/10-convolutional-networks.html")
    stages = page.locator("section.stage")
    assert [stages.nth(index).is_visible() for index in range(stages.count())] == [True] * 4
    assert page.locator("section.stage img").count() == 8
    context.close()


def test_every_landmark_has_a_name_of_its_own(built_site, visit):
    page, complaints, _ = visit
    page.goto(f"{built_site.as_uri()}/chapters/10-convolutional-networks.html", wait_until="networkidle")
    names = page.eval_on_selector_all(
        "article nav, article section",
        """(landmarks) => {
            const text = (id) => document.getElementById(id).textContent;
            const labels = (landmark) => landmark.getAttribute("aria-labelledby").split(" ").map(text).join();
            return landmarks.map((landmark) => landmark.getAttribute("aria-label") ?? labels(landmark));
        }""",
    )
    assert "Code block 1" in names
    assert len(names) == len(set(names)) == 6
    assert complaints == []
