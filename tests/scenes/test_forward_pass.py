"""The promises of the scroll's scene, for the chapter's network and for what it may be changed into."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genfigs.errors import UserError
from genfigs.network.layers import Conv2D, Dense, Flatten, ReLU, Softmax
from genfigs.network.sequential import Sequential
from genfigs.scenes import Track, to_json
from genfigs.scenes.forward_pass import forward_pass
from genfigs.scenes.geometry import HEIGHT, OBLIQUE, WIDTH
from tests.scenes.networks import NETWORKS
from tests.scenes.watching import (
    THOUSANDTHS,
    actors,
    corner,
    every_network,
    pictured,
    scene,
    seen,
    shown_at,
    stages,
)


@every_network
def test_every_stage_of_the_network_has_its_turn(name: str) -> None:
    """Names, shapes and parameter counts are the network's, and `stage_at` counts them."""
    network, shown = NETWORKS[name], scene(name)
    told = [(stage.name, stage.shape, stage.parameters) for stage in shown.stages]
    assert told == [(stage.name, stage.shape, stage.parameters) for stage in network.stages]
    for clock, stage in enumerate(shown.stages):
        assert clock < stage.still < clock + 1
        assert {shown.stage_at(t) for t in (float(clock), clock + 0.5, stage.still)} == {stage}
    assert shown.stage_at(-5.0) == shown.stages[0]
    assert shown.stage_at(shown.duration + 5) == shown.stages[-1]


@every_network
def test_the_chapter_s_counts_of_numbers_follow_from_the_shapes(name: str) -> None:
    """784, 5,408, ... are computed."""
    for stage in scene(name).stages:
        assert stage.numbers == np.prod(stage.shape)


@every_network
def test_a_picture_s_still_shows_exactly_its_channels_at_full_strength(name: str) -> None:
    """Neither leftovers of the stage before nor half-faded sheets."""
    for clock, stage in pictured(NETWORKS[name]):
        visible = seen(scene(name), scene(name).stages[clock].still)
        assert set(visible) == {f"{stage.name}/{channel}" for channel in range(stage.shape[2])}
        assert {state["opacity"] for state in visible.values()} == {1.0}
        assert all(state.get("scan", 1.0) == 1.0 for state in visible.values())


@every_network
def test_the_last_stages_show_the_strip_then_the_bars(name: str) -> None:
    """Flatten: runs only. Dense: strip, lines, scores. Softmax: probabilities only."""
    shown = scene(name)
    flatten, dense, softmax = (stage.still for stage in shown.stages[-3:])
    runs = {actor.name for actor in actors(shown, "flatten/")}
    assert set(seen(shown, flatten)) == set(seen(shown, dense)) == runs
    assert seen(shown, softmax) == {}
    (lines,), (bars,) = seen(shown, dense, "votes").values(), seen(shown, dense, "bars").values()
    assert (lines["draw"], bars["scores"], bars["probabilities"]) == (1, 1, 0)
    (bars,) = seen(shown, softmax, "bars").values()
    assert (bars["opacity"], bars["scores"], bars["probabilities"]) == (1, 0, 1)


@every_network
def test_all_sheets_are_drawn_to_one_scale(name: str) -> None:
    """28 : 26 : 13 : 11 : 5 is seen: once the image is set aside there is one cell height, sheared alike."""
    network, shown = NETWORKS[name], scene(name)
    stills = [shown.stages[clock].still for clock, stage in pictured(network)[1:]]
    states = [state for t in stills for state in seen(shown, t).values()]
    convolved = [clock for clock, _ in stages(name, Conv2D)]
    states += [state for clock in convolved for state in seen(shown, clock + 0.3).values()]
    assert len({state["d"] for state in states}) <= 1
    for state in states:
        assert state["a"] == pytest.approx(OBLIQUE[0] * state["d"], abs=0.002)
        assert state["b"] == pytest.approx(OBLIQUE[1] * state["d"], abs=0.002)


@every_network
def test_everything_stays_on_the_stage_in_every_still(name: str) -> None:
    """All four corners of every sheet lie in the stage area."""
    shown = scene(name)
    facts = {actor.name: actor.facts for actor in shown.actors}
    for stage in shown.stages:
        for sheet, state in seen(shown, stage.still).items():
            rows, columns = facts[sheet]["rows"], facts[sheet]["columns"]
            for place in [(0, 0), (columns, 0), (0, rows), (columns, rows)]:
                x, y = corner(state, *place)
                assert -THOUSANDTHS <= x <= WIDTH + THOUSANDTHS, (stage.name, sheet)
                assert -THOUSANDTHS <= y <= HEIGHT + THOUSANDTHS, (stage.name, sheet)


@every_network
def test_sheets_leave_most_of_their_neighbour_uncovered(name: str) -> None:
    """Sheets are spread: from one to the next there is room, and always the same."""
    for clock, stage in pictured(NETWORKS[name])[1:]:
        visible = seen(scene(name), scene(name).stages[clock].still)
        xs = [visible[f"{stage.name}/{channel}"]["x"] for channel in range(stage.shape[2])]
        steps = np.diff(xs)
        assert np.ptp(steps) < 0.01 if len(steps) else True
        assert (steps > 10).all()


@every_network
def test_nothing_cuts(name: str) -> None:
    """No property has two values at one time: a small step of the clock is a small step of everything.

    One exception: the lines' opacity, while their drawn length is still zero.
    """
    for actor in scene(name).actors:
        for prop, track in actor.tracks.items():
            jumps = [time for (time, after) in pairwise(track.times) if time == after]
            if actor.kind == "votes" and prop == "opacity":
                jumps = [time for time in jumps if actor.tracks["draw"].at(time) > 0]
            assert not jumps, (actor.name, prop)


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 10))
def test_a_small_step_of_the_clock_moves_everything_a_little(t: float) -> None:
    """In a thousandth of a stage nothing moves 20 units or fades by more than a twentieth."""
    before, after = scene("chapter").at(t), scene("chapter").at(t + 0.001)
    for name, state in before.items():
        for prop in ("x", "y"):
            assert abs(after[name].get(prop, 0) - state.get(prop, 0)) < 20, (name, prop)
        if name != "dense-votes":
            assert abs(after[name]["opacity"] - state["opacity"]) <= 0.0501, name


@every_network
def test_what_fades_out_is_covered_by_what_takes_its_place(name: str) -> None:
    """At ReLU and pooling the old sheet goes only once the new one is opaque, in the same place."""
    shown, network = scene(name), NETWORKS[name]
    for clock, stage in pictured(network)[1:]:
        if isinstance(stage.layer, Conv2D):
            continue
        factor = getattr(stage.layer, "pool_size", 1)
        before = network.stages[clock - 1]
        for t in np.linspace(clock + 0.001, clock + 0.999, 60).tolist():
            old, new = (shown_at(shown, f"{s.name}/0", t) for s in (before, stage))
            if 0 < old["opacity"] < 1 or 0 < new["opacity"] < 1:
                between = [actor.at(t) for actor in shown.actors if actor.name == f"{stage.name}-winners/0"]
                assert max(state["opacity"] for state in (old, new, *between)) == 1
                assert new["d"] == pytest.approx(old["d"] * factor, abs=0.01)
                assert (new["x"], new["y"]) == (old["x"], old["y"])


@every_network
def test_nothing_moves_between_a_still_and_the_end_of_its_stage(name: str) -> None:
    """The still is where the stage's motion ends, so a clip can stop there."""
    shown = scene(name)
    for clock, stage in enumerate(shown.stages):
        assert shown.at(stage.still) == shown.at(clock + 0.999)


@every_network
def test_a_scene_is_a_pure_function_of_the_network_and_the_clock(name: str) -> None:
    """The same going down, going up and after a reload."""
    times = np.linspace(-1, scene(name).duration + 1, 9).tolist()
    again = forward_pass(NETWORKS[name])
    assert again == scene(name)
    assert [scene(name).at(t) for t in times] == [again.at(t) for t in times[::-1]][::-1]


@every_network
def test_a_scene_comes_back_from_json_unchanged(name: str) -> None:
    """The browser plays what Python plays."""
    shown = scene(name)
    data = json.loads(json.dumps(to_json(shown)))
    read = {
        actor["name"]: {prop: track(one) for prop, one in actor["tracks"].items()} for actor in data["actors"]
    }
    assert list(read) == [actor.name for actor in shown.actors]
    for t in np.linspace(-0.5, shown.duration + 0.5, 9).tolist():
        assert {
            name: {prop: one.at(t) for prop, one in tracks.items()} for name, tracks in read.items()
        } == shown.at(t)
    for told, stage in zip(data["stages"], shown.stages, strict=True):
        assert (told["name"], tuple(told["shape"]), told["map"]) == (
            stage.name,
            stage.shape,
            stage.colour_map,
        )
    assert (data["width"], data["height"]) == (WIDTH, HEIGHT)


def track(one: float | list) -> Track:
    """Return a property as the browser reads it."""
    if isinstance(one, int | float):
        return Track((0.0,), (one,))
    times, values, *linear = one
    return Track(tuple(times), tuple(values), bool(linear))


def test_a_hidden_dense_layer_is_refused_by_name() -> None:
    """The scroll has one act for dense layers: the vote."""
    hidden = Sequential(Flatten(), Dense(32), ReLU(), Dense(10), Softmax())
    with pytest.raises(UserError, match="got `dense1` earlier"):
        forward_pass(hidden)
