from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.errors import SandboxUnavailable
from harness.graders.base import GradingJob
from harness.graders.execution import cache
from harness.graders.execution.cache import VerdictCache
from harness.graders.languages.go import source
from harness.graders.languages.go.cases import GoTests
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from harness.suites import load_suite
from tests.graders.tasks import TOTAL_CASES, task

SUM = GoTests(
    signature="func Total(xs []int) int",
    cases=TOTAL_CASES,
)
REFERENCE = """\
func Total(xs []int) int {
	sum := 0
	for _, x := range xs { // one by one
		sum += x
	}
	return sum
}
"""
RELYING = """\
text, err := io.ReadAll(strings.NewReader("A1"))
	if err != nil || !unicode.IsUpper(rune(text[0])) || errors.Is(errNone, io.EOF) {
		return -1
	}
	fmt.Println(sum)
	return sum
}

var errNone = errors.New("none")

func unused() {
"""
SLOW = ("timeout", "memory_limit", "output_limit")
WRONG = "func Total(xs []int) int { return 3 }"
CHEATS: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("go_cheats.yaml").read_text())
SUITE = Path(__file__).parents[2] / "suites" / "go"


def grade(sandbox: Sandbox, answer: str, grader: GoTests = SUM, reference: str = REFERENCE) -> Verdict:
    return grader.grade(task(reference), Completion(output=answer), sandbox)


def grade_many(sandbox: Sandbox, *answers: str) -> list[Verdict]:
    """Verdicts on answers to as many tasks, which therefore may share a program."""
    tasks = [task(f"{REFERENCE}// task {number}") for number, _ in enumerate(answers)]
    jobs = [GradingJob(SUM, t, Completion(output=answer)) for t, answer in zip(tasks, answers, strict=True)]
    return GoTests.grade_many(jobs, sandbox)


def variants(count: int) -> list[str]:
    """Right answers that are not the same, and use what a neighbour could have given another meaning."""
    relying = REFERENCE.replace("return sum", RELYING)
    imports = 'import (\n\t"errors"\n\t"fmt"\n\t"io"\n\t"strings"\n\t"unicode"\n)\n\n'
    return [f"{imports}{relying}\n// {number}\n" for number in range(count)]


# --- right answers -----------------------------------------------------------


def test_a_right_answer_passes_and_is_measured(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, f"Here it is:\n```go\npackage sums\n\n{REFERENCE}```\n")
    assert (verdict.passed, verdict.score, verdict.error) == (True, 1.0, None)
    metrics = verdict.metrics
    assert metrics["tests"] == {"case 1": True, "empty": True, "case 3": True, "case 4": True}
    assert (metrics["compiled"], metrics["sandbox"], metrics["verdict"]) == (True, "bwrap", "outside")
    assert (metrics["code_lines"], metrics["complexity"], metrics["batched"]) == (8, 2, False)
    assert all(metrics[name] > 0 for name in ("compile_s", "run_s", "cpu_s", "max_rss_mb"))


def test_other_ways_to_be_right(sandbox: Sandbox) -> None:
    answers = [
        REFERENCE,
        "\tsum := 0\n\tfor _, x := range xs {\n\t\tsum += x\n\t}\n\treturn sum\n}",
        'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(Total(nil)) }\n\n' + REFERENCE,
        "```go\nimport (\n\t\"fmt\"\n)\n\n// Total adds.\nfunc Total(xs []int) int {\n\tfmt.Println(0, 0)\n"
        '\treturn add(xs)\n}\n```\nwith\n```go\nimport "fmt"\n\nfunc add(xs []int) int {\n\tn := 0\n'
        '\tfor _, x := range xs {\n\t\tn += x\n\t}\n\tfmt.Print("0 0 7\\n")\n\treturn n\n}\n```',
        REFERENCE.replace("sum := 0", "sum := 0\n\tgo func() { select {} }()"),
        "var zero int\n\nfunc init() { zero = 0 }\n" + REFERENCE.replace(":= 0", ":= zero"),
        "func max(a, b int) int { return a }\nfunc len(x any) int { return 0 }\n"
        "var candidate, emit, wire int\n" + REFERENCE,
    ]  # fmt: skip
    for answer, verdict in zip(answers, grade_many(sandbox, *answers), strict=True):
        assert verdict.passed, (answer, verdict.error)


TYPES: list[tuple[str, list[dict[str, Any]], str]] = [
    (
        "func F(b bool, s string, r rune, c byte, f float64, g float32) (string, rune, byte, bool)",
        [{"args": [True, 'ü"\\\n', "é", "x", 0.5, "1e3"], "returns": ['ü"\\\n', "é", "y", True]}],
        "{ return s, r, c + 1, b && f+float64(g) == 1000.5 }",
    ),
    (
        "func F(a int8, b uint64, c int64) (uint64, int64, int)",
        [
            {"args": [-128, "18446744073709551615", "-9223372036854775808"],
             "returns": ["18446744073709551615", "-9223372036854775808", -128]},
        ],
        "{ return b, c, int(a) }",
    ),
    (
        "func F(xs [][]string, grid [2][3]int, m map[string][]float64) ([]int, map[string]int, [2]bool)",
        [
            {"args": [[["a"], []], [[1, 2, 3], [4, 5, 6]], {"k": [1, 2.5]}],
             "returns": [[6, 1], {"k": 2}, [True, False]]},
            {"args": [None, [[0, 0, 0], [0, 0, 0]], None], "returns": [[0, 0], {}, [True, False]]},
        ],
        '{ out := map[string]int{}\n for k, v := range m { out[k] = len(v) }\n n := 0\n'
        " for _, x := range xs { n += len(x) }\n return []int{grid[1][2], n}, out, [2]bool{true} }",
    ),
    (
        "func F(p *int, q *string, e error, v any) (*int, *string, any)",
        [
            {"args": [4, "x", "bad", [1, "a", {"k": None}]], "returns": [5, None, "bad [1 a map[k:<nil>]]"]},
            {"args": [-1, None, None, 1.5], "returns": [0, None, "<nil> 1.5"]},
        ],
        '{ *p++\n return p, nil, fmt.Sprint(e, " ", v) }',
    ),
    (
        "func F(bytes []byte, runes []rune, m map[rune]int, n map[int]byte)"
        " ([]byte, []rune, map[rune]int, map[int]byte)",
        [{"args": ["hé", "hé", {"é": 1}, {"7": "a"}], "returns": ["é", "h", {"h": 2}, {"8": 98}]}],
        "{ return bytes[1:], runes[:1], map[rune]int{runes[0]: m[runes[1]] + 1}, map[int]byte{8: n[7] + 1} }",
    ),
    (
        "func F(xs ...float64) (float64, error)",
        [
            {"args": [[1, 2]], "returns": {"ok": 1.5}},
            {"args": [["nan", 1]], "returns": {"ok": "nan"}},
            {"args": [["-inf"]], "returns": {"ok": "-inf"}},
            {"args": [[]], "returns": {"err": "no values"}},
            {"args": [[0.1, 0.2]], "returns": {"ok": 0.15}, "tolerance": 1e-12},
        ],
        '{ if len(xs) == 0 { return 0, errors.New("no values") }\n sum := 0.0\n'
        " for _, x := range xs { sum += x }\n return sum / float64(len(xs)), nil }",
    ),
    (
        "func F(n int) error",
        [
            {"args": [0], "returns": {"ok": None}},
            {"args": [1], "returns": {"err": "any"}},
            {"args": [2], "raises": "panic"},
        ],
        '{ if n == 2 { panic("two") }\n if n == 1 { return errors.New("one") }\n return nil }',
    ),
]  # fmt: skip


def test_every_type_goes_in_and_comes_out(sandbox: Sandbox) -> None:
    jobs = []
    for signature, cases, body in TYPES:
        imports = "".join(f'import "{name}"\n' for name in ("errors", "fmt") if f"{name}." in body)
        code = f"{imports}{signature} {body}\n"
        jobs.append(
            GradingJob(GoTests(signature=signature, cases=cases), task(code), Completion(output=code))
        )
    for job, verdict in zip(jobs, GoTests.grade_many(jobs, sandbox), strict=True):
        assert verdict.passed, (job.completion.output, verdict.error)
        assert verdict.metrics["batched"]


def test_the_value_must_be_the_right_one(sandbox: Sandbox) -> None:
    cases = [{"args": [0], "returns": {"ok": {"a": "x"}}}, {"args": [1], "returns": {"err": "no"}}]
    grader = GoTests(signature="func F(n int) (map[rune][]byte, error)", cases=cases)
    answers = {
        "return map[rune][]byte{'a': []byte(\"y\")}, nil": "case 1",
        "return nil, nil": "case 1",
        "if n == 1 { return nil, errors.New(\"No\") }\nreturn map[rune][]byte{'a': {120}}, nil": "case 2",
        "if n == 1 { return nil, nil }\nreturn map[rune][]byte{'a': {120}}, nil": "case 2",
    }
    for body, case in answers.items():
        code = f'import "errors"\nvar _ = errors.New\nfunc F(n int) (map[rune][]byte, error) {{\n{body}\n}}'
        verdict = grade(sandbox, code, grader)
        assert verdict.error_type == "wrong_answer"
        assert (verdict.error or "").startswith(case)


DRIVEN = GoTests(
    driver="""
s := &Stack[string]{}
var wg sync.WaitGroup
for _, v := range []string{"a", "a"} {
	wg.Add(1)
	go func() { defer wg.Done(); emit(v) }()
}
wg.Wait()
s.Push("x")
emit(s)
emit(testShow{s}.String())
emit(s.items)
emit(s.Pop())
""",
    helpers="type testShow struct{ s *Stack[string] }\n"
    "func (t testShow) String() string { return t.s.items[0] }",
    imports=["sync"],
    expect=["a", "a", {"items": ["x"]}, "x", ["x"], "x"],
)
STACK = """\
type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }

func (s *Stack[T]) Pop() T {
	v := s.items[len(s.items)-1]
	s.items = nil
	return v
}
"""


def test_a_driver_uses_what_the_answer_declares(sandbox: Sandbox) -> None:
    assert grade(sandbox, STACK, DRIVEN, STACK).passed
    assert DRIVEN.program.wanted == ("Stack",)


def test_a_panic_ends_a_driver_with_what_came_before(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, STACK.replace("s.items = nil", 'panic("full")'), DRIVEN, STACK)
    assert (verdict.error_type, round(verdict.score * 6)) == ("crash", 5)
    assert "panic: full" in (verdict.error or "")


# --- answers that want to pass without being right ---------------------------


@pytest.fixture(scope="module")
def side_by_side(sandbox: Sandbox) -> dict[str, Verdict]:
    """Verdicts on all cheats, by name, and on right answers between them, by number."""
    answers = {name: code for kind in CHEATS if kind not in SLOW for name, code in CHEATS[kind].items()}
    named: dict[str, str] = {}
    for number, ((name, cheat), right) in enumerate(
        zip(answers.items(), variants(len(answers)), strict=True)
    ):
        named |= {name: cheat} | ({str(number): right} if number % 5 == 0 else {})
    with pytest.MonkeyPatch.context() as patch:  # a stack takes time to fill where memory is slow
        patch.setattr("harness.graders.execution.timing.FLOOR_S", 20.0)
        return dict(zip(named, grade_many(sandbox, *named.values()), strict=True))


@pytest.mark.parametrize(
    ("error_type", "name"), [(kind, name) for kind, cheats in CHEATS.items() for name in cheats]
)
def test_cheats_and_harm_get_nothing(
    sandbox: Sandbox,
    side_by_side: dict[str, Verdict],
    monkeypatch: pytest.MonkeyPatch,
    error_type: str,
    name: str,
) -> None:
    if error_type in ("memory_limit", "output_limit"):  # memory may be slow to fill
        monkeypatch.setattr("harness.graders.execution.timing.FLOOR_S", 20.0)
    slow = error_type in SLOW
    verdict = grade(sandbox, CHEATS[error_type][name]) if slow else side_by_side[name]
    assert not verdict.passed
    assert verdict.error_type == error_type, verdict.error
    assert verdict.score < 1
    assert not verdict.metrics["batched"]


def test_no_answer_changes_its_neighbours_verdict(side_by_side: dict[str, Verdict]) -> None:
    right = {name: verdict for name, verdict in side_by_side.items() if name.isdigit()}
    assert len(right) > 5
    for verdict in right.values():
        assert (verdict.passed, verdict.metrics["batched"]) == (True, True), verdict.error


def test_values_of_the_protocol_prove_nothing_about_the_driver(sandbox: Sandbox) -> None:
    leaving = 'import "os"\n\n' + STACK.replace("return v", "os.Exit(0)\n\treturn v")
    assert grade(sandbox, leaving, DRIVEN, STACK).error_type == "protocol_violation"


def test_an_answer_without_code_is_malformed(sandbox: Sandbox) -> None:
    for answer in ("", "I do not know.", "```go\n```"):
        verdict = grade(sandbox, answer)
        assert (verdict.error_type, verdict.score) == ("malformed_answer", 0.0)


def test_errors_are_said_in_words(sandbox: Sandbox) -> None:
    def error(kind: str, name: str) -> str:
        return grade(sandbox, CHEATS[kind][name]).error or ""

    assert error("compile_error", "missing import") == "line 1: undefined: fmt"
    assert error("compile_error", "a command") == "imports 'os/exec', which is not offered here"
    assert "as func([]int) int value" in error("compile_error", "another signature")
    assert "all goroutines are asleep - deadlock!" in error("crash", "deadlock")


# --- many at once ------------------------------------------------------------


def test_a_batch_gives_the_verdicts_of_single_answers(sandbox: Sandbox) -> None:
    hostile = [
        CHEATS["protocol_violation"]["exit of a variable"],
        CHEATS["protocol_violation"]["values for other samples"],
        CHEATS["crash"]["deadlock"],
        CHEATS["crash"]["the channel closed"],
        CHEATS["timeout"]["infinite loop"],
        CHEATS["memory_limit"]["a huge array"],
        CHEATS["compile_error"]["missing import"],
        CHEATS["wrong_answer"]["a goroutine left behind"],
        WRONG,
        "",
    ]
    expected = ["protocol_violation", "protocol_violation", "crash", "crash", "timeout", "memory_limit",
                "compile_error", "wrong_answer", "wrong_answer", "malformed_answer"]  # fmt: skip
    mixed = [answer for pair in zip(variants(10), hostile, strict=True) for answer in pair]
    verdicts = grade_many(sandbox, *mixed)
    assert all(verdict.passed and verdict.metrics["batched"] for verdict in verdicts[::2])
    assert [verdict.error_type for verdict in verdicts[1::2]] == expected
    assert not any(verdict.metrics["batched"] for verdict in verdicts[1::2])


def test_what_runs_before_main_is_kept_out_of_a_batch(sandbox: Sandbox) -> None:
    early = [
        "func init() {}\n",
        "var zero = func() int { return 0 }()\n",
        'import "os"\n\nvar _, _ = os.Getwd()\n',
    ]
    harmless = [
        'import "errors"\n\nvar ErrNone = errors.New("none")\n',
        "var (\n\tzero = func() int { return abs(0) }\n\ttable = map[string][]int{}\n)\n"
        "func abs(x int) int { return x }\n",
        "var memo, count = make(map[int]int), len(word)\nconst word = `x`\n",
    ]
    verdicts = grade_many(sandbox, *(start + REFERENCE for start in early + harmless))
    assert all(verdict.passed for verdict in verdicts)
    assert [verdict.metrics["batched"] for verdict in verdicts] == [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    "early",
    [
        *("func init() {}", "func init /**/ () {}", "var _ = start()", "var x = (start)()"),
        *('import "fmt"\nvar _ = fmt.Errorf("%v", evil{})', "var _ = []int{start()}", "var _ = -start()"),
        *('import "errors"\nvar _ = errors.Join(nil)', 'import errors "fmt"\nvar _ = errors.New("x")'),
        *('var errors evil\nvar _ = errors.New("x")', "func make(n int) int { return n }\nvar _ = make(1)"),
        *("type len int\nvar _ = len(1)", "var _ = func() int { return 0 }()", "var ( a = 1; b = start() )"),
        *("var x = <-c", "var x = *p", "var x = none[1]", "var x = word[2:]", "var x = y.(int)"),
        *("//go:noinline\nfunc f() {}", "//go:linkname f main.g\nfunc f()", "func f( {"),
        *(f'import {name} "{path}"' for name in ("", ".", "_", "x")
          for path in ("os", "runtime", "runtime/debug", "testing", "log")),
        'import ("fmt"; "os")', "import `os`",
    ],
)  # fmt: skip
def test_what_runs_or_reaches_out_before_its_turn_may_not_share_a_program(early: str) -> None:
    assert source.may_share(REFERENCE)
    assert not source.may_share(f"{early}\n{REFERENCE}")


def test_a_batch_that_ends_before_it_starts_leaves_each_to_itself(sandbox: Sandbox) -> None:
    broken = "var none *struct{ n int }\nvar first = none.n\n" + REFERENCE
    verdicts = grade_many(sandbox, *variants(2), broken, WRONG)
    assert [verdict.error_type for verdict in verdicts] == [None, None, "crash", "wrong_answer"]
    assert not any(verdict.metrics["batched"] for verdict in verdicts)


def test_two_answers_to_one_task_never_share_a_program(sandbox: Sandbox) -> None:
    first, second, third = variants(3)
    tasks = [task(REFERENCE), task(REFERENCE), task(STACK)]
    jobs = [
        GradingJob(SUM, t, Completion(output=a)) for t, a in zip(tasks, (first, second, third), strict=True)
    ]
    verdicts = GoTests.grade_many(jobs, sandbox)
    assert [(v.passed, v.metrics["batched"]) for v in verdicts] == [(True, True), (True, False), (True, True)]


# --- limits and memory of verdicts -------------------------------------------


def test_the_reference_sets_the_time_limit(sandbox: Sandbox) -> None:
    def slow(ms: int) -> str:
        pause = f"sum := 0\n\ttime.Sleep({ms} * time.Millisecond)"  # in each of four cases
        return 'import "time"\n' + REFERENCE.replace("sum := 0", pause)

    assert grade(sandbox, slow(200), SUM, slow(40)).passed
    hasty = task(REFERENCE, time_limit=0.2)
    verdict = SUM.grade(hasty, Completion(output=slow(300)), sandbox)
    assert verdict.error_type == "timeout"
    assert verdict.metrics["timed_out"]


def test_the_same_answer_is_judged_once(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = VerdictCache(tmp_path / "verdicts.sqlite")
    monkeypatch.setattr(cache, "shared", lambda: kept)
    first, again = grade(sandbox, WRONG), grade(sandbox, f"```go\n{WRONG}\n```")
    assert (first.metrics["cached"], again.metrics["cached"]) == (False, True)
    assert (again.error_type, again.error) == (first.error_type, first.error)
    assert [v.metrics["cached"] for v in grade_many(sandbox, WRONG, REFERENCE)] == [True, False]


def test_without_a_sandbox_nothing_runs() -> None:
    with pytest.raises(SandboxUnavailable, match="sandbox"):
        SUM.grade(task(REFERENCE), Completion(output=REFERENCE), None)


# --- tasks -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cases": [{"args": [], "returns": 1}]}, "need a `signature`"),
        ({"signature": "func F(", "cases": [{"args": [], "returns": 1}]}, "signature: must be"),
        ({"signature": "func F(f func()) int", "cases": [{"args": [0], "returns": 1}]}, "type `func\\(\\)`"),
        ({"signature": "func F[T any](x T) int", "cases": [{"args": [0], "returns": 1}]}, "type parameters"),
        ({"signature": "func F(x int8) int", "cases": [{"args": [200], "returns": 1}]}, "200 is no int8"),
        ({"signature": "func F(x int) int", "cases": [{"name": "few", "args": [], "returns": 1}]}, "few"),
        (
            {"signature": "func F() int", "cases": [{"args": [], "returns": "one"}]},
            "returns: 'one' is no int",
        ),
        ({"signature": "func F() (int, error)", "cases": [{"args": [], "returns": 1}]}, "ok: …"),
        ({"signature": "func F() (int, int)", "cases": [{"args": [], "returns": 1}]}, "list of 2"),
        ({"signature": "func F() int", "cases": [{"args": [], "raises": "ValueError"}]}, "`panic`"),
        ({"signature": "func F(x [2]int) int", "cases": [{"args": [[1]], "returns": 1}]}, r"is no \[2\]int"),
        ({"driver": "emit(F(", "expect": [1]}, "not Go"),
        ({"driver": "emit(F())", "expect": [1], "imports": ["net"]}, "`net` is not offered"),
        ({"signature": "func F()", "cases": [{"args": [], "returns": 1}], "imports": ["fmt"]}, "belong to"),
    ],
)
def test_wrong_options_are_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GoTests(**options)


def test_a_guess_compiles(sandbox: Sandbox) -> None:
    signature = "func F(x int) (int, string, []bool, map[string]int, [2]int, *int, float64, any, bool, error)"
    case = {"args": [1], "returns": {"ok": [77, "", [], {}, [0, 0], None, 0, None, True]}}
    grader = GoTests(signature=signature, cases=[case])
    for seed in range(3):
        verdict = grade(sandbox, grader.guess(task(REFERENCE), random.Random(seed)), grader)
        assert verdict.error_type == "wrong_answer", verdict.error
    assert DRIVEN.guess(task(REFERENCE), random.Random(1)) == "func Stack() {}\n"


def test_the_suite_is_broad_and_its_references_pass(sandbox: Sandbox) -> None:
    tasks = load_suite(SUITE).tasks
    assert len(tasks) >= 60
    assert min(Counter(task.difficulty for task in tasks).values()) >= 14
    graders = [GoTests(**task.grader.options) for task in tasks]
    assert min(len(grader.program.spec.cases) for grader in graders) >= 6
    assert min(len(set(task.wrong)) for task in tasks) >= 2
    jobs = [GradingJob(g, t, Completion(output=t.reference)) for g, t in zip(graders, tasks, strict=True)]
    for job, verdict in zip(jobs, GoTests.grade_many(jobs, sandbox), strict=True):
        assert verdict.passed, (job.task.id, verdict.error)
