from __future__ import annotations

import time
from contextlib import suppress

import pytest

from harness.graders.execution.extract import Malformed, extract

PY = "def total(xs: list[int]) -> int:\n    s = 0\n    for x in xs:\n        s += x\n\n    return s"
PY_SIGNATURE = "def total(xs: list[int]) -> int"
RUST = """pub fn total(xs: &[i64]) -> i64 {
    let mut s = 0;
    for x in xs {
        s += x;
    }

    s
}"""
RUST_SIGNATURE = "pub fn total(xs: &[i64]) -> i64"
GO = "func Total(xs []int) int {\n\ts := 0\n\tfor _, x := range xs {\n\t\ts += x\n\t}\n\n\treturn s\n}"
GO_SIGNATURE = "func Total(xs []int) int"
LANGUAGES = {
    "python": (PY, "total", PY_SIGNATURE),
    "rust": (RUST, "total", RUST_SIGNATURE),
    "go": (GO, "Total", GO_SIGNATURE),
}
EVERY = pytest.mark.parametrize("language", LANGUAGES)


def take(language: str, answer: str) -> str:
    _, name, signature = LANGUAGES[language]
    return extract(answer, language, [name], signature)


@EVERY
@pytest.mark.parametrize(
    "wrapping",
    [
        "{code}",
        "\n\n{code}\n\n",
        "```\n{code}\n```",
        "```{language}\n{code}\n```",
        "```{language} title=solution\n{code}\n```",
        "~~~{language}\n{code}\n~~~",
        "````{language}\n{code}\n````",
        "Sure! Here is the function:\n\n```{language}\n{code}\n```\n\nIt adds them up. It's simple.",
        "Sure! Here it is:\n\n```{language}\n{code}",
        "```{language}\n{code}```",
        "{code}\n```\n\nThis adds up all of them.",
        "Sure! Here it's:\n\n{code}\n\nThis function's loop adds them up (one by one).",
        "Here it is:\n{code}\nDone",
        "<think>\nMaybe ```{language}\nwrong\n``` or so?\n</think>\n```{language}\n{code}\n```",
        "They want `total`, so a loop.\n</think>\n\n{code}",
        "Run it:\n```bash\nrun me\n```\nand the code:\n```{language}\n{code}\n```\nOutput:\n```\n6\n```",
        "```{language}\n{code}\n```\nIt prints:\n```text\ntotal = 6\n```",
    ],
)
def test_the_code_is_found_in_every_wrapping(language: str, wrapping: str) -> None:
    code = LANGUAGES[language][0]
    answer = wrapping.replace("{language}", language).replace("{code}", code)
    assert take(language, answer).strip() == code


@EVERY
def test_line_ends_of_other_systems_and_byte_order_marks_vanish(language: str) -> None:
    code = LANGUAGES[language][0]
    assert take(language, "\ufeff```\r\n" + code.replace("\n", "\r\n") + "\r\n```\r\n") == code
    assert take(language, code.replace("\n", "\r")) == code


@EVERY
def test_a_block_indented_in_a_list_loses_its_indent(language: str) -> None:
    code = LANGUAGES[language][0]
    fenced = f"```{language}\n{code}\n```"
    answer = "1. First:\n" + "\n".join("   " + line for line in fenced.split("\n"))
    assert take(language, answer) == code


@EVERY
@pytest.mark.parametrize(
    "answer",
    [
        "",
        "   \n\n",
        "I am sorry, I cannot do that.",
        "No",
        "The function `total` should add up all the numbers of the list.",
        "```\n```",
        "```text\nnothing here\n```",
        "<think>\nlet me see, def total fn total func Total",
    ],
)
def test_an_answer_without_code_is_malformed(language: str, answer: str) -> None:
    with pytest.raises(Malformed, match=r"defines no `[tT]otal`"):
        take(language, answer)


def test_without_wanted_names_any_definition_will_do() -> None:
    assert extract("Here:\n```python\nx = 3\n```", "python") == "x = 3"
    with pytest.raises(Malformed, match="holds no python code"):
        extract("```\nhello there\n```", "python")


@EVERY
@pytest.mark.parametrize("keep_first_indent", [True, False])
def test_a_continuation_of_the_signature_becomes_whole(language: str, keep_first_indent: bool) -> None:
    code, _, signature = LANGUAGES[language]
    head, body = code.split("\n", 1)
    body = body if keep_first_indent else body.lstrip()
    whole = take(language, body)
    assert whole.split("\n", 1)[0] == head
    assert [line.strip() for line in whole.split("\n")] == [line.strip() for line in code.split("\n")]
    assert take(language, f"```{language}\n{body}\n```").startswith(head)
    assert signature in whole


def test_continuations_of_other_shapes() -> None:
    assert take("python", "return sum(xs)") == PY_SIGNATURE + ":\n    return sum(xs)"
    assert take("python", "    return sum(xs)\n\n\nprint(total([1]) is odd!)").endswith("return sum(xs)\n\n")
    assert take("python", "# add them\nimport math\nreturn math.fsum(xs)").count("\n    ") == 3
    assert take("rust", "    xs.iter().sum()") == RUST_SIGNATURE + " {\n    xs.iter().sum()\n}"
    assert take("rust", "{ xs.iter().sum() }") == RUST_SIGNATURE + " { xs.iter().sum() }"
    assert take("go", "\treturn len(xs)\n}") == GO_SIGNATURE + " {\n\treturn len(xs)\n}"


def test_the_block_that_defines_the_wanted_name_is_chosen() -> None:
    usage = "```python\nprint(total([1, 2]))\n```"
    assert take("python", f"```python\n{PY}\n```\nUse it so:\n{usage}") == PY
    assert take("python", f"{usage}\nwith\n```python\n{PY}\n```") == PY


def test_a_corrected_block_counts_before_the_first_try() -> None:
    first = "def total(xs):\n    return 0"
    assert take("python", f"```python\n{first}\n```\nWait, better:\n```python\n{PY}\n```") == PY


def test_a_block_that_broke_off_counts_after_a_sound_one() -> None:
    broken = "def total(xs):\n    return sum((x for x in"
    assert take("python", f"```python\n{PY}\n```\nOr:\n```python\n{broken}") == PY


def test_blocks_with_helpers_are_joined_in_order() -> None:
    helper = "from math import fsum\n\ndef add(xs):\n    return int(fsum(xs))"
    main = "def total(xs):\n    return add(xs)"
    other = "def unused():\n    return 1"
    answer = f"```python\n{helper}\n```\nthen\n```python\n{main}\n```\nand\n```python\n{other}\n```"
    assert take("python", answer) == f"{helper}\n\n{main}"


def test_rust_blocks_with_a_type_and_its_impl_are_joined() -> None:
    struct = "pub struct Pile(Vec<i64>);"
    impl = "impl Pile {\n    pub fn size(&self) -> usize { self.0.len() }\n}"
    use = "use std::fmt;"
    answer = f"```rust\n{use}\n```\n```rust\n{struct}\n```\n```rust\n{impl}\n```\n"
    assert extract(answer, "rust", ["Pile"]) == f"{struct}\n\n{impl}"


def test_go_blocks_are_joined_with_one_package_clause_and_imports_first() -> None:
    helper = 'package main\n\nimport "sort"\n\nfunc add(a, b int) int { sort.Ints(nil); return a + b }'
    main = "package main\n\nfunc Total(xs []int) int { return add(xs[0], 1) }"
    code = take("go", f"```go\n{helper}\n```\n\n```go\n{main}\n```")
    assert code.count("package main") == 1
    assert code.index("package") < code.index("import") < code.index("func add") < code.index("func Total")


def test_a_whole_file_stays_whole() -> None:
    python = f"import os\n\n{PY}\n\nif __name__ == '__main__':\n    print(total([1]))"
    rust = f"use std::fmt;\n\n{RUST}\n\nfn main() {{}}\n\n#[cfg(test)]\nmod tests {{\n    use super::*;\n}}"
    go = f'package main\n\nimport "fmt"\n\n{GO}\n\nfunc main() {{ fmt.Println(Total(nil)) }}'
    for language, code in (("python", python), ("rust", rust), ("go", go)):
        assert take(language, code) == code
        assert take(language, f"```{language}\n{code}\n```") == code
        assert take(language, f"Here's the file:\n\n{code}\n\nThat's all of it.") == code


def test_class_methods_async_functions_and_lambdas_count_as_definitions() -> None:
    method = "class Solution:\n    def total(self, xs):\n        return sum(xs)"
    assert take("python", f"```python\n{method}\n```") == method
    assert take("python", "async def total(xs):\n    return 1") == "async def total(xs):\n    return 1"
    assert take("python", "total = lambda xs: sum(xs)") == "total = lambda xs: sum(xs)"
    assert take("python", "```\n    def total(xs):\n        return 1\n```") == "def total(xs):\n    return 1"


def test_the_prompts_of_a_session_are_taken_away() -> None:
    session = ">>> def total(xs):\n...     return sum(xs)\n...\n>>> total([1])\n1"
    assert take("python", f"```pycon\n{session}\n```").startswith("def total(xs):\n    return sum(xs)\n")
    assert "\n1" not in take("python", session)


def test_several_wanted_names_may_stand_in_several_blocks() -> None:
    first, second = "class Shelf:\n    pass", "def fill(shelf):\n    return shelf"
    answer = f"```python\n{first}\n```\n\n```python\n{second}\n```"
    assert extract(answer, "python", ["Shelf", "fill"]) == f"{first}\n\n{second}"


def test_broken_code_is_still_the_answer() -> None:
    assert take("python", "```python\ndef total(xs:\n    return 1\n```").startswith("def total(xs:")
    assert take("rust", "fn total(xs: &[i64]) -> i64 {\n    1 +\n").startswith("fn total")


@EVERY
def test_a_long_answer_of_prose_and_half_code_is_dealt_with_quickly(language: str) -> None:
    line = {"python": "def total(((\n", "rust": "fn total(((\n", "go": "func Total(((\n"}[language]
    assert take(language, "It is so.\n" * 300 + line * 300)


@pytest.mark.parametrize("piece", ["> ```\n", "- ```x\n", "```python\nx\n", "~~~\nx\n"])
def test_fences_without_end_take_time_in_proportion(piece: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        with suppress(Malformed):
            extract(piece * times, "python", ["f"])
        return time.process_time() - started

    assert seconds(8_000) < 1 + 12 * seconds(2_000)
