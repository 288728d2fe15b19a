"""How computed values read in prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genfigs.site.values import FILTERS, display, machine_readable, with_spread


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (5258, "", "5,258"),
        (-1200, "", "−1,200"),
        ([26, 26, 8], "", "26 × 26 × 8"),
        (0.98123, "", "0.981"),
        (0.5, "", "0.5"),
        (0.00012345, "", "0.000123"),
        (12345.6, "", "12,300"),
        (99.96, "", "100"),
        (-0.01234, "", "−0.0123"),
        (0.0, "", "0"),
        ("handwriting", "", "handwriting"),
        (0.98123, "percent", "98.1%"),
        (0.98123, "percent0", "98%"),
        (5, "words", "five"),
        (13, "words", "13"),
        (1200, "words", "1,200"),
        (14_400_000_000, "billions", "14.4 billion"),
        (5258, "plain", "5258"),
        ([26, 26, 8], "plain", "26,26,8"),
    ],
)
def test_a_value_reads_like_prose(value, name, text):
    assert display(value, name) == text


@pytest.mark.parametrize(
    ("value", "name", "message"),
    [
        (1, "percents", "`filter` must name a filter; got `percents`; did you mean `percent`?"),
        ("five", "percent", "`percent` must be given one number; got five; drop the filter"),
        ([1, 2], "words", "`words` must be given one number; got 1,2; drop the filter"),
        (0.5, "words", "`words` must be given a whole number; got 0.5; drop the filter"),
    ],
)
def test_a_filter_that_cannot_take_the_value_says_so(value, name, message):
    with pytest.raises(ValueError, match="must") as raised:
        display(value, name)
    assert str(raised.value) == message


def test_a_spread_follows_its_value():
    values = {"cnn.at": 0.9785, "cnn.at_spread": 0.0012, "alone": 0.5}
    assert with_spread(values, "cnn.at") == "97.9 ± 0.1%"
    with pytest.raises(ValueError, match="`spread` must be given a value that has `alone_spread`"):
        with_spread(values, "alone")


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_a_shortened_number_is_within_half_a_unit_of_its_third_digit(value):
    read = float(display(value).replace(",", ""))
    assert read == pytest.approx(value, rel=0.0051)
    assert "e" not in display(value)


@given(st.integers(), st.sampled_from(sorted(set(FILTERS) - {"percent", "percent0", "billions"})))
def test_whole_numbers_pass_every_filter_for_them(value, name):
    assert display(value, name)


def test_the_machine_readable_value_is_not_rounded():
    assert machine_readable([0.123456789, 2]) == "0.123456789,2"
