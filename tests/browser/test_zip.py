"""The packed site, unpacked somewhere: it opens from a folder, in both browsers, with all that needs no server."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from genfigs.errors import UserError
from genfigs.site.packing import pack_site
from tests.browser.conftest import CHAPTER, Watched
from tests.browser.engines import IN_BOTH
from tests.browser.paper import open_panel, stroke
from tests.browser.test_scroll import settle

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def unpacked(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that a reader would have after unpacking, in a place with an awkward name."""
    folder = tmp_path_factory.mktemp("zip") / "Für später"
    pack_site(site_folder, folder.parent / "book.zip")
    with ZipFile(folder.parent / "book.zip") as archive:
        archive.extractall(folder)
    return folder / "book"


@IN_BOTH
def test_scroll_drawing_and_inspector_work_and_search_says_why_it_does_not(
    browser: Browser, unpacked: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context)
    page = watched.page
    page.goto(f"{(unpacked / CHAPTER).as_uri()}?digit=3&stage=conv1&cell=4,11,7")
    expect(page.locator(".inspector")).to_be_visible()
    expect(page.locator(".scrolly")).to_have_attribute("data-stage", "conv1")
    expect(page.locator(".search-note")).to_have_text("Search needs a web server")
    page.keyboard.press("Escape")
    open_panel(page)
    stroke(page)
    expect(page.locator(".studio__verdict")).to_contain_text("The network reads 7")
    settle(page)
    assert watched.complaints == []
    assert [url for url in watched.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()


def test_equal_sites_give_equal_bytes_and_nothing_else_is_packed(site_folder: Path, tmp_path: Path) -> None:
    pack_site(site_folder, tmp_path / "a" / "book.zip")
    pack_site(site_folder, tmp_path / "b" / "book.zip")
    assert (tmp_path / "a" / "book.zip").read_bytes() == (tmp_path / "b" / "book.zip").read_bytes()
    with pytest.raises(UserError, match="must be a built site"):
        pack_site(tmp_path, tmp_path / "no.zip")
