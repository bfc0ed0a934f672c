"""A provider misbehaves in sixteen ways: no answer is lost without need, none comes twice or in part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.results.observations import read_observations
from tests.loopback import Loopback
from tests.serve.gateways import serving, write_rules
from tests.serve.scenes import SCENES, Pace, Scene, World, play_scene

PACE = Pace(retry_after_s=0.4, late_s=3.0, stall_s=3.0)
SAFE = {"S08", "S09", "S10", "S14"}  # where the answer had begun, or nobody is left to ask


def played(scene: Scene, folder: Path) -> tuple[str, World]:
    @contextmanager
    def gateway(first: Loopback, second: Loopback) -> Iterator[str]:
        rules = write_rules(folder / "rules.yaml", first, second, contexts=scene.windows)
        with serving(rules) as (url, _):
            yield f"{url}/v1"

    return play_scene(scene, PACE, gateway)


@pytest.mark.parametrize("name", SCENES)
def test_a_scene(name: str, tmp_path: Path) -> None:
    grade, world = played(SCENES[name], tmp_path)
    assert grade == "pass" or (grade == "safe" and name in SAFE), (grade, world)


def test_a_retry_waits_as_long_as_it_was_asked_to(tmp_path: Path) -> None:
    _, world = played(SCENES["S01"], tmp_path)
    assert world.asked_at[1] - world.asked_at[0] >= PACE.retry_after_s
    assert not world.second


def test_what_broke_off_is_a_failed_call_and_its_text_came_once(tmp_path: Path) -> None:
    _, world = played(SCENES["S08"], tmp_path)
    assert world.seen[0].text == "".join(f"t{number} " for number in range(40))
    assert not world.second  # no second model after the commit point
    (call,) = read_observations(tmp_path / "results")
    assert (call.success, call.error, call.streamed) == (False, "broken_stream", True)


def test_the_bill_is_that_of_the_model_that_answered(tmp_path: Path) -> None:
    _, world = played(SCENES["S16"], tmp_path)
    assert world.seen[0].headers["x-harness-model"] == "m2"
    *failed, answered = read_observations(tmp_path / "results")
    assert [call.cost_usd for call in failed] == [None, None]
    assert answered.model == "m2" and answered.cost_usd == pytest.approx((11 * 1 + 3 * 2) / 1e6)
    assert {call.request_id for call in (*failed, answered)} == {world.seen[0].headers["x-request-id"]}
