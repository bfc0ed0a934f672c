from __future__ import annotations

from dataclasses import replace

import pytest

from harness.graders.languages.rust import tests
from harness.graders.languages.rust.asserts import RustAsserts
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from tests.graders.tasks import task

TESTS = """\
use pots::*;

#[test]
fn fills() { assert_eq!(fill(2), 4); }

#[test]
#[ignore = "later"]
fn empty() -> Result<(), String> {
    if fill(0) == 0 { Ok(()) } else { Err("not empty".into()) }
}

#[test]
#[should_panic(expected = "too \\"big")]
fn big() { fill(100); }

#[cfg(feature = "lid")]
#[test]
fn lid() { close(); }

#[cfg(test)]
mod deep {
    use super::*;

    #[test]
    fn one() { assert!(fill(1) == 2, "one"); }
}
"""
REFERENCE = 'pub fn fill(n: i32) -> i32 {\n    if n > 50 { panic!("too \\"big") }\n    n * 2\n}\n'
GRADER = RustAsserts(TESTS, names=["fill"], crate_name="pots", edition="2015")


MACROS_WITHIN_MACROS = "\n".join(
    (
        '#![recursion_limit = "3000"]',
        *(f"macro_rules! m{n} {{ () => {{ m{n + 1}!() }} }}" for n in range(1200)),
        "macro_rules! m1200 { () => { nowhere() } }\npub fn fill(n: i32) -> i32 { m0!() }",
    )
)


def grade(sandbox: Sandbox, answer: str, grader: RustAsserts = GRADER, reference: str = REFERENCE) -> Verdict:
    return grader.grade(task(reference), Completion(output=answer), sandbox)


def test_all_tests_run_ignored_and_panicking_ones_too(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, REFERENCE)
    assert (verdict.passed, verdict.error) == (True, None)
    assert list(verdict.metrics["tests"]) == ["fills", "empty", "big", "deep::one"]
    assert verdict.metrics["verdict"] == "inside"


def test_each_test_counts_and_failures_are_told_in_words(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, "pub fn fill(n: i32) -> i32 { n + 2 }")
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.25, "wrong_answer")
    assert verdict.error == 'empty: expected "pass", got "error: \\"not empty\\""'
    assert verdict.metrics["tests"]["big"] is False


@pytest.mark.parametrize(
    ("answer", "error_type"),
    [
        ("", "malformed_answer"),
        ("pub fn fill(n: i32) -> i32 { x }", "compile_error"),
        ("pub fn fill(n: i32) -> i32 { unsafe { *(&n as *const i32) } }", "compile_error"),
        ("""\
#[macro_export] macro_rules! assert_eq { ($($t:tt)*) => {} }
pub fn fill(n: i32) -> i32 { n }""", "compile_error"),
        ("pub use std::debug_assert as assert;\npub fn fill(n: i32) -> i32 { n }", "compile_error"),
        ('pub fn fill(n: i32) -> i32 { println!("{}", include_str!("tests.rs")); n * 2 }', "compile_error"),
        ("pub fn fill(n: i32) -> i32 { std::process::exit(0) }", "protocol_violation"),
        ("pub fn fill(n: i32) -> i32 { std::panic::set_hook(Box::new(|_| std::process::exit(0))); panic!() }",
         "protocol_violation"),
        ("pub fn fill(n: i32) -> i32 { std::process::abort() }", "crash"),
        ("pub fn fill(n: i32) -> i32 { loop {} }", "timeout"),
        (MACROS_WITHIN_MACROS, "compile_error"),
        ("// PartialEq\npub fn fill(n: i32) -> i32 { n }" + "type T = PartialEq<" * 500, "compile_error"),
    ],
)  # fmt: skip
def test_what_must_not_pass_does_not(sandbox: Sandbox, answer: str, error_type: str) -> None:
    verdict = grade(sandbox, answer)
    assert (verdict.passed, verdict.error_type) == (False, error_type)


def test_a_signature_pins_what_is_returned(sandbox: Sandbox) -> None:
    tests = "mod tests { use super::*; #[test] fn t() { assert!(fill(1) == 2); } }"
    grader = RustAsserts(tests, names=["fill"], signature="fn fill(n: i32) -> i32", prelude="fn main() {}")
    right = "fn fill(n: i32) -> i32 { n * 2 }"
    assert grade(sandbox, right, grader, right).passed
    verdict = grade(sandbox, "pub fn fill(n: i64) -> i64 { n * 2 }", grader, right)
    assert verdict.error_type == "compile_error"
    assert (verdict.error or "").startswith("the tests on it: ")


EQUAL = "pub struct Same; pub struct Other; pub fn fill(_: i32) -> Same { Same }\n"


@pytest.mark.parametrize(
    "equality",
    [
        "impl PartialEq<i32> for Same { fn eq(&self, _: &i32) -> bool { true } }",
        "impl std::cmp::PartialEq < i32 > /* */ for Same { fn eq(&self, _: &i32) -> bool { true } }",
        "impl<T> PartialEq<T> for Same { fn eq(&self, _: &T) -> bool { true } }",
        "impl PartialEq<Same> for i32 { fn eq(&self, _: &Same) -> bool { true } }",
        "impl<'a> PartialEq<&'a str> for Same where Same: Sized { fn eq(&self, _: &&str) -> bool { true } }",
        "use std::cmp::PartialEq as Eq2; impl Eq2<i32> for Same { fn eq(&self, _: &i32) -> bool { true } }",
        "macro_rules! eq { ($t:ty) => { impl PartialEq<$t> for Same { fn eq(&self, _: &$t) -> bool { true } "
        "} } }\neq!(i32);",
        "mod m { pub struct i32; }\nimpl PartialEq<i32> for Same { fn eq(&self, _: &i32) -> bool { true } }",
        "impl<Other> PartialEq<Other> for Same { fn eq(&self, _: &Other) -> bool { true } }",
        "impl PartialEq<Vec<Option<fn(i32) -> i32>>> for Same { fn eq(&self, _: &Vec<()>) -> bool { true } }",
    ],
)
def test_no_type_of_ones_own_equals_the_librarys(sandbox: Sandbox, equality: str) -> None:
    verdict = grade(sandbox, EQUAL + equality)
    assert (verdict.error_type, verdict.score) == ("compile_error", 0)
    assert "`, which the tests need as it is" in (verdict.error or "")


def test_types_may_be_compared_with_each_other(sandbox: Sandbox) -> None:
    own = """\
pub struct Same<T>(T); pub struct Other;
impl<T> PartialEq<Same<T>> for Same<T> { fn eq(&self, _: &Self) -> bool { true } }
impl PartialEq<Self> for Other { fn eq(&self, _: &Self) -> bool { true } }
impl<T> PartialEq<Other> for Same<T> { fn eq(&self, _: &Other) -> bool { true } }
pub fn found<T: PartialEq<U>, U>(a: T, b: U) -> bool where T: PartialEq<U> { a == b }
"""
    assert grade(sandbox, own + REFERENCE).passed


@pytest.mark.parametrize("edition", ["2015", "2018", "2021", "2024", None])
def test_crates_of_every_edition(sandbox: Sandbox, edition: str | None) -> None:
    verdict = grade(sandbox, REFERENCE, replace(GRADER, edition=edition))
    assert (verdict.passed, verdict.metrics["edition"]) == (True, edition or "2024"), verdict.error
    assert not grade(sandbox, "pub fn fill(n: i32) -> i32 { n + 2 }", replace(GRADER, edition=edition)).passed


def test_without_an_edition_the_newest_that_fits(sandbox: Sandbox) -> None:
    grader = replace(GRADER, edition=None)
    verdict = grade(sandbox, REFERENCE + "pub fn gen() {}\n", grader)
    assert (verdict.passed, verdict.metrics["edition"]) == (True, "2021")
    verdict = grade(sandbox, "pub fn fill(n: i32) -> i32 { x }", grader)
    assert (verdict.error_type, verdict.metrics["edition"]) == ("compile_error", "2024")
    assert (verdict.error or "").startswith("line 1: cannot find value `x`")


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("fn f(a: &str, mut b: Vec<(u8, i64)>) -> bool", "const _: fn(&str, Vec<(u8, i64)>) -> bool = c::f;"),
        ("pub fn f()", "const _: fn() = c::f;"),
        ("fn f<T: Ord>(a: T) -> T", ""),
        ("fn f<'a>(a: &'a str) -> &'a str", ""),
        ("fn f(a: impl Fn()) -> u8", ""),
        ("", ""),
    ],
)
def test_a_pin_is_made_where_a_function_pointer_can_say_it(signature: str, expected: str) -> None:
    assert tests.pin(signature, "c::f") == expected


def test_features_switch_tests_on() -> None:
    assert "lid" in RustAsserts(TESTS, crate_name="pots", features=["lid"]).spec.names
    assert "lid" not in GRADER.spec.names


def test_lines_stay_where_they_were() -> None:
    assert tests.read(TESTS, ()).text.splitlines()[8].strip().startswith("if fill(0)")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"tests": "macro_rules! t { ($n:ident) => { #[test] fn $n() {} } }"}, "made by a macro"),
        ({"tests": "fn helper() {}"}, "no #\\[test\\] function"),
        ({"tests": TESTS, "edition": "1999"}, "`edition`"),
        ({"tests": TESTS, "crate_name": "a-b"}, "`crate_name`"),
    ],
)
def test_options_are_checked(options: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        RustAsserts(**options)  # type: ignore[arg-type]
