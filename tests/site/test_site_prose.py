"""Numbers typed by hand where the build computes them are found, and nothing else is."""

import pytest
from site_book import ROOT, manifest, write_book

from genfigs.site.prose import numbers, typed_numbers


@pytest.mark.parametrize(
    "text",
    [
        "The network has {{ network.parameters }} parameters.",
        "As chapter 5 and chapters 7, 8 and 9 say, section 3 of part 2.",
        "Paper is 0, ink is 1. Either 0 or 1, all sum to 1.",
        "He ([He et al., 2015](#he-2015)) and Dumoulin (2016) say so.",
        "`5,258` is code, and so is\n\n```python\nConv2D(8, 3)\n```\n",
        "## 3. One image\n\n1. first\n2. second\n",
        "![](../figures/stage-conv1.svg) and [conv1](#stage-conv1) and <kbd title='9'>Tab</kbd>",
        "/// scrolly | forward-pass\n//// stage | conv1\n////\n///\n",
        "---\nnumbers: [2 × 2, 95 in 100]\n---\n\nBlocks of 2 × 2, 95 in 100.",
        "## Sources\n\n- LeCun, 86, 2278–2324.\n",
    ],
)
def test_facts_names_and_code_are_left_alone(text):
    assert list(numbers(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.\n\nThe network has 5,258 parameters.", [(3, "5,258")]),
        ("The shape is 26 × 26 × 8.", [(1, "26 × 26 × 8")]),
        ("Right 98.1% of the time, 14.4 billion weights.", [(1, "98.1%"), (1, "14.4 billion")]),
        ("In 10 epochs; 0.5 of 100%.", [(1, "10"), (1, "0.5"), (1, "100%")]),
        ("---\nnumbers: [2]\n---\nOf 2 × 3 and 12 and 2.", [(4, "2 × 3"), (4, "12")]),
        ("## Sources\n\n- 86\n\n## After\n\nIn 5 epochs.", [(7, "5")]),
    ],
)
def test_a_typed_number_is_found_with_its_line(text, found):
    assert list(numbers(text)) == found


def test_a_typed_value_is_refused_with_the_expression_to_write(tmp_path):
    pages = {"chapters/one.md": "# One\n\nIt has 5,258 parameters.", "two.md": "98.1% are right, 77 are not."}
    one, two, three = map(str, typed_numbers(write_book(tmp_path, pages, manifest())))
    assert one.startswith("chapters/one.md:3: ")
    assert one.endswith("got `5,258`; write `{{ network.parameters }}`")
    assert two.endswith("got `98.1%`; write `{{ accuracy.accuracy | percent }}`")
    assert "list it under `numbers` in the page's front matter" in three


def test_the_rule_needs_no_build(tmp_path):
    (tmp_path / "page.md").write_text("It has 5,258 parameters.", encoding="utf-8")
    assert len(typed_numbers(tmp_path)) == 1


def test_the_book_has_no_number_typed_by_hand():
    assert typed_numbers(ROOT / "docs") == []


def test_a_number_typed_into_the_chapter_would_be_found(tmp_path):
    text = (ROOT / "docs/chapters/10-convolutional-networks.md").read_text(encoding="utf-8")
    assert "{{ network.parameters }}" in text
    (tmp_path / "page.md").write_text(text.replace("{{ network.parameters }}", "5,258"), encoding="utf-8")
    assert {found.line for found in typed_numbers(tmp_path)}
