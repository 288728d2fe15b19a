"""Colours can be read, the colour maps mean what the chapter says, and the style sheet holds every role."""

import re
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genfigs.theme import (
    DARK,
    LIGHT,
    THEMES,
    Theme,
    contrast,
    level_index,
    levels,
    relative_luminance,
    tokens_css,
)

TEXT = ("ink", "muted", "accent", "negative", "positive")
both_themes = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


def luminance(colours: np.ndarray) -> np.ndarray:
    """Return the luminance of 8-bit sRGB colours."""
    return np.array([relative_luminance(f"#{bytes(colour).hex()}") for colour in colours])


def block(css: str, selector: str) -> str:
    """Return the declarations of the first rule whose selector holds `selector`."""
    return re.search(re.escape(selector) + r"[^{]*\{([^}]*)\}", css).group(1)


@both_themes
@pytest.mark.parametrize("ground", ["page", "panel"])
@pytest.mark.parametrize("role", TEXT)
def test_text_stands_out_from_the_ground_by_at_least_4_5_to_1(theme: Theme, ground: str, role: str) -> None:
    """WCAG 2.2 asks 4.5 : 1 of text; bar labels are text in the colours of the sign."""
    assert contrast(getattr(theme, role), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456",) * 2 + (1.0,)],
)
def test_contrast_is_that_of_the_standard_and_knows_no_order(one: str, other: str, ratio: float) -> None:
    """Published values: 21 for black on white, 4.48 for #777 on white."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


@both_themes
def test_every_map_runs_from_its_first_stop_to_its_last(theme: Theme) -> None:
    """The ends are the stops themselves, not colours near them."""
    for stops in theme.maps.values():
        ends = [f"#{bytes(colour).hex()}" for colour in levels(stops)[[0, -1]]]
        assert ends == [stops[0], stops[-1]]


@both_themes
def test_nothing_is_paper_in_every_map(theme: Theme) -> None:
    """Zero has the panel's colour; 256 levels have no exact middle, so a signed zero may be 2 of 255 off."""
    paper = np.array([int(theme.panel[i : i + 2], 16) for i in (1, 3, 5)])
    for name, stops in theme.maps.items():
        zero = levels(stops)[level_index(np.zeros(1), name, 1.0)[0]]
        assert np.abs(zero.astype(int) - paper).max() <= (2 if name == "signed" else 0)


@both_themes
@pytest.mark.parametrize("name", ["ink", "positive"])
def test_more_is_always_further_from_paper(theme: Theme, name: str) -> None:
    """Luminance never turns back: darker and darker on light paper, lighter and lighter on dark paper."""
    steps = np.diff(luminance(levels(theme.maps[name])))
    assert (steps <= 0).all() if theme is LIGHT else (steps >= 0).all()


@both_themes
def test_signed_values_leave_paper_on_both_sides(theme: Theme) -> None:
    """Luminance rises to zero and falls from it, or the other way round in the dark theme."""
    steps = np.diff(luminance(levels(theme.maps["signed"]))) * (1 if theme is LIGHT else -1)
    assert (steps[:127] >= 0).all()
    assert (steps[128:] <= 0).all()


@both_themes
def test_the_signs_have_the_colours_of_the_roles(theme: Theme) -> None:
    """A bar of a negative score is as blue as the most negative cell."""
    assert (theme.maps["signed"][0], theme.maps["signed"][-1]) == (theme.negative, theme.positive)


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20), st.floats(1e-3, 1e6))
def test_a_larger_value_never_has_a_lower_level(values: list[float], scale: float) -> None:
    """All three maps are monotone, and what lies outside the scale takes its end."""
    ordered = np.sort(np.array(values))
    for name in LIGHT.maps:
        indices = level_index(ordered, name, scale).astype(int)
        assert (np.diff(indices) >= 0).all()
        assert (indices[ordered >= scale] == 255).all()
        assert (indices[ordered <= (-scale if name == "signed" else 0)] == 0).all()


@settings(deadline=None)
@given(st.floats(-1, 1))
def test_opposite_values_lie_equally_far_from_the_middle(value: float) -> None:
    """The signed map is symmetric about zero, up to the rounding of a level."""
    low, high = level_index(np.array([-value, value]), "signed", 1.0).astype(int)
    assert abs((low + high) - 255) <= 1


def test_a_tensor_of_zeros_is_paper() -> None:
    """The scale of an all-zero tensor is 0; that is no division by zero, and no colour."""
    assert level_index(np.zeros((2, 2)), "positive", 0.0).tolist() == [[0, 0], [0, 0]]
    assert level_index(np.zeros(1), "signed", 0.0).tolist() == [128]


@pytest.mark.parametrize(
    ("theme", "selector"),
    [(LIGHT, ":root"), (DARK, "[data-md-color-scheme='slate']"), (LIGHT, "@media print {\n:root")],
)
def test_the_style_sheet_holds_every_role_and_map_of_the_scheme(theme: Theme, selector: str) -> None:
    """Light by default and in print, dark under Material's `slate`."""
    declared = dict(re.findall(r"--([\w-]+): ([^;]+);", block(tokens_css(), selector)))
    roles = [field.name for field in fields(Theme) if field.name not in ("name", "maps")]
    for role in roles:
        assert declared[f"figure-{role}"] == getattr(theme, role)
    for name, stops in theme.maps.items():
        assert declared[f"map-{name}"] == ", ".join(stops)


def test_the_style_sheet_names_only_fonts_that_need_no_download() -> None:
    """System stacks that end in a generic family."""
    declared = dict(re.findall(r"--figure-(sans|mono): ([^;]+);", tokens_css()))
    assert declared["sans"].endswith("sans-serif")
    assert declared["mono"].endswith("monospace")
    assert "url(" not in tokens_css()
