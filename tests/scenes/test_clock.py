"""Tracks, choreographies and the counting of a kernel's positions: the arithmetic of the clock."""

from itertools import pairwise, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from genfigs.scenes import Choreography, Track, filled_cells, round3, scan_cell

patient = settings(deadline=None, max_examples=50)  # run-time type checks are slow
numbers = st.floats(-1000, 1000).map(lambda value: round(value, 3))


keyframes = st.dictionaries(st.integers(0, 5000), numbers, min_size=1, max_size=6)


def track_of(drawn: dict[int, float], linear: bool) -> Track:
    """Return a track with the drawn values at the drawn times, given in thousandths."""
    times = sorted(drawn)
    return Track(tuple(time / 1000 for time in times), tuple(drawn[time] for time in times), linear)


@patient
@given(keyframes, st.booleans())
def test_a_track_passes_through_its_keyframes(drawn: dict[int, float], linear: bool) -> None:
    """At each keyframe's time the property has exactly that value."""
    track = track_of(drawn, linear)
    assert [track.at(time) for time in track.times] == list(track.values)


@patient
@given(keyframes, st.booleans(), st.floats(0, 1e6))
def test_a_track_is_constant_outside_its_keyframes(drawn: dict[int, float], linear: bool, far: float) -> None:
    """Before the first and after the last nothing moves."""
    track = track_of(drawn, linear)
    assert track.at(track.times[0] - far) == track.values[0]
    assert track.at(track.times[-1] + far) == track.values[-1]


@patient
@given(keyframes, st.booleans(), st.floats(0, 1))
def test_a_track_stays_between_the_keyframes_on_both_sides(
    drawn: dict[int, float], linear: bool, share: float
) -> None:
    """Easing never overshoots."""
    track = track_of(drawn, linear)
    for (start, one), (stop, other) in pairwise(zip(track.times, track.values, strict=True)):
        value = track.at(start + (stop - start) * share)
        assert min(one, other) - 1e-9 <= value <= max(one, other) + 1e-9


@patient
@given(keyframes, st.booleans())
def test_an_eased_move_starts_and_ends_gently_and_a_linear_one_does_not(
    drawn: dict[int, float], linear: bool
) -> None:
    """A tenth of the way in time is less than a tenth of the way in value, and the middle is the middle."""
    track = track_of(drawn, linear)
    for (start, one), (stop, other) in pairwise(zip(track.times, track.values, strict=True)):
        early, middle = (track.at(start + (stop - start) * share) - one for share in (0.1, 0.5))
        expected = 0.1 if track.linear else 0.028  # 3 · 0.1² - 2 · 0.1³
        assert early == pytest.approx((other - one) * expected, abs=1e-6)
        assert middle == pytest.approx((other - one) / 2, abs=1e-6)


def test_of_two_keyframes_at_one_time_the_later_holds() -> None:
    """A jump belongs to the moment it happens in."""
    track = Track((1.0, 1.0), (0.0, 5.0))
    assert (track.at(0.999), track.at(1.0), track.at(1.001)) == (0.0, 5.0, 5.0)


def test_moves_start_where_the_last_one_ended() -> None:
    """A choreography says where things go; where they are is known."""
    actor = (
        Choreography("a", "sheet", {}, x=1.0, y=2.0)
        .move(1.0, 2.0, x=5.0)
        .move(3.0, 4.0, x=7.0, y=2.0)
        .actor()
    )
    assert [actor.at(t)["x"] for t in (0.0, 1.0, 2.0, 2.9, 4.0)] == [1, 1, 5, 5, 7]
    assert actor.tracks["y"].times == (0.0,)


def test_what_is_played_is_what_is_written() -> None:
    """Values are rounded to thousandths before they are played, so that JSON loses nothing."""
    actor = Choreography("a", "sheet", {}, x=1 / 3).move(1 / 3, 2 / 3, x=2 / 3).actor()
    assert actor.tracks["x"] == Track((0.333, 0.667), (0.333, 0.667))
    assert str(round3(-0.0001)) == "0.0"


@patient
@given(st.integers(1, 12), st.integers(1, 12))
def test_a_scan_stands_on_every_position_once_in_reading_order(rows: int, columns: int) -> None:
    """Row by row, column by column, none left out."""
    count = rows * columns
    stands = [scan_cell((step + 0.5) / count, rows, columns) for step in range(count)]
    assert stands == list(product(range(rows), range(columns)))
    assert scan_cell(1.0, rows, columns) == (rows - 1, columns - 1)


@patient
@given(st.integers(1, 30), st.integers(1, 30), st.floats(0, 1), st.floats(0, 1))
@example(15, 15, 0.48, 1.0)
def test_cells_fill_in_step_with_the_scan(rows: int, columns: int, one: float, other: float) -> None:
    """What is behind the kernel is filled, what is before it is not."""
    low, high = sorted((one, other))
    assert filled_cells(0.0, rows, columns) == 0
    assert filled_cells(1.0, rows, columns) == rows * columns
    assert filled_cells(low, rows, columns) <= filled_cells(high, rows, columns)
    if low < 1:
        row, column = scan_cell(low, rows, columns)
        assert row * columns + column == min(filled_cells(low, rows, columns), rows * columns - 1)
