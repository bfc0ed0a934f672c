"""From what a program printed and how it ended to a verdict, all outside the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from harness.graders.execution import wire
from harness.graders.execution.cases import Case, CaseSpec
from harness.records import Verdict
from harness.sandbox.base import Outcome

ErrorType = Literal[
    "malformed_answer",
    "compile_error",
    "timeout",
    "memory_limit",
    "output_limit",
    "crash",
    "wrong_answer",
    "protocol_violation",
]
_STOPPED: dict[str, ErrorType] = {
    "wall": "timeout",
    "cpu": "timeout",
    "memory": "memory_limit",
    "output": "output_limit",
}
# A language's own demand on a value, beyond what YAML can say (an exact type): a complaint or None.
Complaint = Callable[[Case, Any], str | None]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: ``got`` and ``expected`` in words, ``got`` ``None`` when nothing came out."""

    name: str
    passed: bool
    got: str | None
    expected: str


@dataclass(frozen=True, slots=True)
class ProgramMetrics:
    """What a verdict's metrics hold beside the tests. Times in seconds; ``None`` is not measured."""

    sandbox: str | None = None  # level
    compile_s: float | None = None
    run_s: float | None = None
    cpu_s: float | None = None
    max_rss_mb: float | None = None
    warnings: int | None = None
    deprecated: int | None = None  # of the warnings, those of deprecated functions
    code_lines: int | None = None
    complexity: int | None = None
    edition: str | None = None  # of Rust, that the answer was compiled in
    batched: bool = False
    cached: bool = False
    verdict: Literal["outside", "inside"] = "outside"


def counted_warnings(codes: Sequence[str] | None) -> Mapping[str, Any]:
    """What metrics say of the compiler's warnings; ``None`` where nothing was compiled, or nobody looked."""
    if codes is None:
        return {"warnings": None, "deprecated": None}
    return {"warnings": len(codes), "deprecated": codes.count("deprecated")}


def judge(
    grader: str,
    spec: CaseSpec,
    channel: bytes,
    outcome: Outcome,
    measured: ProgramMetrics,
    complain: Complaint | None = None,
) -> Verdict:
    """The verdict on a program that ran: passed only for exactly the right lines and a clean end."""
    values, broken = wire.read(channel, len(spec.cases))
    results = _results(values, spec, complain)
    error_type, error = _ending(outcome, broken)
    right = sum(result.passed for result in results)
    if error_type is None and right < len(results):
        error_type = "wrong_answer"
        if any((wire.raised(value) or ("",))[0] == "MemoryError" for value in values):
            error_type = "memory_limit"
    if error_type is None:
        score = 1.0
    elif error_type == "protocol_violation":
        score = 0.0
    else:  # all the right lines but no clean end is not all
        score = min(right, len(results) - 1) / len(results)
    first = next((result for result in results if not result.passed), None)
    words = "; ".join(part for part in (error, _words(first) if first else None) if part)
    metrics = _metrics(measured, True, error_type == "timeout", {r.name: r.passed for r in results})
    return Verdict(error_type is None, score, grader, error_type, words or None, metrics)


def refuse(
    grader: str,
    spec: CaseSpec,
    error_type: ErrorType,
    error: str,
    measured: ProgramMetrics,
    timed_out: bool = False,
) -> Verdict:
    """The verdict on an answer that never ran: no code in it, or it does not compile (in time)."""
    metrics = _metrics(measured, False, timed_out, dict.fromkeys(spec.names, False))
    return Verdict(False, 0.0, grader, error_type, error, metrics)


def _results(values: list[Any], spec: CaseSpec, complain: Complaint | None) -> list[CaseResult]:
    """The values that came out against the cases; those without a value have no result."""
    done = [_result(case, value, complain) for case, value in zip(spec.cases, values, strict=False)]
    return done + [CaseResult(case.name, False, None, _wanted(case)) for case in spec.cases[len(done) :]]


def _result(case: Case, value: Any, complain: Complaint | None) -> CaseResult:
    names = wire.raised(value)
    if case.raises is not None:
        passed = names is not None and case.raises in names
    else:
        passed = names is None and wire.matches(case.returns, value, case.tolerance)
    got = wire.show(value)
    if passed and names is None and complain and (complaint := complain(case, value)):
        passed, got = False, f"{got} ({complaint})"
    return CaseResult(case.name, passed, got, _wanted(case))


def _wanted(case: Case) -> str:
    return f"{case.raises} raised" if case.raises else wire.show(case.returns)


def _words(result: CaseResult) -> str:
    return f"{result.name}: expected {result.expected}, got {result.got or 'nothing'}"


def _ending(outcome: Outcome, broken: str | None) -> tuple[ErrorType | None, str | None]:
    """What is wrong with the way a program ended, first the limits, then its exit, then its lines."""
    if outcome.stopped_by is not None:
        return _STOPPED.get(outcome.stopped_by, "crash"), f"stopped by {outcome.stopped_by}"
    if outcome.exit_code != 0:
        lines = outcome.stderr.decode(errors="replace").strip().splitlines()
        return "crash", f"exit code {outcome.exit_code}" + (f": {lines[-1][:200]}" if lines else "")
    return ("protocol_violation", broken) if broken else (None, None)


def _metrics(
    measured: ProgramMetrics, compiled: bool, timed_out: bool, tests: dict[str, bool]
) -> dict[str, Any]:
    return {
        "compiled": compiled,
        "tests": tests,
        "tests_passed": sum(tests.values()),
        "tests_total": len(tests),
        "timed_out": timed_out,
        **asdict(measured),
    }
