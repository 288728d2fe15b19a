"""Claims beside the prose: true ones show nothing, false ones stop the build."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from site_book import manifest, render, write_book

from genfigs.site.claims import Claim
from genfigs.site.page import PageError

VALUES = {"cnn.at_1000": 0.93, "dense.at_1000": 0.85, "dense.spread": 0.01, "cnn.all": [0.5, 0.7, 0.9], "name": "a"}


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("cnn.at_1000 > dense.at_1000 + dense.spread", True),
        ("cnn.at_1000 < dense.at_1000", False),
        ("dense.at_1000 < cnn.at_1000 <= 1", True),
        ("cnn.at_1000 - dense.at_1000 >= 8 * dense.spread", True),
        ("cnn.all[0] < cnn.all[-1] and not cnn.all[1] > 1", True),
        ("max(cnn.all) == 0.9 or min(cnn.all) > 1", True),
        ("abs(dense.at_1000 - cnn.at_1000) / 2 < 0.03", False),
        ("name == 'a'", True),
    ],
)
def test_a_claim_is_judged_by_the_values(claim, holds):
    assert Claim(claim, VALUES).holds() is holds


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("cnn.at_1000 > dens.at_1000", "got `dens.at_1000`; did you mean `dense.at_1000`?"),
        ("cnn.at_1000 >", "must be a comparison of values and numbers; got `cnn.at_1000 >`"),
        ("cnn.at_1000", "must be a comparison of values and numbers; got `cnn.at_1000`"),
        ("open('x') > 1", "must be a comparison of values and numbers; got `open('x')`"),
        ("(lambda: 2)() > 1", "must be a comparison of values and numbers; got `(lambda: 2)()`"),
        ("name > 1", "must compare numbers; got name > 1"),
        ("cnn.all[7] > 1", "must compare numbers; got cnn.all[7] > 1"),
    ],
)
def test_a_claim_that_cannot_be_judged_says_why(claim, message):
    with pytest.raises(ValueError, match="must") as raised:
        Claim(claim, VALUES).holds()
    assert message in str(raised.value)


@example("\0")
@given(st.text(max_size=40))
def test_any_text_is_a_claim_or_refused(text):
    try:
        assert Claim(text, VALUES).holds() in (True, False)
    except ValueError as error:
        assert str(error).startswith("`claim` must")


def book(tmp_path, **values):
    data = manifest()
    data["values"] |= values
    return write_book(tmp_path, {}, data)


def test_a_claim_that_holds_leaves_no_trace(tmp_path):
    html = render(book(tmp_path), "Few epochs.{{ claim epochs < 10 }}")
    assert html == "<p>Few epochs.</p>"


def test_a_false_claim_stops_the_build_with_line_claim_and_values(tmp_path):
    with pytest.raises(PageError) as raised:
        render(book(tmp_path), "One.\n\nFew epochs.{{ claim epochs <\n4 }}")
    expected = "chapters/seeing.md:3: `claim` must hold: epochs < 4; got epochs = 5; correct the sentence"
    assert str(raised.value).startswith(expected)


def test_an_unknown_value_in_a_claim_stops_the_build_with_the_nearest_name(tmp_path):
    with pytest.raises(PageError, match=r"seeing\.md:1: `claim` .*did you mean `epochs`"):
        render(book(tmp_path), "{{ claim epoch < 4 }}")


@pytest.mark.parametrize("values", [{"data.name": "fashion-mnist"}, {"build.quick": True}])
def test_with_other_data_and_in_a_preview_a_false_sentence_says_so_itself(tmp_path, values):
    html = render(book(tmp_path, **values), "Few epochs.{{ claim epochs < 4 }}")
    assert 'class="refuted"' in html
    assert "[not so in this build]" in html
    assert 'title="epochs = 5"' in html
