"""How long a plan of 20 roles and 60 candidates takes, over devices of several sizes."""

from __future__ import annotations

import time
from math import exp, inf, log
from random import Random
from statistics import median
from typing import Any

from harness.analysis.board import Board, Decision, Reason, Standing
from harness.analysis.statistics import wilson
from harness.engines.local.footprint import SMALLER
from harness.planning.agents import Planner
from harness.planning.agents_file import AgentsFile, Role
from harness.planning.candidates import Candidate
from harness.planning.memory import MODELS

ROLES, CANDIDATES, SEEDS = 20, 60, 3
DEVICES_GB = (12, 24, 48, 80)


def measure() -> dict[str, Any]:
    """Seconds of one plan, ``Planner.plan``, without reading files: the median and the worst of all cases."""
    from scipy import optimize  # noqa: F401  # loaded before, as it is once a process

    seconds, processor, short = [], [], []
    for seed in range(SEEDS):
        for device in DEVICES_GB:
            planner = case(seed)
            began = time.perf_counter(), time.process_time()
            plan = planner.plan(device * 1e9)
            seconds.append(time.perf_counter() - began[0])
            processor.append(time.process_time() - began[1])
            short.append((plan.most - plan.value) / abs(plan.value))
    return {
        "roles": ROLES,
        "candidates": CANDIDATES,
        "cases": len(seconds),
        "aim": "worst_s <= 1, all solved exactly",
        "median_s": round(median(seconds), 3),
        "worst_s": round(max(seconds), 3),
        "median_cpu_s": round(median(processor), 3),
        "worst_cpu_s": round(max(processor), 3),
        "solved_exactly": short.count(0.0),
        "bounded": sum(share < inf for share in short),
        "value_missing_at_most": [round(share, 4) for share in sorted(short) if 0 < share < inf],
    }


def case(seed: int) -> Planner:
    """Roles of eight task types, and models: the more weights and bits, the abler."""
    rng = Random(seed)
    pairs = [(name, quantization) for name in MODELS for quantization in ("F16", *SMALLER)]
    chosen = sorted(rng.sample(pairs, CANDIDATES))
    families = {name: rng.gauss(0, 0.5) for name in MODELS}
    candidates = {
        f"{name}-{quantization}".lower(): _candidate(name, quantization) for name, quantization in chosen
    }
    boards = [_board(f"type-{kind}", candidates, families, rng) for kind in range(8)]
    roles = tuple(
        Role(
            f"role {number}",
            weight=rng.choice((1.0, 1.0, 2.0, 3.0)),
            task_type=f"type-{rng.randrange(8)}",
            context=rng.choice((2048, 4096, 8192, 8192, 16_384, 32_768)),
            slots=rng.choice((1, 1, 2, 4)),
        )
        for number in range(ROLES)
    )  # fmt: skip
    return Planner(AgentsFile(roles), candidates, {"task_type": boards})


def _candidate(name: str, quantization: str) -> Candidate:
    of = MODELS[name]
    return Candidate(
        f"{name}-{quantization}".lower(),
        quantization,
        of.shape(quantization),
        of.billions * 1e9,
        of.context,
        quantization,
    )


def _board(name: str, candidates: dict[str, Candidate], families: dict[str, float], rng: Random) -> Board:
    """What was measured of every candidate on 60 tasks of one type."""
    hardness, lines = rng.gauss(1.0, 1.0), []
    for rank, (id_, candidate) in enumerate(candidates.items(), 1):
        bits = 8 * candidate.shape.weights / candidate.parameters
        family = families[id_.rpartition("-")[0]]
        ability = log(candidate.parameters / 1e9) + family + rng.gauss(0, 0.6) - 3 / bits
        passed = sum(rng.random() < 1 / (1 + exp(hardness - ability)) for _ in range(60))
        low, high = wilson(passed, 60)
        lines.append(_standing(id_, rank, passed / 60, low, high))
    return Board(
        "task_type",
        name,
        60,
        60,
        60,
        (name,),
        (),
        tuple(lines),
        (),
        Decision("insufficient", Reason("undecided")),
    )


def _standing(model: str, rank: int, quality: float, low: float, high: float) -> Standing:
    return Standing(
        model=model, baseline=False, rank=rank, n=60, passed=quality, quality=quality, low=low, high=high,
        score=quality, reliability=1.0, decode_tps=40.0, ttft_s=0.3, latency_p50_s=2.0, latency_p90_s=4.0,
        latency_p95_s=5.0, seconds_per_solved=None, cost_usd=None, cost_per_task=None, cost_per_solved=None,
        answered=60, ok=60, errors=0, crashes=0, skipped=0, excluded=0,
    )  # fmt: skip
