"""Programs in every wrapping that models were seen to use: the very same program is read."""

from __future__ import annotations

import contextlib
import html
import json
import string
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.syntax import FOREIGN

PYTHON = '''\
from collections import Counter

LIMIT, SMALL = 10, 1

def total(xs: list[int]) -> int:
    """Add up.

    ```python
    total([1, 2])
    ```
    """
    return sum(x for x in xs if x < LIMIT and x > 0)'''
RUST = """\
use std::fmt;

const LIMIT: i64 = 10;

/// Adds up.
///
/// ```
/// assert_eq!(total(&[1]), 1);
/// ```
pub fn total(xs: &[i64]) -> i64 {
    let mut s = 0;
    for x in xs {
        if *x < LIMIT && *x > 0 {
            s += x;
        }
    }

    s
}"""
GO = """\
package main

import "sort"

const Limit = 10

// Total adds up.
//
// ```go
// Total(nil)
// ```
func Total(xs []int) int {
\tsort.Ints(xs)
\ts := 0
\tfor _, x := range xs {
\t\tif x < Limit && x > 0 {
\t\t\ts += x
\t\t}
\t}

\treturn s
}"""
LANGUAGES = {
    "python": (PYTHON, "total", "def total(xs: list[int]) -> int", "solution.py"),
    "rust": (RUST, "total", "pub fn total(xs: &[i64]) -> i64", "src/lib.rs"),
    "go": (GO, "Total", "func Total(xs []int) int", "total.go"),
}
EVERY = pytest.mark.parametrize("language", LANGUAGES)


def lines(before: str) -> Callable[[str], str]:
    return lambda code: "\n".join(before + line for line in code.split("\n"))


def numbered(code: str) -> str:
    return "\n".join(f"{number:3d} | {line}" for number, line in enumerate(code.split("\n"), 1))


FORMS: dict[str, Callable[[str], str]] = {
    "code": str,
    "html": html.escape,
    "json": lambda code: json.dumps({"thoughts": "a loop", "code": code}),
    "answer": lambda code: json.dumps([{"answer": f"```\n{code}\n```"}]),
    "in": lines("    "),
    "quote": lines("> "),
    "plus": lines("+"),
    "bare quote": lines(">"),
    "spaced numbers": lambda code: "\n".join(f"{n} {line}" for n, line in enumerate(code.split("\n"), 1)),
    "numbers": numbered,
    "odd": lambda code: code.replace("    ", "\u00a0 \u00a0 ").replace(" = ", "\u00a0=\u200b "),
    "br": lambda code: html.escape(code, quote=False).replace("\n", "<br>"),
}
WRAPPINGS = """\
{code}
Sure! Here is the function you asked for:||{code}||It loops over the list (one by one). It's simple.
Certainly.|{code}|This works in linear time.
**Solution:**||{code}||**Explanation:** it adds.
Here it is:|```{language}|{code}
Here it is:|```{language}|{code}```
Here it is: ```{language}|{code}|```
```{language}|{code}|``` This is it.
~~~~|{code}|~~~~
# Title|``` {language}|{code}|```   ||## Why|- It adds.|- It returns.
```bash|run me|```|```{language}|{code}|```|```text|6|```
```|$ run|```||```|{code}|```||```|6|```
```markdown|# Title|```{language}|{code}|```|```
```{language}|{code}|```</s>
```{language}|{code}|```<|im_end|>|<|im_start|>user|Thanks!
```{language}|{code}|<|eot_id|>
{code}<|endoftext|>
{code}|<end_of_turn>
<think>|```{language}|nonsense (|```|hm</think>|```{language}|{code}|```
<answer>|{code}|</answer>
<solution>{code}</solution>
<details><summary>Code</summary>||```{language}|{code}|```|</details>
<p>Here:</p>|<pre><code class="language-{language}">{html}</code></pre>|<p>Done.</p>
<code><![CDATA[|{code}|]]></code>
<file path="x">|{code}|</file>
<code>{br}</code>
<function=write>|<parameter=content>|{code}|</parameter>|</function>
<tool_call>|{"name": "submit", "arguments": {json}}|</tool_call>
{json}
```json|{json}|```
{answer}
{html}
```{language}|{html}|```
[CODE]|{code}|[/CODE]
\\begin{lstlisting}[language=X]|{code}|\\end{lstlisting}
The code:||{in}||That is all.
1. So:||    ```{language}|{in}|    ```|2. Done.
{quote}
> ```{language}|{quote}|> ```
```diff|--- /dev/null|+++ b/x|@@ -0,0 +1,20 @@|{plus}|```
{plus}
```{language}|{numbers}|```
{spaced numbers}
>```{language}|{bare quote}|>```
```{language}|{odd}|```
""".splitlines()


def wrapped(wrapping: str, language: str, code: str) -> str:
    text = wrapping.replace("|", "\n").replace("<\nim_end\n>", "<|im_end|>")
    for token in ("im_end", "im_start", "eot_id", "endoftext"):
        text = text.replace(f"<\n{token}\n>", f"<|{token}|>")
    text = text.replace("{language}", language)
    for name, form in FORMS.items():
        text = text.replace(f"{{{name}}}", form(code))
    return text


def read(language: str, answer: str) -> str:
    _, name, signature, _ = LANGUAGES[language]
    return extract(answer, language, [name], signature).strip("\n")


@EVERY
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_the_same_program_is_read(language: str, wrapping: str) -> None:
    code = LANGUAGES[language][0]
    code_read = read(language, wrapped(wrapping, language, code))
    assert [line.rstrip() for line in code_read.split("\n")] == code.split("\n")


INFOS = st.one_of(
    st.sampled_from(sorted(FOREIGN)),
    st.text(string.ascii_letters + string.digits + ' .,:;{}="/_+#-', max_size=20),
)
PREAMBLES = st.sampled_from(
    ("", "Sure!\n\n", "1. First\n2. Then:\n\n", "Use `total`:\n", "> Note\n\n", "| a |\n|---|\n\n")
)


@EVERY
@settings(max_examples=15)
@given(INFOS, PREAMBLES, st.integers(0, 6), st.sampled_from(("```", "````", "~~~")))
def test_any_info_string_preamble_and_indent(
    language: str, info: str, preamble: str, indent: int, mark: str
) -> None:
    code = LANGUAGES[language][0]
    block = lines(" " * indent)(f"{mark}{info}\n{code}\n{mark}")
    assert [
        line.rstrip() for line in read(language, preamble + block + "\n\nDone.").split("\n")
    ] == code.split("\n")


@pytest.mark.parametrize(
    "info", ["python3.12", "Python", "{.python}", "answer.py", "language-python", "py,norun"]
)
def test_blocks_that_say_their_language_count_before_others(info: str) -> None:
    answer = (
        f"```{info}\ndef total(xs):\n    return 1\n```\nElsewhere:\n```\ndef total(xs):\n    return 2\n```"
    )
    assert "return 1" in read("python", answer)


def test_rust_that_the_grammar_does_not_know_keeps_all_of_itself() -> None:
    code = (
        "use std::fmt;\n\nfn each() -> impl Iterator<Item = i64> {\n    gen move { yield 1; }\n}\n\n"
        "pub fn total(xs: &[i64]) -> i64 {\n    do yeet 1;\n}"
    )
    for answer in (code, f"Here is the code:\n\n{code}\n\nThat is all of it.", f"```rust\n{code}\n```"):
        assert read("rust", answer) == code


def test_a_program_is_never_put_together_from_two_drafts() -> None:
    first, second = "def total(xs):\n    return helper(xs)", "def total(xs):\n    return 2"
    helper = "def helper(xs):\n    return 1"
    answer = "\n".join(f"```python\n{code}\n```" for code in (helper, first, second))
    assert read("python", answer) == second


@EVERY
@pytest.mark.parametrize("unit", ["```python\n", "(", "`x ", "\u00a0", '{"a":', 'r#"', "x.y()"])
def test_a_hostile_answer_is_given_up_soon(language: str, unit: str) -> None:
    answer = LANGUAGES[language][2] + " {\n" + unit * (8000 // len(unit))
    started = time.thread_time()
    with contextlib.suppress(Malformed):
        read(language, answer)
    assert time.thread_time() - started < 10  # seconds; most take a tenth of one, and quadratic ones minutes


def test_a_text_of_more_than_a_million_characters_is_not_read() -> None:
    with pytest.raises(Malformed, match="longer than 1,000,000 characters"):
        read("python", PYTHON + "\n# x" * 300_000)
