"""An image in the address: opened afresh it shows the same; anything malformed is told, ignored, and stays text."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHAPTER, until
from tests.browser.paper import open_panel, stroke, travelling
from tests.browser.test_scroll import settle, stage_names, state

pytestmark = pytest.mark.browser
MARKUP = (
    "<script>document.body.remove()</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "%3Cb%3E",
)
strange = st.one_of(
    st.text(max_size=60), st.sampled_from(MARKUP), st.from_regex(r"[\w-]{0,900}", fullmatch=True)
)


def test_a_drawing_opened_in_another_browser_is_the_same_at_the_same_stage(
    browser: Browser, chapter: Page
) -> None:
    open_panel(chapter)
    stroke(chapter)
    chapter.locator(".tape a[data-stage=conv2]").click()
    until(chapter, "location.search === '?stage=conv2' && location.hash.startsWith('#drawing=')")
    assert len(chapter.url.split("#drawing=")[1]) <= 400
    context = browser.new_context(viewport={"width": 390, "height": 844})
    other = context.new_page()
    other.goto(chapter.url)
    other.wait_for_selector(".player")
    settle(other)
    np.testing.assert_array_equal(travelling(other), travelling(chapter))
    assert state(other)[0] == "conv2"
    assert other.url == chapter.url
    expect(other.locator(".notice")).to_be_hidden()
    context.close()


def test_the_copied_link_holds_the_drawing(chapter: Page) -> None:
    chapter.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_panel(chapter)
    stroke(chapter)
    chapter.locator(".studio").get_by_role("button", name="Copy link").click()
    expect(chapter.locator(".studio__notice")).to_have_text("Link copied.")
    link = chapter.evaluate("navigator.clipboard.readText()")
    drawn = travelling(chapter)
    other = chapter.context.new_page()
    other.goto(link)
    other.wait_for_selector(".player")
    np.testing.assert_array_equal(travelling(other), drawn)


def test_choosing_a_sample_takes_the_drawing_out_of_the_address(chapter: Page) -> None:
    open_panel(chapter)
    stroke(chapter)
    until(chapter, "location.hash.startsWith('#drawing=')")
    chapter.locator(".tray__image").nth(4).click()
    until(chapter, "location.search.includes('digit=4') && location.hash === ''")


def test_a_link_to_a_stage_leads_there_while_a_drawing_travels(chapter: Page) -> None:
    open_panel(chapter)
    stroke(chapter)
    drawn = travelling(chapter)
    chapter.locator(".tape a[data-stage=pool2]").click()
    settle(chapter)
    assert state(chapter)[0] == "pool2"
    np.testing.assert_array_equal(travelling(chapter), drawn)
    until(chapter, "location.hash.startsWith('#drawing=') && location.search === '?stage=pool2'")


def test_another_drawing_in_the_same_tab_is_shown(chapter: Page) -> None:
    before = travelling(chapter)
    chapter.evaluate("location.hash = '#drawing=' + 'P'.repeat(2) + 'v'.repeat(23) + 'H'.repeat(23)")
    settle(chapter)
    after = travelling(chapter)
    assert after.ravel()[:3].tolist() == [255, 255, 0]
    assert not np.array_equal(before, after)


@pytest.mark.parametrize("fragment", ["", "AAAA", "A" * 783, "A" * 785, "_" * 90, "Ä" * 784, "A" * 500_000])
def test_a_fragment_that_is_no_image_is_told_and_ignored(chapter: Page, fragment: str) -> None:
    before = travelling(chapter)
    chapter.goto(f"{chapter.url.split('#')[0]}?again#drawing={fragment}")
    chapter.wait_for_selector(".player")
    expect(chapter.locator(".notice")).to_be_visible()
    expect(
        chapter.get_by_role("status").filter(has_text="“drawing” must hold exactly one packed image")
    ).to_be_visible()
    np.testing.assert_array_equal(travelling(chapter), before)
    chapter.get_by_role("button", name="Dismiss").click()
    expect(chapter.locator(".notice")).to_be_hidden()


@pytest.mark.parametrize(
    "query", ["?digit=999", "?digit=<b>", "?stage=poool1", "?digit=-1&stage=", "#stage-poool1"]
)
def test_a_value_that_names_nothing_is_told(chapter: Page, query: str) -> None:
    chapter.goto(
        chapter.url.split("?")[0].split("#")[0] + ("?again" if query.startswith("#") else "") + query
    )
    chapter.wait_for_selector(".player")
    notice = chapter.locator(".notice [role=status]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("it was ignored")
    assert state(chapter)[0] == stage_names()[0]


@pytest.mark.parametrize(
    "query", ["", "?digit=3", "?stage=conv1", "?utm_source=x", "#where-it-errs", "#stage-conv1"]
)
def test_an_address_in_order_is_not_commented_on(chapter: Page, query: str) -> None:
    chapter.goto(chapter.url.split("?")[0].split("#")[0] + query)
    chapter.wait_for_selector(".player")
    expect(chapter.locator(".notice")).to_be_hidden()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(digit=strange, stage=strange, kind=st.sampled_from(["drawing", "photo", "stage-"]), code=strange)
def test_whatever_stands_in_the_address_the_page_lives_and_shows_it_as_text(
    watched, server: str, digit: str, stage: str, kind: str, code: str
) -> None:
    page, script = (
        watched.page,
        """([base, digit, stage, hash]) => { const url = new URL(base);
        url.searchParams.set('digit', digit); url.searchParams.set('stage', stage);
        url.hash = hash; return url.href; }""",
    )
    page.goto("about:blank")
    mark = "" if kind == "stage-" else "="
    page.goto(page.evaluate(script, [f"{server}/{CHAPTER}", digit, stage, f"{kind}{mark}{code}"]))
    page.wait_for_selector(".player")
    assert travelling(page).shape == (28, 28)
    notice = page.locator(".notice__text")
    assert notice.evaluate("node => node.childElementCount") == 0
    expect(notice).to_contain_text("it was ignored")
    assert watched.complaints == []
