"""Decks, strips and columns stand where there is room for them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genfigs.scenes.geometry import (
    HEIGHT,
    MARGIN,
    WIDTH,
    Grid,
    cell_size,
    class_centres,
    deck,
    enlarged,
    flat,
    spacing,
    strip,
)

patient = settings(deadline=None, max_examples=40)  # run-time type checks are slow
grids = st.builds(Grid, st.integers(1, 64), st.integers(1, 64), st.integers(1, 64))


@patient
@given(st.lists(grids, min_size=1, max_size=5))
def test_every_deck_fits_at_the_common_cell_size(shapes: list[Grid]) -> None:
    """Left and right, above and below, however deep."""
    cell = cell_size(shapes)
    for grid in shapes:
        places = deck(grid, cell)
        first, last = places[0], places[-1]
        assert len(places) == grid.depth
        assert first.x >= MARGIN - 1e-6
        assert last.x + last.a * grid.columns <= WIDTH - MARGIN + 1e-6
        assert first.y + first.b * grid.columns >= -1e-6
        assert first.y + first.d * grid.rows <= HEIGHT + 1e-6


@patient
@given(grids)
def test_a_deck_stands_in_the_middle(grid: Grid) -> None:
    """As much room to the left as to the right, and above as below."""
    places = deck(grid, cell_size([grid]))
    left, right = places[0].x, WIDTH - places[-1].x - places[-1].a * grid.columns
    above = places[0].y + places[0].b * grid.columns
    below = HEIGHT - places[0].y - places[0].d * grid.rows
    assert left == pytest.approx(right)
    assert above == pytest.approx(below)


def test_the_image_is_seen_from_the_front_first() -> None:
    """Square cells, no shear, centred."""
    place = flat(Grid(28, 28, 1), 10.0)
    assert (place.a, place.b, place.d) == (10, 0, 10)
    assert (place.x, place.y) == ((WIDTH - 280) / 2, (HEIGHT - 280) / 2)


def test_a_pooled_sheet_first_covers_the_blocks_it_was_made_from() -> None:
    """Twice as large in every direction, at the same corner."""
    old = deck(Grid(26, 26, 1), 8.0)[0]
    place = enlarged(old, 2)
    assert (place.x, place.y) == (old.x, old.y)
    assert (place.a, place.b, place.d) == (2 * old.a, 2 * old.b, 2 * old.d)


@patient
@given(st.integers(1, 5000))
def test_a_strip_spans_the_stage(length: int) -> None:
    """Cell by cell from margin to margin."""
    x, y, width = strip(length, y=7.0, height=3.0)
    assert (x, y) == (MARGIN, 7)
    assert x + width * length == pytest.approx(WIDTH - MARGIN)


@patient
@given(st.integers(1, 100))
def test_classes_share_the_width_evenly(count: int) -> None:
    """Equal distances, in order, inside the margins; a single class has the whole width."""
    centres = class_centres(count)
    assert len(centres) == count
    assert centres == sorted(centres)
    assert min(centres) - MARGIN == pytest.approx(WIDTH - MARGIN - max(centres))
    assert spacing(centres) == pytest.approx((WIDTH - 2 * MARGIN) / count)
