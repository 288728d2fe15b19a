"""The judge of a built site finds each kind of fault, names its page and line, and passes a sound site."""

import gzip
import json
import random
import shutil

import pytest
from site_book import manifest

from genfigs.errors import UserError
from genfigs.site import budget
from genfigs.site.check import check_site

CHAPTER = "chapters/10-convolutional-networks.html"
MARK = '<h2 id="the-code">'

FAULTS = {
    "no alt text": ('<img src="../figures/kernels.light.svg" width="1" height="1">', "`alt` must describe"),
    "no width": ('<img src="../figures/kernels.light.svg" alt="a" height="1">', "`width` must be a number"),
    "height in per cent": (
        '<img src="../figures/kernels.light.svg" alt="a" width="1" height="5%">',
        "`height` must be a number of pixels; got 5%",
    ),
    "missing image": (
        '<img src="../assets/none.png" alt="a" width="1" height="1">',
        "`src` must lead to a file; got `../assets/none.png`",
    ),
    "missing script": ('<script src="../assets/none.js"></script>', "`src` must lead to a file"),
    "missing page": ('<a href="11.html">next</a>', "`href` must lead to a file of the site; got `11.html`"),
    "page outside the site": ('<a href="../../index.html">up</a>', "`href` must lead to a file of the site"),
    "address from the root of the host": ('<a href="/index.html">home</a>', "`href` must lead to a file"),
    "missing anchor": (
        '<a href="#the-scrol">s</a>',
        "`href` must lead to an anchor of `chapters/10-convolutional-networks.html`; got `#the-scrol`",
    ),
    "missing anchor elsewhere": (
        '<a href="../index.html#nowhere">s</a>',
        "`href` must lead to an anchor of `index.html`; got `#nowhere`",
    ),
    "image of another host": (
        '<img src="https://example.org/a.png" alt="a" width="1" height="1">',
        "`src` must stay on this site; got `https://example.org/a.png`",
    ),
    "second image of another host": (
        '<img src="../figures/kernels.light.svg" srcset="//example.org/b 2x" alt="a" width="1" height="1">',
        "`src` must stay on this site; got `//example.org/b`",
    ),
    "script of another host": ('<script src="//example.org/a.js"></script>', "`src` must stay on this site"),
    "style of another host": (
        '<link rel="stylesheet" href="https://example.org/a.css">',
        "`href` must stay on this site",
    ),
    "connection to another host": (
        '<link rel="preconnect" href="https://example.org">',
        "`href` must stay on this site",
    ),
    "frame of another host": ('<iframe src="https://example.org"></iframe>', "`src` must stay on this site"),
    "id used twice": (
        '<p id="forward-pass">a</p>',
        "`id` must be used once on a page; got `forward-pass` again",
    ),
    "unreplaced value": ("<p>All {{ epochs }}.</p>", "text must not show markup; got `{{ epochs }}`"),
    "unreplaced value in an attribute": ('<p title="{{ epochs }}">a</p>', "text must not show markup"),
    "unreplaced block": ("<p>/// scroly | forward-pass</p>", "text must not show markup; got `/// scroly"),
    "unknown value": (
        '<data data-name="epoch" value="5">5</data>',
        "`value` must be one that the build computes; got `epoch`; did you mean `epochs`?",
    ),
    "outdated value": (
        '<data data-name="epochs" value="4">4</data>',
        "`epochs` must be the manifest's 5; got 4",
    ),
    "unknown figure": (
        '<img src="../figures/kernel.svg" alt="a" width="1" height="1">',
        "`figure` must be one that the build makes; got `kernel`; did you mean `kernels`?",
    ),
    "script that holds the text up": (
        '<script src="../assets/chapter.js"></script>',
        "`script` must be deferred; got `../assets/chapter.js` before the text",
    ),
    "picture that does not wait": (
        '<img src="../figures/kernels.light.svg" alt="a" width="1" height="1">',
        "`loading` must be lazy below the first picture; got `../figures/kernels.light.svg`",
    ),
    "unknown scene": ('<div data-scene="forward-pas"></div>', "`scene` must be one that the build makes"),
    "scene without stages": (
        '<div data-scene="forward-pass"></div>',
        "the text of `forward-pass` must have input, conv1, pool1, dense; got none",
    ),
}


@pytest.fixture
def site(sites, tmp_path):
    return shutil.copytree(sites["mkdocs"], tmp_path / "site")


def problems(site):
    return [str(problem) for problem in check_site(site)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_on_its_page_and_line(site, name):
    fault, expected = FAULTS[name]
    page = site / CHAPTER
    before, after = page.read_text(encoding="utf-8").split(MARK)
    page.write_text(f"{before}\n{fault}\n{MARK}{after}", encoding="utf-8")
    line = before.count("\n") + 2
    found = problems(site)
    assert any(each.startswith(f"{CHAPTER}:{line}: {expected}") for each in found), found


@pytest.mark.parametrize(
    "harmless",
    [
        '<a href="https://example.org">elsewhere</a>',
        '<a href="mailto:a@example.org">mail</a>',
        '<a href="?digit=3#stage-conv1">state</a>',
        '<a href="../index.html?x=1">home</a>',
        '<link rel="canonical" href="https://example.org/a.html">',
        "<p><code>{{ epochs }}</code></p><pre>/// scrolly</pre>",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="a" width="1" height="1">',
    ],
)
def test_what_is_harmless_passes(site, harmless):
    page = site / CHAPTER
    page.write_text(page.read_text(encoding="utf-8").replace(MARK, harmless + MARK), encoding="utf-8")
    assert problems(site) == []


@pytest.mark.parametrize(
    ("path", "part"),
    [('<section aria-labelledby="stage-pool1-title', "text"), ('<li><a data-stage="pool1"', "tape")],
)
def test_a_lost_stage_is_found(site, path, part):
    page = site / CHAPTER
    text = page.read_text(encoding="utf-8")
    assert path in text
    lost = path.replace("<section", "<div").replace("<a data-stage", "<a data-lost")
    page.write_text(text.replace(path, lost), encoding="utf-8")
    assert any(f"the {part} of `forward-pass` must have input, conv1" in each for each in problems(site))


@pytest.mark.parametrize("file", ["stage-conv1.gif", "history.dark.svg"])
def test_a_lost_file_of_a_shown_figure_is_found(site, file):
    (site / "figures" / file).unlink()
    name = file.partition(".")[0]
    assert any(
        f"`{name}` must have all its files; got no `figures/{file}`" in each for each in problems(site)
    )


def test_a_lost_file_of_a_figure_that_no_page_shows_is_nobodys_fault(site):
    (site / "figures" / "nameless.dark.svg").unlink()
    assert problems(site) == []


def test_a_style_sheet_that_asks_another_host_is_found(site):
    (site / "assets" / "chapter.css").write_text('@import "https://example.org/a.css";', encoding="utf-8")
    found = problems(site)
    assert found
    assert all("must load only from this site; got `https://example.org/a.css`" in each for each in found)


def noise(count):
    return random.Random(0).randbytes(count).hex()


def test_a_page_that_costs_too_much_at_first_is_found(site):
    (site / "assets" / "chapter.js").write_text(noise(budget.FIRST_LOAD_BYTES), encoding="utf-8")
    found = [each for each in problems(site) if "the first load must cost at most 300,000 bytes" in each]
    assert {each.split(":")[0] for each in found} == {CHAPTER, "index.html", "how-this-was-made.html"}
    assert all("the heaviest file is `assets/chapter.js`" in each for each in found)


def test_a_page_that_costs_too_much_in_all_is_found(site):
    (site / "figures" / "history.dark.svg").write_text(noise(budget.WHOLE_PAGE_BYTES), encoding="utf-8")
    found = problems(site)
    assert [each.partition(";")[0].split(": ")[1] for each in found] == [
        "the whole page must cost at most 1,500,000 bytes"
    ]


def test_text_is_counted_as_servers_send_it(site):
    text = "body { color: red }\n" * 40_000
    assert len(text) > budget.FIRST_LOAD_BYTES > len(gzip.compress(text.encode()))
    (site / "assets" / "chapter.css").write_text(text, encoding="utf-8")
    assert problems(site) == []


def test_an_empty_page_is_a_problem_not_a_crash(site):
    (site / CHAPTER).write_text("", encoding="utf-8")
    assert f"{CHAPTER}:1: the page must have content; got an empty file; run `nox -s site`" in problems(site)


def test_problems_come_by_page_and_line(site):
    for path in ("index.html", CHAPTER):
        page = site / path
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("</h1>", "</h1>\n<img>\n<img>\n", 1), encoding="utf-8")
    found = check_site(site)
    assert found == sorted(found)
    assert {problem.page for problem in found} == {"index.html", CHAPTER}


@pytest.mark.parametrize("missing", ["", "index.html", "figures/manifest.json"])
def test_a_folder_that_is_no_site_is_refused(site, missing):
    if missing:
        (site / missing).unlink()
    else:
        shutil.rmtree(site)
    with pytest.raises(UserError, match=r"`SITE` must be a .*site.*`nox -s site`"):
        check_site(site)


def test_a_changed_manifest_makes_the_old_page_wrong(site):
    data = manifest()
    data["values"]["network.parameters"] = 1
    (site / "figures" / "manifest.json").write_text(json.dumps(data), encoding="utf-8")
    found = problems(site)
    assert len(found) == 1
    assert "`network.parameters` must be the manifest's 1; got 5258" in found[0]
