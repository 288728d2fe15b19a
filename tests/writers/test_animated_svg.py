"""The animated SVG moves by itself, once, stops for good, and ends as the still."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from genfigs.figures import Clip, stages
from genfigs.network.tiny_cnn import network
from genfigs.theme import LIGHT
from genfigs.writers import still
from genfigs.writers.animated_svg import ANIMATED, SAMPLES, MotionPainter, animated_svg, body, visible
from genfigs.writers.svg import Element
from tests.figures.material import results

STAGES = [stage.name for stage in network.stages]
every_stage = pytest.mark.parametrize("stage", STAGES)
GEOMETRY = {"rect", "image", "svg"}  # whose x, y, width and height CSS can animate


@cache
def clip(stage: str) -> Clip:
    """Return the stretch of the scene that is one stage."""
    picture = stages.draw(results(), f"stage-{stage}").picture
    assert isinstance(picture, Clip)
    return picture


@cache
def written(stage: str) -> bytes:
    """Return the stage's animated SVG."""
    return animated_svg(clip(stage), MotionPainter(clip(stage).scene, clip(stage).exhibit, LIGHT))


def document(stage: str) -> Element:
    """Return the stage's animated SVG as a tree."""
    return etree.fromstring(written(stage))


def area(root: Element) -> Element:
    """Return the group that holds the stage area."""
    return next(group for group in root.iter("{*}g") if group.get("transform", "").startswith("translate"))


def style(stage: str) -> str:
    """Return the style sheet of the animated SVG."""
    return document(stage).findtext("{*}style")


@every_stage
def test_it_runs_no_script_and_loads_nothing(stage: str) -> None:
    """It is shown as an image, where neither would work."""
    root = document(stage)
    assert not root.findall(".//{*}script")
    attributes = [item for element in root.iter("*") for item in element.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith("data:") for name, value in attributes if name.endswith("href"))
    assert "url(" not in style(stage)
    assert "@import" not in style(stage)


@every_stage
def test_it_stops_within_five_seconds_and_does_not_repeat(stage: str) -> None:
    """WCAG 2.2.2: longer motion would need a button to stop it."""
    seconds = [float(number) for number in re.findall(r"animation-duration:([\d.]+)s", style(stage))]
    assert seconds
    assert max(seconds) <= 5
    assert "infinite" not in style(stage)
    assert "iteration" not in style(stage)
    assert "delay" not in style(stage)


@every_stage
def test_readers_who_prefer_less_motion_see_its_end(stage: str) -> None:
    """The rule switches every animation off; what is left are the attributes, and those are the last moment's."""
    rule = re.search(r"@media\(prefers-reduced-motion:reduce\)\{(.*)\}$", style(stage)).group(1)
    assert "animation:none!important" in rule
    animated = [element for element in document(stage).iter("*") if "animation" in element.get("style", "")]
    assert all(element.get("class") for element in animated)
    assert "[class]" in rule


@every_stage
def test_something_moves(stage: str) -> None:
    """Every animation that is used is there, and every one that is there is used."""
    used = set()
    for element in document(stage).iter("*"):
        used |= set(re.findall(r"\bk\d+\b", element.get("style", "")))
    assert used == set(re.findall(r"@keyframes (k\d+)", style(stage)))
    assert used


@every_stage
def test_keyframes_end_in_the_attribute_they_animate(stage: str) -> None:
    """So the last frame and the picture without motion are the same picture."""
    bodies = dict(re.findall(r"@keyframes (k\d+)\{((?:[\d.]+%\{[^}]*\})+)\}", style(stage)))
    for element in document(stage).iter("*"):
        for name in re.findall(r"\bk\d+\b", element.get("style", "")):
            prop, value = re.search(r"100%\{([\w-]+):([^}]*)\}$", bodies[name]).groups()
            shown = element.get(prop, "1")
            assert value.removesuffix("px") == (shown.replace(" ", ",") if prop == "transform" else shown)


def moved(group: Element) -> list[tuple[str | None, ...]]:
    """Return where everything visible in a drawing stands."""
    names = ("transform", "x", "y", "width", "height", "d", "fill")
    return [tuple(element.get(name) for name in names) for element in group.iter("*") if element is not group]


@every_stage
def test_its_end_is_the_still(stage: str) -> None:
    """Sheets, bars and texts stand where the still has them."""
    shown = clip(stage)
    painter = MotionPainter(shown.scene, shown.exhibit, LIGHT)
    _, expected = painter.document("")
    for actor, (state,) in visible(shown.scene, [shown.still]):
        painter.draw(expected, actor, state)
    groups = [group for group in area(document(stage)) if group.get("opacity") != "0"]
    assert [moved(group) for group in groups] == [moved(group) for group in expected]


@every_stage
def test_its_sheets_end_where_the_still_file_has_them(stage: str) -> None:
    """The same against the still that is published."""
    published = etree.fromstring(still(stages.draw(results(), f"stage-{stage}"), LIGHT))
    ends = [group for group in area(document(stage)) if group.get("opacity") != "0"]
    places = [image.get("transform") for group in ends for image in group.iter("{*}image")]
    assert places == [image.get("transform") for image in area(published).iter("{*}image")]


@every_stage
def test_whatever_changes_can_be_animated(stage: str) -> None:
    """CSS moves rectangles by x and y but not texts, and cannot change the data of a path smoothly."""
    shown = clip(stage)
    painter = MotionPainter(shown.scene, shown.exhibit, LIGHT)
    moments = [shown.start + (shown.stop - shown.start) * i / (SAMPLES - 1) for i in range(0, SAMPLES, 7)]
    for actor, states in visible(shown.scene, moments):
        _, parent = painter.document("")
        drawn = [painter.draw(parent, actor, state) for state in states]
        for versions in zip(*(group.iter("*") for group in drawn), strict=True):
            names = {name for version in versions for name in version.keys()}  # noqa: SIM118 (of an element)
            changed = {name for name in names if len({version.get(name) for version in versions}) > 1}
            assert changed <= {*ANIMATED, "font-weight"}, (actor.name, changed)
            if changed & {"x", "y", "width", "height"}:
                assert etree.QName(versions[0]).localname in GEOMETRY, actor.name


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=30))
def test_left_out_keyframes_change_nothing(values: list[int]) -> None:
    """Between two kept keyframes the value runs straight, so every moment can be read back."""
    kept = [
        (float(percent), float(value))
        for percent, value in re.findall(
            r"([\d.]+)%\{opacity:([\d.]+)\}", body("opacity", [*map(str, values)])
        )
    ]
    assert (kept[0][0], kept[-1][0]) == (0, 100)
    for index, value in enumerate(values):
        percent = 100 * index / (len(values) - 1)
        (before, low), (after, high) = [
            max((key for key in kept if key[0] <= percent + 0.01), key=lambda key: key[0]),
            min((key for key in kept if key[0] >= percent - 0.01), key=lambda key: key[0]),
        ]
        share = (percent - before) / (after - before) if after > before else 0
        assert low + (high - low) * share == pytest.approx(value, abs=0.01)
