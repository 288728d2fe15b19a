"""Every mistake on a page stops the build, with page, line, nearest name and remedy."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from site_book import PAGE, STAGES, manifest, render, scrolly, write_book

from genfigs.errors import UserError
from genfigs.site.page import PageError


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    return write_book(tmp_path_factory.mktemp("book"), {})


def message(docs, text):
    with pytest.raises(PageError) as raised:
        render(docs, text)
    return str(raised.value)


def replaced(old, new):
    return scrolly().replace(old, new)


MISTAKES = {
    "value": (
        "One.\n\n`{{ network.parametres }}` is code.\n\nTwo {{ network.parametres }}.",
        "5: `{{ network.parametres }}` must name a value that the build computes; "
        "got `network.parametres`; did you mean `network.parameters`?",
    ),
    "filter": (
        "{{ epochs | word }}",
        "1: `filter` must name a filter; got `word`; did you mean `words`?",
    ),
    "value for the filter": (
        "{{ data.name | percent }}",
        "1: `percent` must be given one number; got handwriting; drop the filter",
    ),
    "expression": (
        "A\n{{ a b }}",
        "2: `{{ a b }}` must be a name, or a name, `|` and a filter; got `a b`; "
        "write it like `{{ network.parameters }}`, or put it in a code span",
    ),
    "figure": (
        "Text\n\n![a](../figures/kernel.svg)",
        "3: `image` must show a figure of the build; got `kernel`; did you mean `kernels`?",
    ),
    "file of a figure": (
        "![a](../figures/kernels.gif)",
        "1: `image` must show a file of `kernels`; got `kernels.gif`; known: dark.svg, light.svg",
    ),
    "alt text": (
        "A\n\n![](../figures/nameless.svg)",
        "3: `alt` must describe the figure; got nothing for `nameless.light.svg`; "
        "write it between the brackets",
    ),
    "scene": (
        "Hello\n\n" + replaced("forward-pass", "forward-pas"),
        "3: `scrolly` must name a scene; got `forward-pas`; did you mean `forward-pass`?",
    ),
    "no scene": (
        replaced(" | forward-pass", ""),
        "1: `scrolly` must name a scene; got ``; known: forward-pass",
    ),
    "stage": (
        replaced("stage | pool1", "stage | poool1"),
        "11: `stage` must name a stage of `forward-pass`; got `poool1`; did you mean `pool1`?",
    ),
    "missing stage": (
        "\n\n" + scrolly(("input", "conv1", "dense")),
        "3: `scrolly` must have every stage of `forward-pass`; got no `pool1`; add `//// stage | pool1`",
    ),
    "stage twice": (
        scrolly(("input", "conv1", "conv1", "pool1", "dense")),
        "11: `stage` must name a stage of `forward-pass` once; got `conv1` again; remove one of the two",
    ),
    "stages out of order": (
        scrolly(("input", "pool1", "conv1", "dense")),
        "11: `stage` must name a stage of `forward-pass` in the network's order; "
        "got `conv1` after `pool1`; move it before `pool1`",
    ),
    "stage on its own": (
        "Hello\n\n/// stage | conv1\nText.\n///",
        "3: `stage` must stand inside a `scrolly`; got `conv1` outside one; "
        "put it between `/// scrolly | forward-pass` and `///`",
    ),
    "open scene": (
        "\n" + scrolly().removesuffix("///\n"),
        "2: `scrolly` must be closed; got the end of the page; add `///` after its text",
    ),
    "open stage": (
        replaced("conv1.\n////", "conv1.\n"),
        "11: `stage` must not stand inside a stage; got `pool1` in `conv1`; close `conv1` with `////`",
    ),
    "open last stage": (
        replaced("dense.\n////", "dense.\n"),
        "15: `stage` must be closed; got the end of the page; add `////` after its text",
    ),
    "scene in a scene": (
        replaced("What happens at conv1.", "///// scrolly | forward-pass\n/////"),
        "1: `scrolly` must stand on its own; got one inside `stage`; close that first",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_names_page_line_and_remedy(docs, name):
    text, expected = MISTAKES[name]
    assert message(docs, text) == f"{PAGE}:{expected}"


@pytest.mark.parametrize("name", MISTAKES)
def test_front_matter_counts_as_lines_of_the_file(docs, name):
    text, expected = MISTAKES[name]
    (docs / PAGE).parent.mkdir(exist_ok=True)
    (docs / PAGE).write_text(f"---\ntitle: A\n---\n\n{text}\n", encoding="utf-8")
    body = text.lstrip("\n")  # site generators strip the blank lines after the front matter
    line, _, rest = expected.partition(":")
    try:
        assert message(docs, body) == f"{PAGE}:{int(line) + 4}:{rest}"
    finally:
        (docs / PAGE).unlink()


def test_a_stage_that_the_network_lacks_is_a_mistake_of_the_scene(tmp_path):
    data = manifest()
    data["network"]["layers"] = [layer for layer in data["network"]["layers"] if layer["name"] != "pool1"]
    expected = (
        f"{PAGE}:1: `forward-pass` must show stages of the network; got `pool1`; known: conv1, dense, input"
    )
    assert message(write_book(tmp_path, {}, data), scrolly()) == expected


def test_a_stage_without_a_still_is_a_mistake(tmp_path):
    data = manifest()
    del data["figures"]["stage-pool1"]
    expected = "11: `pool1` must have a still per theme; got no `stage-pool1`; run `nox -s figures`"
    assert message(write_book(tmp_path, {}, data), scrolly()) == f"{PAGE}:{expected}"


@pytest.mark.parametrize(
    ("text", "line"),
    [("A\n\n{{ epochs }}", 3), ("\n" + scrolly(), 2), ("A\n![a](../figures/kernels.svg)", 2)],
)
def test_without_a_manifest_the_message_says_how_to_make_one(tmp_path, text, line):
    expected = "`docs/figures/manifest.json` must exist; got no such file; run `nox -s figures`"
    assert message(tmp_path / "docs", text) == f"{PAGE}:{line}: {expected}"


def test_a_page_that_needs_no_manifest_renders_without_one(tmp_path):
    assert render(tmp_path / "docs", "Plain.") == "<p>Plain.</p>"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", json.dumps({**manifest(), "figures": {"a": {}}})])
def test_a_broken_manifest_is_refused(tmp_path, content):
    docs = write_book(tmp_path, {})
    (docs / "figures" / "manifest.json").write_text(content)
    text = message(docs, "{{ epochs }}")
    assert text.startswith(f"{PAGE}:1: `docs/figures/manifest.json` must be a whole manifest; got ")
    assert text.endswith("; run `nox -s figures`")


PIECES = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            " | ",
            "epochs",
            "percent",
            "`",
            "```\n",
            "\n",
            "\n\n",
            "    ",
            "- ",
            "# ",
            "<p>",
            "</p>",
        ),
        *("/// scrolly | forward-pass\n", "///\n", "////\n", *(f"//// stage | {name}\n" for name in STAGES)),
        *("![a](", "../figures/kernels.svg", ")", '"', "> ", "\\", "[^1]", "[^1]: ", "*[CNN]: ", "CNN", "é"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join))
@example("{{ epochs }}\n\n> `{{ epochs }}")
@example("/// scrolly | forward-pass\n```\n///\n```\n")
def test_any_markdown_renders_or_is_a_mistake_with_page_and_line(docs, text):
    try:
        said = render(docs, text)
    except UserError as error:
        said = f"mistake: {error}"
    assert "\x02" not in said
    assert not said.startswith("mistake: ") or re.match(rf"mistake: {PAGE}:\d+: `", said)
