"""Every scene of the project: found by its name, made of the network's stages, playable at any time."""

from pathlib import Path

import pytest

import genfigs
from genfigs.network.tiny_cnn import network
from genfigs.pipeline.catalogue import find_scenes
from genfigs.pipeline.job import TaskError
from genfigs.pipeline.sources import read_sources
from genfigs.pipeline.work.exports import play

PACKAGE = Path(genfigs.__file__).parent
SCENES = {scene.name: scene.module for scene in find_scenes(read_sources(PACKAGE, None))}


def test_the_scroll_s_scene_is_found_and_its_helpers_are_not() -> None:
    assert "forward-pass" in SCENES
    assert not {"acts", "geometry", "exhibit", "telling", "wording"} & set(SCENES)


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_shows_stages_of_the_network_in_its_order(name: str) -> None:
    scene = play(SCENES[name], network)
    shown = [stage.name for stage in scene.stages]
    assert shown == [stage.name for stage in network.stages if stage.name in shown]


@pytest.mark.parametrize("name", SCENES)
def test_an_actor_shows_what_the_network_computes(name: str) -> None:
    shapes = {stage.name: stage.shape for stage in network.stages}
    for actor in play(SCENES[name], network).actors:
        stage, _, index = str(actor.facts.get("image", "input/0")).partition("/")
        assert int(index) < shapes[stage][-1]


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_has_an_end_and_a_state_at_every_time_before(name: str) -> None:
    scene = play(SCENES[name], network)
    for step in range(int(scene.duration * 20) + 1):
        for state in scene.at(step / 20).values():
            assert all(-1e5 < value < 1e5 for value in state.values())


def test_a_scene_of_another_name_is_a_clear_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    import genfigs.scenes.geometry as module
    from genfigs.scenes.forward_pass import forward_pass

    monkeypatch.setattr(module, "geometry", forward_pass, raising=False)
    with pytest.raises(TaskError, match="must make the scene `geometry`; got `forward-pass`; rename one"):
        play(module.__name__, network)
