from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.errors import SandboxUnavailable
from harness.graders.base import GradingJob
from harness.graders.execution import cache
from harness.graders.execution.cache import VerdictCache
from harness.graders.languages.rust import build, program, source
from harness.graders.languages.rust.cases import RustTests
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from harness.suites import load_suite
from tests.graders.tasks import TOTAL_CASES, task

SUM = RustTests(
    signature="pub fn total(xs: Vec<i64>) -> i64",
    cases=TOTAL_CASES,
)
REFERENCE = """\
pub fn total(xs: Vec<i64>) -> i64 {
    let mut sum = 0;
    for x in xs { // one by one
        sum += x;
    }
    sum
}
"""
RELYING = """\
let parts: Vec<i64> = vec![sum, 0];
    println!("{parts:?}");
    assert!(parts[1] == 0);
    parts[0] + parts[1..].iter().sum::<i64>()
"""
SLOW = ("timeout", "memory_limit", "output_limit")
WRONG = "pub fn total(xs: Vec<i64>) -> i64 { 3 }"
CHEATS: dict[str, dict[str, str]] = {
    kind: {name: f"```rust\n{code}```" for name, code in cheats.items()}
    for kind, cheats in yaml.safe_load(Path(__file__).with_name("rust_cheats.yaml").read_text()).items()
}
SUITE = Path(__file__).parents[2] / "suites" / "rust"


def grade(sandbox: Sandbox, answer: str, grader: RustTests = SUM, reference: str = REFERENCE) -> Verdict:
    return grader.grade(task(reference), Completion(output=answer), sandbox)


def grade_many(sandbox: Sandbox, *answers: str) -> list[Verdict]:
    """Verdicts on answers to as many tasks, which therefore may share a program."""
    tasks = [task(f"{REFERENCE}// task {number}") for number, _ in enumerate(answers)]
    jobs = [GradingJob(SUM, t, Completion(output=answer)) for t, answer in zip(tasks, answers, strict=True)]
    return RustTests.grade_many(jobs, sandbox)


def variants(count: int) -> list[str]:
    """Right answers that are not the same, and use what a neighbour could have given another meaning."""
    relying = REFERENCE.replace("sum\n", RELYING)
    return [f"{relying}// {number}\n" for number in range(count)]


# --- right answers -----------------------------------------------------------


def test_a_right_answer_passes_and_is_measured(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, f"Here it is:\n```rust\nuse std::fmt;\n{REFERENCE}```\n")
    assert (verdict.passed, verdict.score, verdict.error) == (True, 1.0, None)
    metrics = verdict.metrics
    assert metrics["tests"] == {"case 1": True, "empty": True, "case 3": True, "case 4": True}
    assert (metrics["compiled"], metrics["sandbox"], metrics["verdict"]) == (True, "bwrap", "outside")
    assert (metrics["code_lines"], metrics["complexity"], metrics["batched"]) == (8, 2, False)
    assert metrics["warnings"] == 1  # the import that nothing uses
    assert all(metrics[name] > 0 for name in ("compile_s", "run_s", "cpu_s", "max_rss_mb"))


def test_other_ways_to_be_right(sandbox: Sandbox) -> None:
    answers = [
        REFERENCE,
        "    let mut sum = 0;\n    for x in xs {\n        sum += x;\n    }\n    sum\n}",
        "#![allow(unused)]\n//! Sums.\n\nfn main() { println!(\"{}\", total(vec![])); }\n\n" + REFERENCE,
        "```rust\nfn total(xs: Vec<i64>) -> i64 { println!(\"0 0 0\"); add(&xs) }\n```\nwith\n```rust\n"
        "pub(crate) fn add(xs: &[i64]) -> i64 { crate::own::sum(xs) }\n"
        "mod own {\n    use super::*;\n"
        "    pub fn sum(xs: &[i64]) -> i64 { crate::no() + xs.iter().sum::<i64>() }\n}\n"
        "fn no() -> i64 { 0 }\n```",
        "type Vec<T> = std::vec::Vec<T>;\ntype Option<T> = Result<T>;\ntype Result<T> = std::io::Result<T>;\n"
        "#[derive(Debug)] struct String;\nmod driver {}\nfn drive() {}\nfn call() {}\n" + REFERENCE,
        REFERENCE + "#[cfg(test)]\nmod tests {\n    use super::*;\n"
        "    #[test]\n    fn none() { assert_eq!(total(vec![]), 0); }\n}",
    ]  # fmt: skip
    for answer, verdict in zip(answers, grade_many(sandbox, *answers), strict=True):
        assert verdict.passed, (answer, verdict.error)
        assert verdict.metrics["batched"]


TYPES: list[tuple[str, list[dict[str, Any]], str]] = [
    (
        "pub fn f(b: bool, s: String, t: &str, c: char, x: f64, y: f32) -> (String, String, char, bool)",
        [{"args": [True, "ü\"\\\n\0", "'é", "'", 0.5, "1e3"], "returns": ["ü\"\\\n\0", "'é", "'", True]}],
        "{ (s, t.to_string(), c, b && x + y as f64 == 1000.5) }",
    ),
    (
        "pub fn f(a: i8, b: u64, c: i128, d: usize) -> (u64, i128, i8, usize, ())",
        [
            {"args": [-128, "18446744073709551615", "-170141183460469231731687303715884105728", 0],
             "returns": ["18446744073709551615", "-170141183460469231731687303715884105728", -128, 0, None]},
        ],
        "{ (b, c, a, d, ()) }",
    ),
    (
        "pub fn f<'a>(xs: &'a [Vec<String>], grid: [[u8; 3]; 2], m: &HashMap<String, Vec<f64>>)"
        " -> (Vec<&'a str>, std::collections::BTreeMap<u8, usize>, Box<[bool; 2]>)",
        [
            {"args": [[["a", "b"], []], [[1, 2, 3], [4, 5, 6]], {"k": [1, 2.5]}],
             "returns": [["a", "b"], {6: 2}, [True, False]]},
            {"args": [[], [[0, 0, 0], [0, 0, 0]], []], "returns": [[], {0: 0}, [True, False]]},
        ],
        "{ let n = m.values().map(Vec::len).sum();\n"
        " let names = xs.iter().flatten().map(String::as_str).collect();\n"
        " (names, [(grid[1][2], n)].into(), Box::new([true, false])) }",
    ),
    (
        "pub fn f(p: Option<Box<i32>>, q: Result<u8, String>, xs: &[(&str, Option<&[u16]>)],"
        " y: &mut Vec<i32>) -> Option<(i32, Vec<u16>)>",
        [
            {"args": [4, {"ok": 1}, [["x", [1, 2]], ["y", None]], [5]], "returns": [10, [1, 2]]},
            {"args": [None, {"err": "no"}, [], []], "returns": None},
        ],
        "{ y.push(q.ok()? as i32);\n"
        " Some((*p? + y.iter().sum::<i32>(), xs.iter().filter_map(|x| x.1).flatten().copied().collect())) }",
    ),
    (
        "pub fn f(a: HashSet<(i32, char)>, b: BTreeSet<u8>, c: VecDeque<u8>)"
        " -> (HashSet<char>, VecDeque<u8>)",
        [{"args": [[[1, "x"], [2, "y"]], [3, 1], [9, 8]], "returns": [["y", "x"], [1, 3, 9, 8]]}],
        "{ (a.into_iter().map(|p| p.1).collect(), b.into_iter().chain(c).collect()) }",
    ),
    (
        "pub fn f(xs: &[f64]) -> Result<f64, String>",
        [
            {"args": [[1, 2]], "returns": {"ok": 1.5}},
            {"args": [["nan", 1]], "returns": {"ok": "nan"}},
            {"args": [["-inf"]], "returns": {"ok": "-inf"}},
            {"args": [[]], "returns": {"err": "no values"}},
            {"args": [[0.1, 0.2]], "returns": {"ok": 0.15}, "tolerance": 1e-12},
        ],
        '{ if xs.is_empty() { return Err("no values".into()); }\n'
        " Ok(xs.iter().sum::<f64>() / xs.len() as f64) }",
    ),
    (
        "pub fn f(n: u8) -> Result<(), String>",
        [
            {"args": [0], "returns": {"ok": None}},
            {"args": [1], "returns": {"err": "any"}},
            {"args": [2], "raises": "panic"},
        ],
        '{ match n { 0 => Ok(()), 1 => Err("one".into()), _ => panic!("{n}") } }',
    ),
]  # fmt: skip


def test_every_type_goes_in_and_comes_out(sandbox: Sandbox) -> None:
    jobs = []
    for signature, cases, body in TYPES:
        code = f"use std::collections::*;\n{signature} {body}\n"
        jobs.append(
            GradingJob(RustTests(signature=signature, cases=cases), task(code), Completion(output=code))
        )
    for job, verdict in zip(jobs, RustTests.grade_many(jobs, sandbox), strict=True):
        assert verdict.passed, (job.completion.output, verdict.error)
        assert verdict.metrics["batched"]


def test_the_value_must_be_the_right_one(sandbox: Sandbox) -> None:
    cases = [{"args": [0], "returns": {"ok": {"a": "x"}}}, {"args": [1], "returns": {"err": "no"}}]
    signature = "pub fn f(n: u8) -> Result<HashMap<char, String>, String>"
    grader = RustTests(signature=signature, cases=cases)
    bodies = {
        "Ok([('a', \"y\".into())].into())": "case 1",
        "Ok(HashMap::new())": "case 1",
        'if n == 1 { return Err("No".into()); } Ok([(\'a\', "x".into())].into())': "case 2",
        "Ok([('a', \"x\".into())].into())": "case 2",
    }
    codes = [f"use std::collections::*;\n{signature} {{ {body} }}" for body in bodies]
    jobs = [GradingJob(grader, task(code), Completion(output=code)) for code in codes]
    for verdict, case in zip(RustTests.grade_many(jobs, sandbox), bodies.values(), strict=True):
        assert verdict.error_type == "wrong_answer"
        assert (verdict.error or "").startswith(case)


DRIVEN = RustTests(
    driver="""
use std::fmt::Result;
struct Show(Stack<&'static str>);
impl std::fmt::Display for Show {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> Result { write!(f, "{}", self.0.items.len()) }
}
let mut stack = Stack::default();
stack.push("x");
emit!(Show(stack.clone()).to_string());
std::thread::scope(|scope| { scope.spawn(|| emit!(stack.items)); });
emit!(stack.pop());
emit!(Some(stack.pop().is_none()));
""",
    expect=["1", ["x"], "x", True],
)
STACK = """\
#[derive(Clone, Default)]
pub struct Stack<T> { items: Vec<T> }
impl<T> Stack<T> {
    pub fn push(&mut self, item: T) { self.items.push(item) }
    pub fn pop(&mut self) -> Option<T> { self.items.pop() }
}
"""


def test_a_driver_uses_what_the_answer_declares(sandbox: Sandbox) -> None:
    assert grade(sandbox, STACK, DRIVEN, STACK).passed
    assert DRIVEN.program.wanted(STACK) == ["Stack"]


def test_a_panic_ends_a_driver_with_what_came_before(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, STACK.replace("self.items.pop()", 'panic!("full")'), DRIVEN, STACK)
    assert (verdict.error_type, verdict.score) == ("wrong_answer", 0.5)
    assert verdict.error == 'emit 3: expected "x", got panic raised'


OF_2021 = REFERENCE.replace("total(xs", "total(gen").replace("in xs", "in gen")
OF_2024 = REFERENCE.replace("    sum\n", "    if let Some(n) = Some(sum) && n > 0 { return n }\n    sum\n")


def test_an_answer_is_compiled_in_the_newest_edition_that_it_fits(sandbox: Sandbox) -> None:
    verdicts = [*grade_many(sandbox, OF_2021, OF_2024, REFERENCE), grade(sandbox, OF_2021)]
    assert [verdict.passed for verdict in verdicts] == [True] * 4
    assert [verdict.metrics["edition"] for verdict in verdicts] == ["2021", "2024", "2024", "2021"]
    verdict = grade(sandbox, CHEATS["compile_error"]["type error"])
    assert (verdict.error_type, verdict.metrics["edition"]) == ("compile_error", "2024")


def test_an_edition_that_is_named_is_the_only_one(sandbox: Sandbox) -> None:
    def named(edition: str, answer: str) -> Verdict:
        return grade(sandbox, answer, replace(SUM, edition=edition))

    for edition, answer in (("2021", OF_2021), ("2024", OF_2024), ("2018", OF_2021)):
        verdict = named(edition, answer)
        assert (verdict.passed, verdict.metrics["edition"]) == (True, edition), verdict.error
    assert named("2021", OF_2024).error_type == "compile_error"
    assert named("2024", OF_2021).error_type == "compile_error"
    with pytest.raises(ValueError, match="`edition` must be one of 2024, 2021, 2018, 2015"):
        replace(SUM, edition="2022")


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
    return dict(zip(named, grade_many(sandbox, *named.values()), strict=True))


@pytest.mark.parametrize(
    ("error_type", "name"), [(kind, name) for kind, cheats in CHEATS.items() for name in cheats]
)
def test_cheats_and_harm_get_nothing(
    sandbox: Sandbox, side_by_side: dict[str, Verdict], error_type: str, name: str
) -> None:
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


@pytest.mark.parametrize(
    "bomb",
    [
        "#![allow(long_running_const_eval)]\nconst FOREVER: () = loop {};\n" + REFERENCE,
        "macro_rules! grow { ($($x:tt)*) => { grow!($($x)* $($x)* x) } }\n" + REFERENCE + "grow!(x x);",
        'const ZEROS: &[u8] = include_bytes!("/dev/zero");\n' + REFERENCE,
    ],
)
def test_what_keeps_the_compiler_busy_is_stopped(
    sandbox: Sandbox, bomb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tight = replace(build.COMPILE_LIMITS, cpu_s=1, memory_mb=1024)
    monkeypatch.setattr(build, "COMPILE_LIMITS", tight)
    verdict = grade(sandbox, bomb)
    assert verdict.error_type == "compile_error"
    assert (verdict.metrics["compiled"], verdict.score) == (False, 0)


def test_an_answer_without_code_is_malformed(sandbox: Sandbox) -> None:
    for answer in ("", "I do not know.", "```rust\n```"):
        verdict = grade(sandbox, answer)
        assert (verdict.error_type, verdict.score) == ("malformed_answer", 0.0)


def test_errors_are_said_in_words(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, CHEATS["compile_error"]["type error"])
    assert verdict.error == "line 1: mismatched types [E0308]"
    verdict = grade(sandbox, CHEATS["compile_error"]["another signature"])
    assert (verdict.error or "").startswith("where it is called: mismatched types [E0308]")


# --- many at once ------------------------------------------------------------


def test_a_batch_gives_the_verdicts_of_single_answers(sandbox: Sandbox) -> None:
    hostile = [
        ("protocol_violation", "exit"),
        ("protocol_violation", "invented values on every descriptor"),
        ("crash", "stack overflow"),
        ("timeout", "infinite loop"),
        ("memory_limit", "memory hog"),
        ("compile_error", "type error"),
        ("compile_error", "the file torn"),
        ("wrong_answer", "a thread left behind"),
        ("wrong_answer", "macros of other meanings"),
    ]
    answers = [CHEATS[kind][name] for kind, name in hostile]
    mixed = [answer for pair in zip(variants(9), answers, strict=True) for answer in pair]
    verdicts = grade_many(sandbox, *mixed, "", WRONG)
    assert all(verdict.passed and verdict.metrics["batched"] for verdict in verdicts[:18:2])
    assert [verdict.error_type for verdict in verdicts[1:18:2]] == [kind for kind, _ in hostile]
    assert [verdict.error_type for verdict in verdicts[18:]] == ["malformed_answer", "wrong_answer"]
    assert not any(verdict.metrics["batched"] for verdict in verdicts if not verdict.passed)


def test_unsafe_code_is_judged_alone(sandbox: Sandbox) -> None:
    unsafe = REFERENCE.replace("sum\n", "unsafe { *&raw const sum }\n")
    verdicts = grade_many(sandbox, unsafe, *variants(2))
    assert [verdict.passed for verdict in verdicts] == [True, True, True]
    assert [verdict.metrics["batched"] for verdict in verdicts] == [False, True, True]


def test_what_the_compiler_does_not_name_spoils_no_more_than_its_half(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    tight = replace(build.COMPILE_LIMITS, cpu_s=1)
    monkeypatch.setattr(build, "COMPILE_LIMITS", tight)
    bomb = "macro_rules! grow { ($($x:tt)*) => { grow!($($x)* $($x)* x) } }\n" + REFERENCE + "grow!(x x);"
    *verdicts, last = grade_many(sandbox, *variants(7), bomb)
    assert all(verdict.passed for verdict in verdicts)
    assert sum(verdict.metrics["batched"] for verdict in verdicts) >= 4
    assert last.error_type == "compile_error"


PLAIN = """\
use std::fmt::{self, Display};
/// Has # signs, "quotes" and the words unsafe, extern and macro_rules! in its comment.
#[derive(Debug, Clone, Default)]
#[allow(dead_code)]
pub struct Row<'a> { name: &'a str, mark: char }
impl<'a> Display for Row<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, c) in self.name.chars().enumerate() { write!(f, "{i}{c}#[x]{:#?}", r#"macro "it" "#)?; }
        f.write_str(if self.mark == '\\'' || self.mark == '"' { "//" } else { "/*" })
    }
}
#[cfg(test)]
mod tests { use super::*; #[test] fn t() { assert_eq!(Row::default().to_string(), ""); } }
"""


def test_plain_code_may_share_a_crate() -> None:
    assert source.may_share(PLAIN)
    assert source.own_paths('crate::f("crate::f") // crate::f', "m") == (
        'crate::m::f("crate::f") // crate::f'
    )


@pytest.mark.parametrize(
    "reach",
    [
        *("#![macro_use]", "# ! [macro_use]", "#/* */![no_std]", "#!//\n[feature(x)]"),
        *("macro_rules! x { () => {} }", "r#macro_rules! x { () => {} }", "macro x() {}"),
        *("#[macro_use] mod m {}", "#[no_mangle] fn f() {}", '#[export_name = "f"] fn f() {}'),
        *('#[link_section = ".x"] static A: u8 = 1;', "#[global_allocator] static A: S = S;", "#[used]"),
        *("#[cfg_attr(all(), no_mangle)] fn f() {}", '#[path = "x.rs"] mod x;', "mod main;", "mod x /**/ ;"),
        *('extern "C" fn f() {}', "extern crate std as core;", "unsafe fn f() {}", "global_asm!();"),
        *('include!("main.rs");', 'const S: &str = include_str!("main.rs");'),
        *(
            "impl Tr for i64 {}",
            "impl<T> Tr for T {}",
            "impl Add<Row<'_>> for Vec<u8> {}",
            "impl Tr for &Row {}",
        ),
        *("type Own = i64; mod m { struct Own; } impl Tr for Own {}", "impl Tr<{ 1 }> for i64 {}"),
        *("mod m { pub struct i64; } use m::i64 as X; use Y as i64; impl Tr for i64 {}",),
        *("mod m { pub struct Zip; } use std::iter::Zip; impl Tr for Zip {}",),
        "mod m { pub struct i64; } impl Tr<Row<'_>> for i64 {}",
        "mod m { pub struct Vec; } impl Tr for Vec<Row<'_>> {}",
        "use std::{iter::*}; mod m { pub struct Zip; } impl Tr for Zip {}",
        *('const S: &str = "\n// "; #[macro_export] macro_rules! x { () => {} } // "',),
        *("/* /* */ */ fn f() {}", "const C: char = '\\''; /* ' */ #[used] static A: u8 = 1;"),
    ],
)
def test_what_reaches_beyond_its_module_may_not(reach: str) -> None:
    assert not source.may_share(PLAIN + reach)
    assert not source.may_share(reach + "\n" + PLAIN)


def test_an_endless_answer_may_not() -> None:
    assert not source.may_share(PLAIN + "// " + "x" * 200_000)


def test_two_answers_to_one_task_never_share_a_program(sandbox: Sandbox) -> None:
    first, second, third = variants(3)
    tasks = [task(REFERENCE), task(REFERENCE), task(STACK)]
    jobs = [
        GradingJob(SUM, t, Completion(output=a)) for t, a in zip(tasks, (first, second, third), strict=True)
    ]
    verdicts = RustTests.grade_many(jobs, sandbox)
    assert [(v.passed, v.metrics["batched"]) for v in verdicts] == [(True, True), (True, False), (True, True)]


def test_only_what_was_judged_alone_is_remembered_as_wrong(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = VerdictCache(tmp_path / "verdicts.sqlite")
    monkeypatch.setattr(cache, "shared", lambda: kept)
    poison = CHEATS["wrong_answer"]["macros for the modules behind it"]
    grade_many(sandbox, poison, WRONG, *variants(2))
    again = grade_many(sandbox, poison, WRONG, *variants(2))
    assert [v.metrics["cached"] for v in again] == [True] * 4
    assert [(v.passed, v.metrics["batched"]) for v in again] == [(False, False)] * 2 + [(True, True)] * 2


def test_the_same_answer_is_judged_once_in_a_batch(sandbox: Sandbox) -> None:
    first, again, other = grade_many(sandbox, REFERENCE, f"```rust\n{REFERENCE}```", WRONG)
    assert first is again
    assert not other.passed


# --- limits and memory of verdicts -------------------------------------------


def test_the_reference_sets_the_time_limit(sandbox: Sandbox) -> None:
    def slow(ms: int) -> str:  # in each of four cases
        pause = f"std::thread::sleep(std::time::Duration::from_millis({ms}));\n    let mut sum"
        return REFERENCE.replace("let mut sum", pause)

    assert grade(sandbox, slow(200), SUM, slow(40)).passed
    verdict = SUM.grade(task(REFERENCE, time_limit=0.2), Completion(output=slow(300)), sandbox)
    assert verdict.error_type == "timeout"
    assert verdict.metrics["timed_out"]


def test_the_same_answer_is_judged_once(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = VerdictCache(tmp_path / "verdicts.sqlite")
    monkeypatch.setattr(cache, "shared", lambda: kept)
    first, again = grade(sandbox, WRONG), grade(sandbox, f"```rust\n{WRONG}\n```")
    assert (first.metrics["cached"], again.metrics["cached"]) == (False, True)
    assert (again.error_type, again.error) == (first.error_type, first.error)
    assert [v.metrics["cached"] for v in grade_many(sandbox, WRONG, REFERENCE)] == [True, False]


def test_without_a_sandbox_nothing_runs() -> None:
    with pytest.raises(SandboxUnavailable, match="sandbox"):
        SUM.grade(task(REFERENCE), Completion(output=REFERENCE), None)


# --- tasks -------------------------------------------------------------------


def called(signature: str | None, *args: Any, returns: Any = 1) -> dict[str, Any]:
    return {"signature": signature, "cases": [{"args": list(args), "returns": returns}]}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (called(None), "signature: `cases` need one"),
        (called("pub fn f("), "signature: must be"),
        (called("struct F;"), "signature: must be"),
        (called("fn f(x: &dyn Fn()) -> u8", 0), "type `dyn Fn"),
        (called("fn f(x: Other) -> u8", 0), "type `Other`"),
        (called("fn f<T>(x: u8) -> u8", 0), "it is generic"),
        (called("fn f(x: i8) -> u8", 200), "case 1: 200 is no `i8`"),
        (called("fn f(x: u8) -> u8"), "case 1: 0 arguments"),
        (called("fn f(x: [u8; 2]) -> u8", [1]), r"is no `\[u8; 2\]`"),
        (called("fn f() -> u8", returns="one"), "returns: 'one' is no `u8`"),
        (called("fn f() -> Result<u8, u8>"), "returns: 1 is no `::std::result::Result<u8"),
        (called("fn f() -> u8") | {"cases": [{"args": [], "raises": "Error"}]}, "only `panic`"),
        ({"signature": 3, "driver": "emit!(1)", "expect": [1]}, "signature: must be text"),
        ({"driver": "emit!(1);"}, "`driver` needs `expect`"),
    ],
)
def test_wrong_options_are_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RustTests(**options)


def test_expected_values_stay_outside() -> None:
    cases = [{"args": [417], "returns": 90210}]
    driver = program.plan("fn f(x: u32) -> u32", cases, None, None, None).driver
    assert "417" in driver
    assert "90210" not in driver


def test_a_guess_compiles(sandbox: Sandbox) -> None:
    signature = (
        "pub fn f(x: u8) -> (u8, String, &'static str, Vec<bool>, HashMap<u8, i8>, [i64; 2], Option<char>, "
        "f32, Result<Box<()>, String>, &'static [u8])"
    )
    expected = [77, "b", "", [], {}, [0, 0], None, 0.5, {"ok": None}, []]
    grader = RustTests(signature=signature, cases=[{"args": [1], "returns": expected}])
    guesses = [grader.guess(task(REFERENCE), random.Random(seed)) for seed in range(3)]
    jobs = [
        GradingJob(grader, task(REFERENCE), Completion(output=f"use std::collections::*;\n{guess}"))
        for guess in guesses
    ]
    for verdict in RustTests.grade_many(jobs, sandbox):
        assert verdict.error_type == "wrong_answer", verdict.error
    assert DRIVEN.guess(task(STACK), random.Random(1)) == "pub fn Stack() { unimplemented!() }\n"


def test_the_suite_is_broad_and_its_references_pass(sandbox: Sandbox) -> None:
    tasks = load_suite(SUITE).tasks
    assert len(tasks) >= 60
    assert min(Counter(task.difficulty for task in tasks).values()) >= 14
    graders = [RustTests(**task.grader.options) for task in tasks]
    assert min(len(grader.program.spec.cases) for grader in graders) >= 6
    assert min(len(set(task.wrong)) for task in tasks) >= 2
    jobs = [GradingJob(g, t, Completion(output=t.reference)) for g, t in zip(graders, tasks, strict=True)]
    for job, verdict in zip(jobs, RustTests.grade_many(jobs, sandbox), strict=True):
        assert verdict.passed, (job.task.id, verdict.error)
