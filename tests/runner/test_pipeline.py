from __future__ import annotations

import asyncio
import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import llama_cpp
import pytest

from harness.engines.local import llama_cpp as engine
from harness.engines.local import placing
from harness.engines.local.process import Worker
from harness.engines.local.resident import Settings
from harness.errors import NoRoom, ResultsError
from harness.graders.exact import Exact
from harness.models.config import Config, load_config
from harness.records import Completion, Failure, ModelSpec, Request, Suite, WorkItem
from harness.resultrow import ResultRow
from harness.runner import pipeline as module
from harness.runner import residents
from harness.runner.asking import Asker
from harness.runner.check import check_suite
from harness.runner.cores import Cores
from harness.runner.pipeline import Pipeline
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.rows import Provenance
from harness.runner.setting import Setting
from harness.runner.time_budget import TimeBudget
from harness.sandbox.unsafe import Unsandboxed
from harness.suites import find_suites, load_suite
from tests.conftest import TEN_SUMS, WriteSuite

IDS = ("one", "two", "three")
ORIGIN = Provenance("run", "0.0", None, "a machine", "its GPU")


@pytest.fixture
def small(write_suite: WriteSuite) -> Suite:
    return load_suite(write_suite(TEN_SUMS))


def write_answers(path: Path, suite: Suite, answer: Callable[[int, str], str | None]) -> None:
    lines = [
        json.dumps({"task_id": task.id, "output": output})
        for number, task in enumerate(suite.tasks)
        if (output := answer(number, task.reference)) is not None
    ]
    path.write_text("\n".join(lines) + "\n")


def config_of(tmp_path: Path, text: str) -> Config:
    (tmp_path / "models.yaml").write_text(text)
    return load_config(tmp_path / "models.yaml")


class Into:
    """Rows go into a function."""

    def __init__(self, put: Callable[[ResultRow], None]) -> None:
        self.put = put


class Watching(Progress):
    """What a run tells goes into functions."""

    def __init__(self, warn: Callable[[str], None], switched: Callable[[str, str, float], None]) -> None:
        super().__init__()
        self.warn, self.switched = warn, switched  # type: ignore[assignment, method-assign]

    def started(self, item: WorkItem) -> None: ...


def take(
    config: Config, suite: Suite, models: str = "all", **options: Any
) -> tuple[list[ResultRow], list[str]]:
    plan = RunPlan(
        Selection(suite.name, models, None, 1, 0), config, (suite,), tuple(config.choose_models(models))
    )
    rows: list[ResultRow] = []
    warnings: list[str] = []
    tasks = {(task.suite, task.id): task for task in suite.tasks}
    progress = Watching(warnings.append, options.pop("switched", lambda *_: None))
    sink, cores = Into(options.pop("store", rows.append)), options.pop("cores", None)
    time = options.pop("time", None)
    running = Pipeline(Setting(ORIGIN, tasks, **options), sink, progress, Asker(), cores, time)
    asyncio.run(running.run([(spec, plan.items([spec])) for spec in plan.models]))
    return rows, warnings


def by_model(rows: list[ResultRow]) -> dict[str, list[ResultRow]]:
    by_name: dict[str, list[ResultRow]] = {}
    for row in rows:
        by_name.setdefault(row.model, []).append(row)
    return by_name


def test_right_wrong_and_missing_answers_are_told_apart(small: Suite, tmp_path: Path) -> None:
    def answer(number: int, reference: str) -> str | None:
        return reference if number < 5 else None if number == 9 else "no number"

    write_answers(tmp_path / "a.jsonl", small, answer)
    config = config_of(tmp_path, "models: [{id: m, engine: scripted, answers: a.jsonl}]")
    rows, _ = take(config, small, "m")
    rows.sort(key=lambda row: row.task_id)
    assert [row.passed for row in rows] == [True] * 5 + [False] * 4 + [None]
    assert {row.status for row in rows[:9]} == {"ok"}
    assert (rows[9].status, rows[9].error_type, rows[9].score) == ("error", "no_answer", None)
    assert {row.timing for row in rows} == {"replayed"}
    assert {row.cost_usd for row in rows} == {None}


def test_the_oracle_passes_everything_and_silence_nothing(small: Suite, tmp_path: Path) -> None:
    rows, _ = take(config_of(tmp_path, "models: []"), small)
    by_name = by_model(rows)
    assert all(row.passed for row in by_name["oracle"])
    assert not any(row.passed for row in by_name["nop"])
    assert len({row.output for row in by_name["random"]}) > 1
    assert all(row.baseline for row in rows)


def test_a_model_that_is_not_there_is_skipped_with_the_reason_and_the_others_run(
    small: Suite, tmp_path: Path
) -> None:
    config = config_of(tmp_path, "models: [{id: gone, engine: llama_cpp, path: gone.gguf}]")
    rows, warnings = take(config, small)
    by_name = by_model(rows)
    assert {(row.status, row.error_type, row.passed) for row in by_name["gone"]} == {
        ("skipped", "model_unavailable", None)
    }
    assert "gone.gguf" in (by_name["gone"][0].error or "")
    assert len(warnings) == 1
    assert all(row.passed for row in by_name["oracle"])


def test_a_crossed_out_pair_is_skipped_and_never_scored(small: Suite, tmp_path: Path) -> None:
    write_answers(tmp_path / "a.jsonl", small, lambda _, reference: reference)
    text = (
        "models: [{id: m, engine: scripted, answers: a.jsonl}]\n"
        "matrix: {exclude: [{models: m, suites: small, reason: not its job}]}"
    )
    rows, _ = take(config_of(tmp_path, text), small, "m")
    assert {(row.status, row.error_type, row.error, row.score) for row in rows} == {
        ("skipped", "excluded", "not its job", None)
    }


def test_a_crashed_grader_is_an_error_and_no_wrong_answer(
    small: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_suite: WriteSuite
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("grader bug")

    monkeypatch.setattr(Exact, "grade", crash)
    suite = load_suite(write_suite("[{id: a, prompt: p, grader: exact, reference: r, wrong: [w]}]"))
    rows, _ = take(config_of(tmp_path, "models: []"), suite, "oracle")
    assert [(r.status, r.error_type, r.passed) for r in rows] == [("error", "grader_crash", None)]


def test_code_is_never_run_without_a_sandbox(tmp_path: Path, write_suite: WriteSuite) -> None:
    code = (
        "[{id: a, prompt: p, wrong: ['def f(): return 2'], reference: 'def f(): return 1',"
        " grader: {python: {signature: 'def f() -> int', cases: [{args: [], returns: 1}]}}}]"
    )
    rows, _ = take(config_of(tmp_path, "models: []"), load_suite(write_suite(code)), "oracle")
    assert [(row.status, row.error_type) for row in rows] == [("skipped", "no_sandbox")]


def test_a_missing_compiler_skips_its_suite_and_says_how_to_get_it(
    tmp_path: Path, write_suite: WriteSuite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    code = (
        "[{id: a, prompt: p, wrong: ['pub fn f() -> i64 { 2 }'], reference: 'pub fn f() -> i64 { 1 }',"
        " grader: {rust: {signature: 'pub fn f() -> i64', cases: [{args: [], returns: 1}]}}}]"
    )
    suite = load_suite(write_suite(code))
    rows, warnings = take(config_of(tmp_path, "models: []"), suite, "oracle", sandbox=Unsandboxed())
    assert [(row.status, row.error_type) for row in rows] == [("skipped", "no_toolchain")]
    assert "rustup" in warnings[0]


def test_a_refused_key_stops_the_model_once_and_marks_the_rest(
    small: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        concurrency, threads, revision, throughput, asked = 2, 0, None, None, 0

        async def open(self) -> float:
            return 0.0

        async def close(self) -> None: ...

        async def complete(self, request: Request) -> Completion:
            Refusing.asked += 1
            return Completion(failure=Failure("auth", "key refused; set KEY", fatal=True))

    monkeypatch.setattr(module, "build_engine", lambda spec: Refusing())
    config = config_of(tmp_path, "models: [{id: m, engine: openai, provider: groq, model: x}]")
    rows, warnings = take(config, small, "m")
    assert Refusing.asked <= 2
    assert len(rows) == 10
    assert {(row.status, row.error_type) for row in rows} == {("skipped", "auth")}, "a resume asks them again"
    assert warnings == ["groq: key refused; set KEY"]


def test_a_model_whose_turn_is_over_is_not_loaded(
    small: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_of(tmp_path, "models: [{id: m, engine: llama_cpp, path: x.gguf}]")
    monkeypatch.setattr(module, "build_engine", lambda spec: pytest.fail("opened"))
    time = TimeBudget(0.0, {})
    time.allot("m", 10.0)
    assert take(config, small, "m", time=time) == ([], []), "they wait for another turn"


def test_a_store_that_fails_ends_the_run_with_its_own_error(small: Suite, tmp_path: Path) -> None:
    def full(row: ResultRow) -> None:
        raise ResultsError("disk full")

    with pytest.raises(ResultsError, match="disk full"):
        take(config_of(tmp_path, "models: []"), small, store=full)


def test_a_task_with_skip_gives_skipped_rows_and_needs_no_grader(
    tmp_path: Path, write_suite: WriteSuite
) -> None:
    suite = load_suite(
        write_suite(
            '- {id: odd, prompt: "?", grader: nobody-has-this, reference: "1", wrong: ["2"], skip: needs X}\n'
            '- {id: even, prompt: "?", grader: {numeric: {}}, reference: "1", wrong: ["2"]}\n'
        )
    )
    (tmp_path / "a.jsonl").write_text('{"task_id": "even", "output": "1"}\n')
    config = config_of(tmp_path, "models: [{id: m, engine: scripted, answers: a.jsonl}]\n")
    rows, _ = take(config, suite, "m")
    assert {(row.task_id, row.status, row.error_type, row.error) for row in rows} == {
        ("odd", "skipped", "not_runnable", "needs X"),
        ("even", "ok", None, None),
    }
    assert check_suite(suite, None) == []


def test_a_local_answer_beside_more_graders_than_there_are_cores_is_contended(
    small: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Local:
        concurrency, threads, revision, throughput = 1, 1, "file", None

        def __init__(self) -> None:
            self.asked = 0

        async def open(self) -> float:
            return 0.0

        async def close(self) -> None: ...

        async def complete(self, request: Request) -> Completion:
            self.asked += 1
            if self.asked != 3:
                return Completion("1", latency_s=0.0, on_gpu=True)
            async with cores.model(1):  # somebody else, while the third answer is made
                await asyncio.sleep(0.001)
            return Completion("1", latency_s=0.001)

    cores = Cores(1)
    monkeypatch.setattr(module, "build_engine", lambda spec: Local())
    config = config_of(tmp_path, "models: [{id: m, engine: llama_cpp, path: x.gguf}]")
    rows, _ = take(config, small, "m", cores=cores)
    assert [row.timing for row in rows] == ["measured"] * 2 + ["contended"] + ["measured"] * 7
    assert [row.gpu for row in rows] == ["its GPU"] * 2 + [None] + ["its GPU"] * 7


def run_demo(
    tmp_path: Path, suites: tuple[Suite, ...], store: Callable[[ResultRow], None], limit: int = 30
) -> None:
    """Some samples of each suite on the smallest demo model."""
    model = "{id: small, engine: llama_cpp, path: 'builtin:demo-xs.gguf', params: {max_tokens: 8}}"
    config = config_of(tmp_path, f"models: [{model}]")
    plan = RunPlan(Selection("all", "small", limit, 1, 0), config, suites, (config.models["small"],))
    tasks = {(task.suite, task.id): task for suite in suites for task in suite.tasks}
    progress = Watching(lambda text: None, lambda *_: None)
    running = Pipeline(Setting(ORIGIN, tasks), Into(store), progress, Asker())
    asyncio.run(running.run([(spec, plan.items([spec])) for spec in plan.models]))


def test_a_local_model_answers_the_first_samples_of_each_suite_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are in flight together: here each waits until another one is asked too."""
    ask, asked, pair = Worker.ask, Counter[str](), asyncio.Barrier(2)

    async def patient(worker: Worker, request: Request, *more: object) -> Completion:
        asked[request.suite] += 1
        if asked[request.suite] > 10:
            await asyncio.wait_for(pair.wait(), 60)
        return await ask(worker, request)

    monkeypatch.setattr(Worker, "ask", patient)
    suites = tuple(load_suite(find_suites()[name]) for name in ("classification", "math"))
    rows: list[ResultRow] = []
    run_demo(tmp_path, suites, rows.append)
    assert len(rows) == 60 and all(row.status == "ok" for row in rows)
    for suite in suites:
        of_suite = [row for row in rows if row.suite == suite.name]
        timings = [
            row.timing for row in sorted(of_suite, key=lambda row: row.started_at or "")
        ]  # as they were asked
        assert timings[:10] == ["measured"] * 10 and asked[suite.name] == 30


def test_a_run_outlives_its_model_s_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processes: list[int] = []
    start = Worker.start

    async def noted(settings: Settings) -> Worker:
        worker = await start(settings)
        processes.append(worker.pid)
        return worker

    monkeypatch.setattr(Worker, "start", noted)
    rows: list[ResultRow] = []

    def store(row: ResultRow) -> None:
        rows.append(row)
        if len(rows) == 12:
            os.kill(processes[0], signal.SIGKILL)

    run_demo(tmp_path, (load_suite(find_suites()["math"]),), store, 120)  # more than are in flight at once
    assert len(rows) == 120 and len(processes) == 2
    lost = [row for row in rows if row.status == "error"]
    assert lost and all(row.error_type == "model_crashed" and row.output == "" for row in lost)
    assert rows[-1].status == "ok"


def test_local_models_side_by_side_outlive_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two are open at once, a third waits for room; one is killed in the middle."""
    started: list[Worker] = []
    both = asyncio.Event()
    start, ask, check = Worker.start, Worker.ask, placing.checked

    async def noted(settings: Settings) -> Worker:
        started.append(await start(settings))
        return started[-1]

    async def patient(worker: Worker, request: Request, *more: object) -> Completion:
        if not both.is_set():  # neither answers before the other is there
            await asyncio.wait_for(both.wait(), 60)
        return await ask(worker, request)

    def full(spec: ModelSpec, path: Path, beside: int = 0) -> placing.MemoryPlan:
        if spec.id == "three" and beside:
            raise NoRoom("no room beside others")
        return check(spec, path, beside)

    monkeypatch.setattr(Worker, "start", noted)
    monkeypatch.setattr(Worker, "ask", patient)
    monkeypatch.setattr("harness.engines.local.llama_cpp.checked", full)
    model = "engine: llama_cpp, path: 'builtin:demo-xs.gguf', params: {max_tokens: 8}"
    config = config_of(tmp_path, f"models: [{', '.join(f'{{id: {n}, {model}}}' for n in IDS)}]")
    suite = load_suite(find_suites()["math"])
    suite = replace(suite, tasks=suite.tasks[:30])
    events: list[str] = []
    rows: list[ResultRow] = []

    def store(row: ResultRow) -> None:
        rows.append(row)
        if len(rows) == 12:
            os.kill(started[0].pid, signal.SIGKILL)

    def switched(model: str, what: str, seconds: float) -> None:
        assert seconds >= 0
        events.append(f"{model} {what}")
        if len(events) == 2:
            both.set()

    take(config, suite, local_at_once=2, store=store, switched=switched, models=",".join(IDS))
    assert {name: len(of) for name, of in by_model(rows).items()} == dict.fromkeys(IDS, 30)
    lost = [row for row in rows if row.status != "ok"]
    assert lost and {(row.model, row.error_type) for row in lost} == {("one", "model_crashed")}
    assert {row.timing for row in rows[:12] if row.status == "ok"} == {"contended"}
    alone = [row.timing for row in rows if row.model == "three"]
    assert alone[:10] == ["measured"] * 10, "the others had gone"
    assert sorted(events[:2]) == ["one loaded", "two loaded"] and events[4:] == [
        "three loaded",
        "three unloaded",
    ]


def test_auto_holds_what_a_gpu_has_room_for_and_one_on_a_cpu(
    small: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device's report is made up: two of the three demo models find room."""
    names = ("xs", "s", "m")
    events: list[str] = []
    two = asyncio.Event()
    ask = Worker.ask

    async def patient(worker: Worker, request: Request, *more: object) -> Completion:
        if not two.is_set():
            await asyncio.wait_for(two.wait(), 60)
        return await ask(worker, request)

    def switched(model: str, what: str, seconds: float) -> None:
        events.append(f"{model} {what}")
        if len(events) == 2:
            two.set()

    monkeypatch.setattr(residents, "usable_processors", lambda: 16)
    model = "engine: llama_cpp, path: 'builtin:demo-{0}.gguf', params: {{max_tokens: 8}}"
    config = config_of(tmp_path, f"models: [{', '.join(f'{{id: {n}, {model.format(n)}}}' for n in names)}]")
    rows, _ = take(
        config, small, ",".join(names), switched=lambda model, what, _: events.append(f"{model} {what}")
    )
    assert events == [f"{name} {what}" for name in names for what in ("loaded", "unloaded")]
    assert {(row.timing, row.gpu) for row in rows} == {("measured", None)}

    events.clear()
    monkeypatch.setattr(Worker, "ask", patient)
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(
        placing, "free_gpu_memory", lambda: 1_500_000_000 - 600_000_000 * len(engine._WEIGHTS)
    )
    rows, _ = take(config, small, ",".join(names), switched=switched)
    assert (
        events[:2] == ["xs loaded", "s loaded"]
        and events[2].endswith("unloaded")
        and "m loaded" in events[3:5]
    )
    assert {name: len(of) for name, of in by_model(rows).items()} == dict.fromkeys(names, 10)
    assert all(row.status == "ok" for row in rows)
    assert [row.timing for row in rows][:10] == ["contended"] * 10
