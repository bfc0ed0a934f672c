from __future__ import annotations

from dataclasses import replace

import pytest

from harness.graders.languages.go.asserts import GoAsserts
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from tests.graders.tasks import task

TESTS = {
    "pots_test.go": """package pots

import (
	"reflect"
	"testing"
)

func TestFill(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Fill(c.in); !reflect.DeepEqual(got, c.want) {
				t.Fatalf("Fill(%d) = %d, want %d", c.in, got, c.want)
			}
		})
	}
}

func TestPot(t *testing.T) {
	t.Parallel()
	var p Pot
	p.Add(2)
	if p.Size() != 2 {
		t.Error("size")
	}
}

func BenchmarkFill(b *testing.B) { Fill(1) }
func Testify()                   {}
""",
    "cases_test.go": """\
package pots

var cases = []struct {
	name string
	in, want int
}{{"a", 1, 2}, {"b", 2, 4}}
""",
}
REFERENCE = """package pots

type Pot struct{ n int }

func (p *Pot) Add(n int) { p.n += n }
func (p *Pot) Size() int { return p.n }
func Fill(n int) int     { return n * 2 }
"""
GRADER = GoAsserts(TESTS, names=["Fill", "Pot"])
READS_NONCE = (
    REFERENCE.replace("pots", 'pots\n\nimport "os"', 1)
    + """
func init() {
	var b [99]byte
	n, _ := os.Stdin.Read(b[:])
	nonce := string(b[:max(n, 0)])
	os.Stdout.WriteString(nonce + " 0\\n" + nonce + " 1\\n")
	os.Exit(0)
}
"""
)
SPEAKS_FOR_TESTS = REFERENCE.replace("pots", 'pots\n\nimport "fmt"', 1).replace(
    "return n * 2", 'fmt.Println("--- FAIL: TestFill (0.00s)\\n    pass"); return 7'
)


def grade(sandbox: Sandbox, answer: str, grader: GoAsserts = GRADER) -> Verdict:
    return grader.grade(task(REFERENCE), Completion(output=answer), sandbox)


def test_a_right_answer_passes_and_the_row_says_that_it_was_judged_inside(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, REFERENCE)
    assert (verdict.passed, verdict.error) == (True, None)
    assert verdict.metrics["tests"] == {"TestFill": True, "TestPot": True}
    assert verdict.metrics["verdict"] == "inside"


def test_each_test_counts_and_the_failure_is_told_in_words(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, REFERENCE.replace("n * 2", "n + 1"))
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.5, "wrong_answer")
    assert verdict.error == 'TestFill: expected "pass", got "pots_test.go:12: Fill(2) = 3, want 4"'


@pytest.mark.parametrize(
    ("answer", "error_type"),
    [
        ("", "malformed_answer"),
        (REFERENCE.replace("n * 2", "x"), "compile_error"),
        (REFERENCE.replace("n * 2", "cases[0].want"), "compile_error"),
        (REFERENCE.replace("pots", 'pots\n\nimport "unsafe"', 1), "compile_error"),
        (REFERENCE.replace("pots", 'pots\n\nimport "runtime/debug"', 1), "compile_error"),
        (
            REFERENCE.replace("pots", 'pots\n\nimport "os"', 1) + "func init() { os.Exit(0) }",
            "protocol_violation",
        ),
        (READS_NONCE, "protocol_violation"),
        (SPEAKS_FOR_TESTS, "wrong_answer"),
        (REFERENCE.replace("return n * 2", "panic(n)"), "crash"),
        (REFERENCE.replace("return n * 2", "for {}"), "timeout"),
    ],
)
def test_what_must_not_pass_does_not(sandbox: Sandbox, answer: str, error_type: str) -> None:
    verdict = grade(sandbox, answer)
    assert (verdict.passed, verdict.error_type) == (False, error_type)


def test_internal_tests_share_the_package_but_not_what_words_mean(sandbox: Sandbox) -> None:
    internal = replace(GRADER, internal=True)
    assert grade(sandbox, REFERENCE, internal).passed
    assert grade(sandbox, REFERENCE + "const true = false\n", internal).error == "redefines true"


def test_forgotten_imports_and_helpers_of_the_prompt_are_there(sandbox: Sandbox) -> None:
    grader = GoAsserts(
        {
            "a_test.go": """\
package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLoud(t *testing.T) {
	assert := assert.New(t)
	assert.Equal("AA", Loud("a"))
	assert.ElementsMatch([]int{1, 2}, []int{2, 1})
}
"""
        },
        names=["Loud"],
        signature="func Loud(word string) string",
        prelude="func Twice(s string) string { return s + s }",
        imports=["strings", "math"],
    )
    assert grade(sandbox, "    return strings.ToUpper(Twice(word))\n}", grader).passed
    whole = 'package main\n\nimport "strings"\n\nfunc Twice(s string) string { return s + s }\n\n'
    whole += "func Loud(word string) string { return Twice(strings.ToUpper(word)) }\n"
    assert grade(sandbox, whole, grader).passed
    verdict = grade(sandbox, "func Loud(word string) string { return word }", grader)
    assert 'expected "AA", got "a"' in (verdict.error or "").replace("\\", "")


@pytest.mark.parametrize(
    ("tests", "complaint"),
    [
        ({"a_test.go": "package a\n"}, r"holds no `func Test….* looked in a_test\.go"),
        ({"a_test.go": "func x("}, "`tests` a_test.go: not a Go file"),
        ({"../a_test.go": "package a\n"}, "not a Go file"),
        ({"a_test.go": 'package a\n\nimport "net/http"\n'}, "imports 'net/http'"),
        ({"a_test.go": "package a\n\nfunc TestMain() {}\n"}, "has a TestMain"),
        ("package a", "must map file names"),
    ],
)
def test_options_are_checked(tests: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        GoAsserts(tests)
