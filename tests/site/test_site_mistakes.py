"""Every mistake on a page stops the build, with page, line, nearest name and remedy."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mistakes import MISTAKES
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
