"""Who gets how much of the time: the same tasks for all, nobody starved, nothing beyond the time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.runner.dealing import Pace, deal

ENOUGH = 20


def spent(pace: Pace, position: int) -> float:
    seconds = sum(pace.steps[:position])
    return seconds + pace.load_s if seconds else 0.0


@st.composite
def fields(draw: st.DrawFn) -> tuple[list[Pace], float]:
    steps = draw(st.integers(1, 60))
    paces = [
        Pace(
            f"m{number}",
            draw(st.sampled_from(["here", "here", "a", "b"])),
            draw(st.sampled_from([0.0, 1.0, 5.0])),
            [draw(st.sampled_from([0.0, 1.0, 1.0, 1.0])) * speed for _ in range(steps)],
        )
        for number in range(draw(st.integers(1, 5)))
        for speed in [draw(st.sampled_from([0.01, 0.5, 1.0, 3.0, 50.0]))]
    ]
    return paces, draw(st.floats(0.5, 500))


@settings(max_examples=60)
@given(fields(), st.sampled_from([1.0, 0.5, 0.25]))
def test_the_time_of_every_clock_is_kept_and_used(field: tuple[list[Pace], float], share: float) -> None:
    paces, seconds = field
    positions = deal(paces, seconds, ENOUGH, share)
    assert positions.keys() == {pace.model for pace in paces}
    for clock in {pace.clock for pace in paces}:
        members = [pace for pace in paces if pace.clock == clock]
        left = seconds * share - sum(spent(pace, positions[pace.model]) for pace in members)
        assert left > -1e-6
        if share == 1.0:  # nobody could take another step and still be compared
            assert all(
                positions[pace.model] >= min(len(pace.steps), 3 * min(positions.values()) // 2)
                or spent(pace, positions[pace.model] + 1) - spent(pace, positions[pace.model]) > left - 1e-6
                for pace in members
            )


@settings(max_examples=60)
@given(fields())
def test_nobody_starves(field: tuple[list[Pace], float]) -> None:
    """Each comes as far as an equal part of its clock's time takes it, if that is not far enough for all."""
    paces, seconds = field
    positions = deal(paces, seconds, ENOUGH)
    for pace in paces:
        members = [other for other in paces if other.clock == pace.clock]
        alone = max(p for p in range(len(pace.steps) + 1) if spent(pace, p) <= seconds / len(members))
        assert positions[pace.model] >= min(alone, ENOUGH)


def test_models_go_together_however_slow_one_is() -> None:
    fast, slow = Pace("fast", "here", 1, [0.125] * 500), Pace("slow", "here", 2, [5.0] * 500)
    assert deal([fast, slow], 300, ENOUGH) == {"fast": 71, "slow": 57}
    assert deal([fast, slow], 300, ENOUGH, share=0.5) == {"fast": 28, "slow": 28}


def test_what_is_left_over_goes_to_the_quick() -> None:
    fast, slow = Pace("fast", "here", 0, [0.125] * 500), Pace("slow", "here", 0, [7.0] * 500)
    assert deal([slow, fast], 215, ENOUGH) == {"slow": 30, "fast": 37}
    assert deal([slow, fast], 10_000, ENOUGH) == {"slow": 500, "fast": 500}


def test_a_model_that_is_too_slow_has_its_part_and_holds_nobody_back() -> None:
    quick = [Pace(name, "here", 0, [0.125] * 500) for name in ("a", "b")]
    hopeless = Pace("slow", "here", 0, [60.0] * 500)
    assert deal([*quick, hopeless], 300, ENOUGH) == {"slow": 2, "a": 500, "b": 500}


def test_clocks_of_their_own_go_a_quarter_as_far_again_as_the_others() -> None:
    here, there = Pace("here", "here", 0, [1.0] * 500), Pace("there", "there", 0, [0.25] * 500)
    assert deal([here, there], 50, ENOUGH) == {"here": 50, "there": 62}
    assert deal([here, there], 50, ENOUGH, share=0.5) == {"here": 25, "there": 25}


def test_a_quarter_as_far_again_counts_from_the_beginning() -> None:
    fast, slow = Pace("fast", "here", 0, [0.125] * 500), Pace("slow", "here", 0, [70.0] * 500)
    assert deal([fast, slow], 60, enough=0, before=40) == {"fast": 10, "slow": 0}


def test_who_has_answered_already_waits_for_the_others() -> None:
    ahead, behind = Pace("ahead", "here", 1, [0.0] * 30 + [1.0] * 70), Pace("behind", "here", 1, [1.0] * 100)
    assert deal([ahead, behind], 31, ENOUGH) == {"ahead": 30, "behind": 30}
    assert deal([ahead, behind], 42, ENOUGH) == {"ahead": 35, "behind": 35}
