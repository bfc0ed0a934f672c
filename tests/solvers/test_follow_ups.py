"""The second change: asked of who passed, on its own tree, and never part of the verdict on the first."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harness.engines.retry import RetryPolicy
from harness.graders import build_grader
from harness.models.config import load_config
from harness.records import Completion
from harness.resultrow import ResultRow
from harness.results.locations import parts_of
from harness.results.store import read_part
from harness.runner.cache import AnswerCache
from harness.runner.check import check_suite
from harness.runner.finished import finished
from harness.runner.flakes import read_flakes, try_references
from harness.runner.follow_ups import judged_again
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.recompute import regrading
from harness.runner.run import RunOptions, execute
from harness.runner.time_budget import TimeBudget
from harness.sandbox import open_sandbox
from harness.solvers.base import put_suite
from harness.suites import load_suite
from tests.endpoints import IN_USD, OUT_USD, entry
from tests.loopback import Call, Loopback, answer, hang, stream
from tests.projects import write_project
from tests.solvers.test_agent import SUBMIT
from tests.solvers.test_calls import SED, call

FOLLOWED = {
    "follow-up/task.yaml": "prompt: Write `double(a)`, the double of a number.\n"
    "hidden: {doubles: begin, adds: keep}\n",
    "follow-up/hidden/doubles.py": "from sums import double\n\nemit(double(4))\nemit(double(-1))\n",
    "follow-up/hidden/doubles.yaml": "of four: 8\nof less than nothing: -2\n",
    "follow-up/reference/sums.py": "def add(a, b):\n    return a + b\n\n\ndef double(a):\n    return 2 * a\n",
    "follow-up/wrong/1/sums.py": "def add(a, b):\n    return a + b\n\n\ndef double(a):\n    return a * a\n",
    "follow-up/wrong/2/sums.py": "def add(a, b):\n    return 2 * a\n\n\ndef double(a):\n    return 2 * a\n",
    "follow-up/other/sums.py": "add = lambda a, b: sum((a, b))\ndouble = lambda a: sum((a, a))\n",
}
FIRST = "sums.py\n```python\ndef add(x, y):\n    return x + y\n```\n"
DOUBLE = "def double(x):\n    return 2 * x\n\n\ndef add(x, y):\n"
SECOND = f"sums.py\n<<<<<<< SEARCH\ndef add(x, y):\n=======\n{DOUBLE}>>>>>>> REPLACE\n"
AGENTS_FIRST = ("I mend it.\n\n```bash\nsed -i 's/return a$/return a + b/' sums.py\n```\n", SUBMIT)
AGENTS_SECOND = ("```bash\nprintf 'def double(a):\\n    return 2 * a\\n' >> sums.py\n```\n", SUBMIT)
BROKEN = f"sums.py\n```python\n{DOUBLE}    return x\n```\n"
GONE = "sums.py\n```delete\n```\n"
SECONDS: Mapping[str, Mapping[str, Any]] = {
    "": {"error_type": "no_edit", "changed_lines": None},
    "I would rather not.": {"error_type": "no_edit"},
    GONE: {"error_type": "crash", "changed_files": 1, "broken": ["adds"]},
    BROKEN: {"error_type": "wrong_answer", "broken": ["adds"]},
    "hidden/doubles.yaml\n```\nof four: 0\n```\n": {"error_type": "crash", "broken": []},
    f"visible/doubles.py\n```\nemit(8)\n```\n{SECOND}": {"error_type": "protected_file"},
    "../sums.py\n```\nx = 1\n```\n": {"error_type": "path_escape"},
    f"conftest.py\n```\nimport os\nos._exit(0)\n```\n{SECOND}": {"passed": True},
}
TOKENS = {"prompt_tokens": 1000, "completion_tokens": 100}
A_TURN = (1000 * IN_USD + 100 * OUT_USD) / 1e6
ASKED = "Now it is to be changed."
Put = Callable[..., ResultRow]


class Programmer:
    """A play that answers the first request and the second one, turn by turn, and hangs where it cannot."""

    def __init__(self, first: Sequence[str], second: Sequence[str]) -> None:
        self.first, self.second = first, second
        self.asked: list[str] = []  # the question of each request
        self.failing = False  # whether the second request is refused

    async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
        question = call.body["messages"][0]["content"]
        answers = self.second if ASKED in question else self.first
        turn = sum(message["role"] == "assistant" for message in call.body["messages"])
        self.asked.append(question)
        if self.failing and ASKED in question:
            await answer(500)(call, writer)
            return
        if turn < len(answers):
            await stream(answers[turn], usage=TOKENS)(call, writer)
        else:
            await hang()(call, writer)

    @property
    def seconds(self) -> int:
        """Requests for the second change."""
        return sum(ASKED in question for question in self.asked)


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """The row of the project with a second change, put to a server."""
    monkeypatch.setattr(RetryPolicy, "wait_s", lambda *_: 0.002)
    sandbox = open_sandbox("auto")

    def taken(server: Loopback, name: str = "r", **given: Any) -> ResultRow:
        chosen = {key: given.pop(key) for key in list(given) if key not in ("begin", "cache")}
        (tmp_path / "models.yaml").write_text(f"models: [{entry('m', server)}]")
        config = load_config(tmp_path / "models.yaml")
        selection = Selection("trees", "m", None, 1, 0, **chosen)
        suite = put_suite(load_suite(write_project(tmp_path, FOLLOWED)), selection.way)
        plan = RunPlan(selection, config, (suite,), tuple(config.choose_models("m")))
        execute(plan, tmp_path / name, "run", Progress(), RunOptions(sandbox=sandbox, **given))
        rows = [row for part in parts_of(tmp_path / name / "run") for row in read_part(part).to_pylist()]
        return ResultRow(**rows[-1])

    return taken


def follow_up(row: ResultRow) -> dict[str, Any] | None:
    result: dict[str, Any] | None = json.loads(row.metrics).get("follow_up")
    return result


def test_who_passes_is_asked_for_a_second_change_of_its_own_tree(put: Put) -> None:
    play = Programmer([FIRST], [SECOND])
    with Loopback(play) as server:
        row = put(server)
    assert len(play.asked) == 2 and "def add(x, y):\n    return x + y\n" in play.asked[1]
    assert "another sum" not in play.asked[1] and "of four" not in play.asked[1], "hidden values are shown"
    result = follow_up(row)
    assert result is not None and (result["passed"], result["broken"]) == (True, [])
    assert (result["changed_lines"], result["changed_files"]) == (4, 1)
    assert (result["prompt_tokens"], result["completion_tokens"]) == (1000, 100)
    assert row.follow_up_usd == pytest.approx(A_TURN)
    # What the first change took is what stands in the row, and nothing else.
    assert row.passed and row.prompt_tokens == 1000 and row.cost_usd == pytest.approx(A_TURN)
    assert row.output == FIRST and row.task_id == "sum" and "follow" not in (row.solver or "")


def test_what_a_second_answer_may_do(tmp_path: Path) -> None:
    (task,) = load_suite(write_project(tmp_path, FOLLOWED)).tasks
    first, sandbox = Completion(output=FIRST, finish_reason="stop"), open_sandbox("auto")
    (asked,) = {build_grader(task).follow_up.prompt_sha256}  # type: ignore[attr-defined]
    for second, expected in SECONDS.items():
        before = {"prompt_sha256": asked, "output": second, "finish_reason": "stop"}
        result = judged_again(task, first, before, sandbox)
        assert result["passed"] is expected.get("passed", False), result
        assert {name: result[name] for name in expected} == expected


def test_who_fails_is_asked_for_no_more(put: Put) -> None:
    play = Programmer(["sums.py\n```\ndef add(a, b):\n    return b\n```\n"], [SECOND])
    with Loopback(play) as server:
        row = put(server)
    assert (row.passed, follow_up(row), row.follow_up_usd, play.seconds) == (False, None, None, 0)


def test_a_run_can_do_without(put: Put) -> None:
    play = Programmer([FIRST], [SECOND])
    with Loopback(play) as server:
        rows = put(server, "a", follow_up=False), put(server, "b", speed_lane=True)
    assert [follow_up(row) for row in rows] == [None, None] and play.seconds == 0


def test_an_agent_gets_a_new_shell_on_its_tree(put: Put) -> None:
    play = Programmer(AGENTS_FIRST, AGENTS_SECOND)
    with Loopback(play) as server:
        row = put(server, solver="agent")
    result = follow_up(row)
    assert (row.passed, row.prompt_tokens, play.seconds) == (True, 2000, 2)
    assert result is not None and (result["passed"], result["requests"]) == (True, 2), result
    assert result["prompt_tokens"] == 2000 and row.follow_up_usd == pytest.approx(2 * A_TURN)


def test_a_budget_that_ends_between_the_two_keeps_the_first(put: Put, tmp_path: Path) -> None:
    """A request reserves some 0.006 USD here, and costs a third of it; a resume asks for the second only."""
    play = Programmer([FIRST], [SECOND])
    with Loopback(play) as server:
        row = put(server, budget_usd=0.0075)
        assert play.seconds == 0
        later = put(server, budget_usd=1.0, begin="resume")
        again = put(server, budget_usd=1.0, begin="resume")
    result = follow_up(row)
    assert result is not None and (result["passed"], result["reason"]) == (None, "budget_spent")
    assert (row.passed, row.status, row.follow_up_usd) == (True, "ok", None)
    result = follow_up(later)
    assert result is not None and result["passed"] and (len(play.asked), play.seconds) == (2, 1)
    assert (later.output, later.cost_usd, later.latency_s) == (row.output, row.cost_usd, row.latency_s)
    assert later.follow_up_usd == pytest.approx(A_TURN) and later.timing == "replayed"
    assert str(later.started_at) > str(row.started_at) and again == later
    assert finished(tmp_path / "r", "run", follow_ups=True).spent == {"m": pytest.approx(2 * A_TURN)}


def test_a_provider_that_failed_is_asked_for_the_second_change_again(put: Put) -> None:
    play = Programmer([FIRST], [])
    play.failing = True
    with Loopback(play) as server:
        row = put(server)
        failed = play.seconds
        play.second, play.failing = [SECOND], False
        later = put(server, begin="resume")
    first, second = map(follow_up, (row, later))
    assert first is not None and first["passed"] is None and first["reason"] == "server_error"
    assert second is not None and second["passed"] and len(play.asked) == failed + 2


def test_a_tree_that_is_too_long_is_asked_once(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.runner.follow_ups._BYTES", 10)
    play = Programmer([FIRST], [SECOND])
    with Loopback(play) as server:
        rows = put(server), put(server, begin="resume")
    assert rows[0] == rows[1] and play.seconds == 0
    result = follow_up(rows[0])
    assert result is not None and result["reason"] == "too_long"


def test_what_was_said_of_both_changes_is_kept(put: Put) -> None:
    with Loopback(Programmer([FIRST], [SECOND])) as server:
        row = put(server, "single")
    assert row.transcript is not None
    first, asked, second = json.loads(row.transcript)
    assert first == {"role": "assistant", "content": FIRST}
    assert asked["role"] == "user" and asked["content"].endswith("Write `double(a)`, the double of a number.")
    assert second == {"role": "assistant", "content": SECOND}


def test_a_second_change_can_be_made_by_calls_of_a_tool(put: Put) -> None:
    double = "printf 'def double(a):\\n    return 2 * a\\n' >> sums.py"
    submit = "echo SUBMIT_PROJECT"
    with Loopback(call(SED), call(submit), call("cat sums.py"), call(double), call(submit)) as server:
        row = put(server, solver="agent")
    result = follow_up(row)
    assert (row.passed, len(server.calls)) == (True, 5), row.error
    assert result is not None and (result["passed"], result["requests"]) == (True, 3), result
    second = server.calls[2].body
    assert second["tools"] and len(second["messages"]) == 1 and ASKED in second["messages"][0]["content"]
    assert "return a + b" in server.calls[3].body["messages"][-1]["content"], "it works on its own tree"
    assert row.transcript is not None
    said = [turn["content"] for turn in json.loads(row.transcript)]
    assert any(SED in content for content in said) and any("def double" in content for content in said)


def test_what_a_second_change_cost_is_spent_for_a_resumed_run(put: Put, tmp_path: Path) -> None:
    with Loopback(Programmer([FIRST], [SECOND])) as server:
        put(server)
    assert finished(tmp_path / "r", "run").spent == {"m": pytest.approx(2 * A_TURN)}


def test_time_that_ends_between_the_two_keeps_the_first(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    play = Programmer([FIRST], [SECOND])
    monkeypatch.setattr(TimeBudget, "allows", lambda *_: not play.asked)
    with Loopback(play) as server:
        row = put(server, minutes=5)
    result = follow_up(row)
    assert row.passed and play.seconds == 0
    assert result is not None and (result["passed"], result["reason"]) == (None, "no_time")


def test_both_requests_come_from_the_cache(put: Put, tmp_path: Path) -> None:
    play = Programmer([FIRST], [SECOND])
    with Loopback(play) as server, closing(AnswerCache(tmp_path / "cache.sqlite")) as cache:
        rows = [put(server, name, cache=cache) for name in ("a", "b")]
    first, second = map(follow_up, rows)
    assert first is not None and second is not None and first["passed"] and second["passed"]
    assert (rows[1].timing, len(play.asked)) == ("replayed", 2)


def test_a_new_verdict_judges_the_second_change_too(put: Put, tmp_path: Path) -> None:
    with Loopback(Programmer([FIRST], [SECOND])) as server:
        row = put(server)
    hidden = {"follow-up/hidden/doubles.yaml": "of four: 9\nof less than nothing: -2\n"}
    suite = load_suite(write_project(tmp_path, FOLLOWED | hidden))
    (after,) = regrading({("trees", task.id): task for task in suite.tasks}, open_sandbox("auto"))([row])
    before, now = follow_up(row), follow_up(after)
    assert before is not None and now is not None and (before["passed"], now["passed"]) == (True, False)
    assert after.passed and now["prompt_tokens"] == 1000 and now["sha256"] != before["sha256"]


def test_the_baselines_do_what_they_do(tmp_path: Path) -> None:
    suite = load_suite(write_project(tmp_path, FOLLOWED))
    (tmp_path / "models.yaml").write_text("models: []\n")
    config = load_config(tmp_path / "models.yaml")
    specs = tuple(config.choose_models("oracle,nop,random"))
    plan = RunPlan(Selection("trees", "all", None, 1, 0), config, (suite,), specs)
    execute(plan, tmp_path / "r", "run", Progress(), RunOptions(sandbox=open_sandbox("auto")))
    rows = [ResultRow(**row) for part in parts_of(tmp_path / "r/run") for row in read_part(part).to_pylist()]
    results = {row.model: follow_up(row) for row in rows}
    assert results["oracle"] is not None and results["oracle"]["passed"]
    assert results["nop"] is None and results["random"] is None


def test_its_reference_is_tried_for_flakes_too(tmp_path: Path) -> None:
    suite = load_suite(write_project(tmp_path, FOLLOWED))
    rates = try_references(suite, open_sandbox("auto"), 2, lambda _: None)
    assert [(rate.task, rate.runs, rate.flips) for rate in rates] == [("sum", 2, 0), ("sum+follow-up", 2, 0)]
    assert read_flakes(suite).keys() == {"sum", "sum+follow-up"}


def test_a_second_change_makes_no_other_task(tmp_path: Path) -> None:
    (without,) = load_suite(write_project(tmp_path / "a")).tasks
    (task,) = load_suite(write_project(tmp_path / "b", FOLLOWED)).tasks
    assert task.sha256 == without.sha256


def test_the_check_of_a_suite_proves_the_second_change(tmp_path: Path) -> None:
    suite = load_suite(write_project(tmp_path, FOLLOWED))
    assert [str(flaw) for flaw in check_suite(suite, open_sandbox("auto"))] == []


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        (
            {"other/sums.py": "def add(a, b):\n    return a + b\n"},
            "the other answer to the second change fails",
        ),
        (
            {"wrong/1/sums.py": FOLLOWED["follow-up/reference/sums.py"]},
            "wrong answer 1 to the second change passes, but must fail",
        ),
        (
            {"wrong/2/sums.py": "def add(a, b):\n    return b + a\n"},
            "all wrong answers to the second change fail the same groups",
        ),
        (
            {"hidden/doubles.py": "from sums import add\n\nemit(add(4, 4))\nemit(add(-1, -1))\n"},
            "the tree unchanged to the second change passes, but must fail",
        ),
    ],
)
def test_what_it_lacks_is_a_flaw(tmp_path: Path, changed: Mapping[str, str], complaint: str) -> None:
    files = FOLLOWED | {f"follow-up/{path}": text for path, text in changed.items()}
    flaws = [
        str(flaw) for flaw in check_suite(load_suite(write_project(tmp_path, files)), open_sandbox("auto"))
    ]
    assert any(complaint in flaw for flaw in flaws), flaws
