from __future__ import annotations

from harness.reporting.sections.rounds import rounds

CUT = {"suite": "math", "model": "c", "after": 40, "leader": "a", "quality": 0.1, "leader_quality": 0.9}
PLAYED = {
    "format": "race",
    "samples": 1800,
    "saved": 1240,
    "cuts": [
        {**CUT, "why": "behind", "decided": True},
        {**CUT, "suite": "rust", "model": "b", "why": "halved", "decided": False},
        {**CUT, "model": "a", "why": "settled", "decided": False, "quality": None},
    ],
    "undecided": [{"suite": "go", "leader": "a", "rivals": ["b", "c", "d"]}],
}


def test_savings_departures_and_open_questions_are_told_run_by_run() -> None:
    assert rounds([{"run_id": "full"}, {"run_id": "r1", "rounds": PLAYED}]) == [
        "Run r1 asked in rounds (race: who was shown to be worse was let go)."
        " It saved 1,240 of 1,800 samples: they were not taken, and count for nobody.",
        "math: c let go after 40 tasks (10 % against 90 %, shown to be worse); settled after 40 tasks.",
        "rust: b let go after 40 tasks (10 % against 90 %, not shown to be worse).",
        "go is not decided by its rounds; not shown to be worse than a: b, c, d.",
    ]
