"""Numbers, curves and cells in SVG are exactly the ones they were made from."""

import base64
import re
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from genfigs.scenes.exhibit import Picture
from genfigs.theme import DARK, LIGHT, THEMES, Theme, level_index, levels
from genfigs.writers.svg import curve, data_uri, fmt, matrix, node, parallelogram, png, to_bytes

patient = settings(deadline=None, max_examples=50)  # run-time type checks are slow
coordinates = st.floats(-2000, 2000)
points = st.tuples(coordinates, coordinates)
HALF = 0.0051  # half of the last decimal written


def decoded(address: str) -> np.ndarray:
    """Return the RGBA pixels of a `data:` address."""
    kind, _, content = address.partition("base64,")
    assert kind == "data:image/png;"
    return np.asarray(Image.open(BytesIO(base64.b64decode(content))).convert("RGBA"))


def numbers(path: str) -> list[float]:
    """Return the numbers of path data."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def bezier(start: tuple[float, float], stop: tuple[float, float], share: float) -> np.ndarray:
    """Return the point at `share` of the S-shaped cubic, from Bernstein polynomials."""
    bend = (stop[1] - start[1]) * 0.6
    control = np.array([start, (start[0], start[1] + bend), (stop[0], stop[1] - bend), stop])
    weight = np.array([(1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3])
    return weight @ control


@patient
@given(st.floats(-1e6, 1e6))
def test_a_number_is_written_short_and_within_half_a_hundredth(value: float) -> None:
    """No exponent, no trailing zero, no minus zero."""
    shown = fmt(value)
    assert re.fullmatch(r"-?\d+(\.\d?[1-9])?", shown)
    assert abs(float(shown) - value) <= HALF
    assert shown != "-0"


@patient
@given(points, points, st.floats(0, 1))
def test_a_curve_starts_at_its_start_and_ends_on_the_whole_curve(
    start: tuple[float, float], stop: tuple[float, float], drawn: float
) -> None:
    """The drawn part is the first part of the same curve; all of it ends at the stop."""
    path = numbers(curve(start, stop, drawn))
    assert path[:2] == pytest.approx(start, abs=HALF)
    assert path[-2:] == pytest.approx(bezier(start, stop, drawn), abs=HALF)
    assert numbers(curve(start, stop, 1.0))[-2:] == pytest.approx(stop, abs=HALF)
    assert len(path) == 8


def test_a_curve_of_no_length_is_a_point() -> None:
    """Lines that have just begun show nothing."""
    assert numbers(curve((3.0, 4.0), (50.0, 90.0), 0.0)) == [3.0, 4.0] * 4


def test_a_block_of_cells_is_outlined_in_the_sheet_s_shear() -> None:
    """Column 2, row 1, one cell: corners by the matrix of the sheet."""
    state = {"x": 10.0, "y": 20.0, "a": 5.0, "b": -2.0, "d": 10.0}
    assert parallelogram(state, 2, 1, 1, 1) == "M20 26l5 -2v10l-5 2Z"
    assert matrix(state) == "matrix(5 -2 0 10 10 20)"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("name", "low"), [("signed", -2.0), ("positive", 0.0), ("ink", 0.0)])
def test_a_picture_decodes_to_the_levels_of_its_values(theme: Theme, name: str, low: float) -> None:
    """Cell by cell, in rows and columns, opaque; values beyond the scale included."""
    values = np.linspace(low, 2.2, 77).reshape(7, 11)
    pixels = decoded(data_uri(Picture(values, name, 2.0), theme))
    np.testing.assert_array_equal(pixels[..., :3], levels(theme.maps[name])[level_index(values, name, 2.0)])
    assert (pixels[..., 3] == 255).all()


@pytest.mark.parametrize("filled", [0, 1, 8, 20, 35])
def test_cells_not_yet_filled_are_transparent(filled: int) -> None:
    """In reading order; the filled ones have their colours."""
    values = np.linspace(-1, 1, 35).reshape(5, 7)
    pixels = decoded(data_uri(Picture(values, "signed", 1.0), LIGHT, filled)).reshape(35, 4)
    np.testing.assert_array_equal(pixels[:, 3], [255] * filled + [0] * (35 - filled))
    expected = levels(LIGHT.maps["signed"])[level_index(values, "signed", 1.0)].reshape(35, 3)
    np.testing.assert_array_equal(pixels[:filled, :3], expected[:filled])


def test_equal_cells_give_equal_bytes_and_other_themes_other_ones() -> None:
    """Pictures are written again and again; only what changed may differ."""
    cells = np.arange(20, dtype=np.uint8).reshape(4, 5)
    assert png(cells, LIGHT.maps["ink"]) == png(cells.copy(), LIGHT.maps["ink"])
    assert png(cells, LIGHT.maps["ink"]) != png(cells, DARK.maps["ink"])
    assert png(cells.T, LIGHT.maps["ink"]) == png(np.ascontiguousarray(cells.T), LIGHT.maps["ink"])


def test_attributes_and_words_are_written_as_svg() -> None:
    """Underscores become hyphens, floats are shortened, and words are escaped."""
    root = node(None, "svg")
    node(root, "text", "a < b", stroke_width=1.50, class_="c")
    written = to_bytes(root)
    assert b'<text stroke-width="1.5" class="c">a &lt; b</text>' in written
    assert written.startswith(b"<?xml")
