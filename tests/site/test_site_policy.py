"""The policy of each page lets its own inline scripts run and nothing else; the check finds what it does not cover."""

import shutil

import pytest
from lxml import html

from genfigs.site.check import check_site
from genfigs.site.finishing import finish_site
from genfigs.site.policy import headers_file, inline_hashes, with_policy

HEAD = '<!doctype html><html><head><meta charset="utf-8">'


def test_the_hash_is_that_of_the_standard():
    import base64
    import hashlib

    expected = base64.b64encode(hashlib.sha256(b"a\nb").digest()).decode()
    assert inline_hashes("<script>a\r\nb</script>") == [f"'sha256-{expected}'"]


@pytest.mark.parametrize(
    "page",
    [
        '<script src="a.js"></script>',
        '<script type="application/json">{}</script>',
        "<script type='application/ld+json'>{}</script>",
        "<p>script</p>",
    ],
)
def test_what_does_not_run_inline_has_no_hash(page):
    assert inline_hashes(page) == []


@pytest.mark.parametrize("attributes", ["", ' type="module"', " type=text/javascript", ' id="a"'])
def test_what_runs_inline_has_one(attributes):
    assert len(inline_hashes(f"<script{attributes}>let a = 1 < 2</script>")) == 1


def test_the_policy_stands_before_anything_that_loads():
    page = with_policy(f"{HEAD}<script>a</script>")
    tree = html.document_fromstring(page)
    first, second, *_ = tree.find("head")
    assert first.get("charset") == "utf-8"
    policy = second.get("content")
    assert f"script-src 'self' {inline_hashes(page)[0]};" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_a_second_time_changes_nothing():
    page = with_policy(f"{HEAD}<script>a</script>")
    assert with_policy(page) == page


def test_hosts_are_told_the_scripts_of_all_pages():
    one, other = f"{HEAD}<script>a</script>", f"{HEAD}<script>b</script>"
    told = headers_file([one, other])
    assert told.startswith("/*\n  Content-Security-Policy: ")
    assert all(inline_hashes(page)[0] in told for page in (one, other))
    assert max(map(len, told.splitlines())) < 2_000  # what Cloudflare Pages reads of a line


def test_every_page_of_a_finished_site_has_a_policy(finished):
    for page in finished.rglob("*.html"):
        assert 'http-equiv="Content-Security-Policy"' in page.read_text(encoding="utf-8")
    assert check_site(finished) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("</body>", "<script>added()</script></body>", "`script` must be in the page's policy"),
        ("'self' 'sha256-", "'self' 'unsafe-eval' 'sha256-", "the policy must not allow `'unsafe-eval'`"),
        ("'self' 'sha256-", "'self' 'unsafe-inline' 'sha256-", "the policy must not allow `'unsafe-inline'`"),
        ("<article", '<p onclick="go()">x</p><article', "`onclick` must be set by a script"),
    ],
)
def test_what_the_policy_would_stop_is_found(finished, old, new, expected):
    page = finished / "index.html"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(problem.page == "index.html" and expected in problem.message for problem in check_site(finished))


@pytest.mark.parametrize(
    "inside",
    ["<script>a()</script>", '<g onload="a()"/>', '<a href="javascript:a()"/>', "<foreignObject/>"],
)
def test_a_picture_that_could_run_something_is_found(finished, inside):
    picture = finished / "figures" / "history.light.svg"
    picture.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', encoding="utf-8")
    problems = [problem.message for problem in check_site(finished)]
    assert any("`history.light.svg` must hold nothing that runs" in message for message in problems)
