"""Small random result sets: one to three models, few tasks, ties, gaps, errors, costs known and unknown."""

from __future__ import annotations

from random import Random

from harness.resultrow import ResultRow
from tests.rows import answers

LANGUAGES = ("en", "de", "python", "rust")
RUNS = ("20261101-120000-aaaa", "20261102-120000-bbbb")


def world(seed: int) -> list[ResultRow]:
    """Rows of one to four suites."""
    random = Random(seed)
    models = ["ant", "bee", "cow"][: random.randint(1, 3)]
    rows: list[ResultRow] = []
    for suite in ["sums", "words", "code", "maps"][: random.choice([1, 1, 2, 2, 3, 4])]:
        shape = {
            "suite": suite,
            "task_type": random.choice([suite, "shared"]),
            "category": suite,
            "role": f"{suite}-agent",
            "language": random.choice(LANGUAGES),
            "difficulty": random.choice(["beginner", "intermediate", "advanced"]),
            "prompt_tokens": random.choice([40, 40, 5000, None]),
        }
        tasks = random.choice([1, 1, 2, 3, 5, 5, 12, 30, 90])
        common = _answers(random, tasks)
        for model in models:
            passed = common if random.random() < 0.3 else _answers(random, tasks)
            rows += answers(model, passed, **shape, **_figures(random))
            if random.random() < 0.2:
                rows += answers(model, _answers(random, tasks), **shape, **_figures(random), run_id=RUNS[1])
            if random.random() < 0.1:
                rows += answers(model, passed, **shape, repeat=1)
        if random.random() < 0.4:
            baseline = {"baseline": True, "engine": "scripted", "timing": "replayed", "latency_s": None}
            rows += answers("oracle", "1" * tasks, **shape, **baseline)
            rows += answers("random", "10" * tasks, **shape, **baseline)[:tasks]
    return rows


def _answers(random: Random, tasks: int) -> str:
    """All passed, none, a mixture, with errors and skips, or an interrupted run."""
    kind = random.choice(["1", "0", "10", "1110", "1000", "10x", "10-", "x", "-", "cut", "few errors"])
    if kind == "cut":
        return "".join(random.choices("110", k=random.randint(1, tasks)))
    if kind == "few errors":
        return "".join("x" if random.random() < 0.08 else random.choice("10") for _ in range(tasks))
    return "".join(random.choices(kind, k=tasks))


def _figures(random: Random) -> dict[str, float | int | str | None]:
    """What is known of speed and cost: nothing, zero, the same as others, or something."""
    return {
        "cost_usd": random.choice([None, None, 0.0, 0.001, 0.001, random.uniform(0, 0.01)]),
        "latency_s": random.choice([None, 0.0, 0.1, 0.1, random.uniform(0.01, 20)]),
        "decode_tps": random.choice([None, 100.0, random.uniform(1, 500)]),
        "timing": random.choice(["measured", "measured", "replayed"]),
    }
