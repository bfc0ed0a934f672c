from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.edits import LAZY, EditError, apply, edit_format, parse

START = {
    "src/queue.py": "import heapq\n\n\ndef push(item):\n    heapq.push(item)\n\n\ndef pop():\n    return 1\n",
    "README.md": "# Queue\n",
    "twice.py": "x = 1\ny = 2\nx = 1\n",
    "data.txt": "",
}
BLOCK = "<<<<<<< SEARCH\n{}=======\n{}>>>>>>> REPLACE\n"


def edited(answer: str, *protected: str) -> dict[str, str]:
    """What an answer makes of ``START``, without the files that stay."""
    tree = apply(START, parse(answer, START), protected)
    return {path: text for path, text in tree.items() if START.get(path) != text}


def refused(answer: str, *protected: str) -> str:
    with pytest.raises(EditError) as error:
        edited(answer, *protected)
    assert str(error.value) and "\n" not in str(error.value)
    return error.value.kind


@pytest.mark.parametrize(
    "answer",
    [
        "src/new.py\n```python\na = 1\n```",
        "```python src/new.py\na = 1\n```",
        "```src/new.py\na = 1\n```",
        "```python:src/new.py\na = 1\n```",
        '```python title="src/new.py"\na = 1\n```',
        "```{.python file=src/new.py}\na = 1\n```",
        "**src/new.py**\n```\na = 1\n```",
        "### `src/new.py`\n\n```python\na = 1\n```",
        "File: src/new.py\n```python\na = 1\n```",
        "1. New file `src/new.py`:\n```python\na = 1\n```",
        "`src/new.py` (new file):\n```python\na = 1\n```",
        "./src/new.py\n~~~python\na = 1\n~~~",
        "I add it.\n\nsrc/new.py\n````python\na = 1\n````\nRun it:\n```bash\npython src/new.py\n```\n",
        "<think>\nsrc/other.py\n```\nno\n```\n</think>\nsrc/new.py\n```python\na = 1\n```",
        "src/new.py\r\n```python\r\na = 1\r\n```\r\n",
        "src/new.py\n" + BLOCK.format("", "a = 1\n"),
        "src/new.py\n```python\n" + BLOCK.format("", "a = 1\n") + "```",
    ],
)
def test_ways_to_name_a_new_file(answer: str) -> None:
    assert edited(answer) == {"src/new.py": "a = 1\n"}


@pytest.mark.parametrize(
    "answer",
    [
        "src/queue.py\n" + BLOCK.format("    return 1\n", "    return 2\n"),
        "src/queue.py\n```python\n" + BLOCK.format("    return 1\n", "    return 2\n") + "```\n",
        "```python src/queue.py\n" + BLOCK.format("    return 1\n", "    return 2\n") + "```\n",
        "```python\nsrc/queue.py\n" + BLOCK.format("    return 1\n", "    return 2\n") + "```\n",
        "src/queue.py\n" + BLOCK.format("return 1\n", "return 2\n"),
        "src/queue.py\n" + BLOCK.format("        return 1\n", "        return 2\n"),
        "src/queue.py\n" + BLOCK.format("def pop():\n    return 1\n", "def pop():\n    return 2\n") * 2,
        "src/queue.py\n<<<<< ORIGINAL\n    return 1\n=====\n    return 2\n>>>>> UPDATED\n",
    ],
)
def test_ways_to_replace_a_line(answer: str) -> None:
    assert edited(answer) == {"src/queue.py": START["src/queue.py"].replace("return 1", "return 2")}


def test_blocks_refer_to_the_tree_as_it_was_given() -> None:
    """Several of a file, in any order; what one brings in no other can find."""
    first, last = (
        BLOCK.format("import heapq\n", "import heapq\n# a\n"),
        BLOCK.format("    return 1\n", "    return 2\n"),
    )
    expected = START["src/queue.py"].replace("heapq\n\n", "heapq\n# a\n\n").replace("return 1", "return 2")
    assert (
        edited(f"src/queue.py\n{first}{last}")
        == edited(f"src/queue.py\n{last}\n{first}")
        == {"src/queue.py": expected}
    )
    assert refused(f"src/queue.py\n{first}" + BLOCK.format("# a\n", "# b\n")) == "search_missing"


def test_indentation_moves_as_a_whole() -> None:
    answer = "src/queue.py\n" + BLOCK.format("return 1\n", "if True:\n    return 2\n\nreturn 3\n")
    expected = "    if True:\n        return 2\n\n    return 3\n"
    assert edited(answer)["src/queue.py"].endswith("def pop():\n" + expected)
    assert refused("src/queue.py\n" + BLOCK.format("def pop():\nreturn 1\n", "x\n")) == "search_missing"


def test_a_file_can_go_and_one_can_be_emptied() -> None:
    tree = apply(START, parse("README.md\n```delete\n```\ntwice.py\n```\n```\n", START))
    assert "README.md" not in tree and tree["twice.py"] == ""
    assert edited("data.txt\n" + BLOCK.format("", "new\n")) == {"data.txt": "new\n"}


def test_the_last_of_several_drafts_counts() -> None:
    assert edited("a.py\n```\n1\n```\nBetter:\n\na.py\n```\n2\n```") == {"a.py": "2\n"}


ONE, TWO = "x = 1\ny = 2\n", "y = 2\nx = 1\n"
WHOLE = "README.md\n```\nnew\n```\n"


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("no_edit", ""),
        ("no_edit", "I would change the queue."),
        ("no_edit", "```python\nprint(1)\n```"),
        ("no_edit", "<think>README.md\n```\nnew\n```"),
        ("malformed_edit", "README.md\n```\nnever closed\n"),
        ("malformed_edit", BLOCK.format("a\n", "b\n")),
        ("malformed_edit", WHOLE + "twice.py\n<<<<<<< SEARCH\ny = 2\n=======\ny = 3\n"),
        ("malformed_edit", WHOLE + "twice.py\n<<<<<<< SEARCH\ny = 2\n"),
        ("malformed_edit", WHOLE + "y = 2\n=======\ny = 3\n>>>>>>> REPLACE\n"),
        ("malformed_edit", "twice.py\n<<<<<<< SEARCH\ny = 2\n<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE\n"),
        ("malformed_edit", "twice.py\n<<<<<<< SEARCH\ny = 2\n=======\na\n=======\nb\n>>>>>>> REPLACE\n"),
        ("malformed_edit", "twice.py\n```\n# see\n" + BLOCK.format("y = 2\n", "y = 3\n") + "```\n"),
        ("malformed_edit", WHOLE + "```\n# see\n" + BLOCK.format("y = 2\n", "y = 3\n") + "```\n"),
        ("malformed_edit", "twice.py\n```\nz\n```\ntwice.py\n" + BLOCK.format("y = 2\n", "y = 3\n")),
        ("malformed_edit", f"twice.py\n{BLOCK.format(ONE, '')}{BLOCK.format(TWO, '')}"),
        ("search_missing", WHOLE + "twice.py\n" + BLOCK.format("y = 4\n", "y = 3\n")),
        ("search_missing", WHOLE + "twice.py\n" + BLOCK.format("y = 2\n\n", "y = 3\n")),
        ("search_missing", WHOLE + "nowhere.py\n" + BLOCK.format("y\n", "z\n")),
        ("search_ambiguous", WHOLE + "twice.py\n" + BLOCK.format("x = 1\n", "x = 3\n")),
        ("search_ambiguous", WHOLE + "twice.py\n" + BLOCK.format("  x = 1\n", "  x = 3\n")),
        ("search_ambiguous", WHOLE + "twice.py\n" + BLOCK.format("", "x = 3\n")),
        ("path_escape", WHOLE + "../outside.py\n```\nx\n```"),
        ("path_escape", WHOLE + "```python ../outside.py\nx\n```"),
        ("path_escape", WHOLE + "/etc/cron.d/job\n```\nx\n```"),
        ("path_escape", WHOLE + "~/.bashrc\n```\nx\n```"),
        ("path_escape", WHOLE + "src/../../outside.py\n```\nx\n```"),
        ("path_escape", WHOLE + "src/a\0.py\n```\nx\n```"),
        ("path_escape", WHOLE + "src\\a.py\n```\nx\n```"),
        ("path_escape", WHOLE + "C:\\windows\\a.py\n```\nx\n```"),
        ("path_escape", WHOLE + ".git/hooks/a.sh\n```\nx\n```"),
        ("path_escape", WHOLE + "README.md/a.py\n```\nx\n```"),
        ("path_escape", WHOLE + "../outside.py\n" + BLOCK.format("", "x\n")),
        ("too_large", "big.txt\n```\n" + "x" * 300_000 + "\n```"),
        ("too_large", "x" * 5_000_000),
        ("too_large", "".join(f"f{number}.py\n```\nx\n```\n" for number in range(300))),
    ],
)  # fmt: skip
def test_an_answer_of_which_nothing_is_applied(kind: str, answer: str) -> None:
    assert refused(answer) == kind


@pytest.mark.parametrize("pattern", ["README.md", "*.md", "README*"])
def test_protected_files_stay(pattern: str) -> None:
    assert refused(WHOLE, pattern) == "protected_file"
    assert refused("README.md\n```delete\n```\n", pattern) == "protected_file"
    assert edited("README.md\n```\n# Queue\n```\na.py\n```\n1\n```", pattern) == {"a.py": "1\n"}  # as it was


def test_the_form_of_an_answer() -> None:
    block = "twice.py\n" + BLOCK.format("y = 2\n", "y = 3\n")
    assert [edit_format(parse(answer, START)) for answer in (WHOLE, block, WHOLE + block)] == [
        "whole",
        "diff",
        "mixed",
    ]


@pytest.mark.parametrize(
    "line", ["# ... rest of the code", "    // existing code unchanged", "# …", "/* remaining methods */"]
)
def test_lazy_comments_are_noticed(line: str) -> None:
    assert LAZY.search(f"x = 1\n{line}\n")
    assert not LAZY.search("# the rest is silence\n# a queue with an existing lock\nprint('...')\n")


PIECES = """\
README.md|a.py|../x.py|```|```python|~~~~|<<<<<<< SEARCH|=======|>>>>>>> REPLACE|y = 2|x = 1|text|    return 1
```py a.py|> ```|- ```|File: b.py|/etc/passwd|<think>|</think>
src/queue.py|```delete|twice.py|import heapq|"""


@given(st.lists(st.sampled_from(PIECES.replace("\n", "|").split("|")), max_size=14).map("\n".join))
@settings(max_examples=100)
def test_every_answer_is_applied_whole_or_refused_in_a_line(answer: str) -> None:
    try:
        tree = apply(START, parse(answer, START))
    except EditError as error:
        assert error.kind in {
            "no_edit", "malformed_edit", "search_missing", "search_ambiguous", "path_escape", "too_large",
        }  # fmt: skip
        return
    assert answer.count("<<<<<<< SEARCH") == 0 or answer.count(">>>>>>> REPLACE") > 0
    assert all(".." not in path and not path.startswith("/") for path in tree)


PAIR = {"src/a.py": "def f():\n    return 1\n\ndef g():\n    return 2\n", "b.py": "x = 1\n"}
MENDED = "<<<<<<< SEARCH\n    return 1\n=======\n    return 3\n>>>>>>> REPLACE\n"
IN_B = "b.py\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n"
INDENTED = "".join(f"  {line}\n" for line in f"```python\nsrc/a.py\n{MENDED}```".splitlines())


@pytest.mark.parametrize(
    "answer",
    [
        INDENTED,
        f"```\nsrc/a.py\n{MENDED}```\n",
        f"```python:src/a.py\n{MENDED}```\n",
        f"**src/a.py**\n```python\n{MENDED}```\n",
        f"### `src/a.py`:\n\n```python\n{MENDED}```\n",
        f"```python\n# src/a.py\n{MENDED}```\n",
        f"./src/a.py\n{MENDED}",
        "src/a.py\n" + MENDED.rstrip("\n"),
        "src/a.py\n" + MENDED.replace("=======", "=======  ").replace("SEARCH", "SEARCH "),
        "src/a.py\n" + MENDED.replace("REPLACE", "UPDATED").replace("SEARCH", "ORIGINAL"),
        "src/a.py\n" + MENDED.replace("    return", "return"),
        "src/a.py\n" + MENDED.replace("return 1", "return 1  "),
    ],
    ids=[
        *(
            "indented",
            "path in the fence",
            "path behind it",
            "bold",
            "heading",
            "comment",
            "./",
            "no end of line",
        ),
        *("spaces", "other words", "not indented", "spaces at the end"),
    ],
)
def test_blocks_as_models_write_them(answer: str) -> None:
    assert apply(PAIR, parse(answer, PAIR))["src/a.py"] == PAIR["src/a.py"].replace("return 1", "return 3")


def test_one_fence_around_the_blocks_of_two_files() -> None:
    assert apply(PAIR, parse(f"```\nsrc/a.py\n{MENDED}{IN_B}```\n", PAIR))["b.py"] == "x = 2\n"


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("no_edit", "```diff\n--- a/src/a.py\n+++ b/src/a.py\n@@ @@\n-    return 1\n+    return 3\n```"),
        ("no_edit", '<file path="src/a.py">\ndef f():\n    return 3\n</file>\n'),
        ("no_edit", "src/a.py\n" + MENDED.replace("<", "&lt;").replace(">", "&gt;")),
        ("no_edit", "In src/a.py the mistake is this:\n```python\n    return 1\n```\n"),
        ("no_edit", f"```python\n{MENDED.replace('SEARCH', 'SEARCH src/a.py', 1)}```\n"),
        ("search_missing", f"a/src/a.py\n{MENDED}"),
        ("search_missing", "src/a.py\n" + MENDED.replace("    return 1", "2 |     return 1")),
        ("search_missing", "src/a.py\n" + MENDED.replace("    return 1", "\treturn 1")),
        ("search_missing", "src/a.py\n" + MENDED.replace("    return 1", "def f():\n    ...\ndef g():")),
        ("search_missing", f"{IN_B}src/a.py\n{MENDED.replace('return 1', 'return 9')}"),
        ("malformed_edit", "src/a.py\n" + MENDED.replace("REPLACE\n", "REPLACE```\n")),
        ("path_escape", f"src\\a.py\n{MENDED}"),
    ],
)  # fmt: skip
def test_what_could_be_guessed_is_not(kind: str, answer: str) -> None:
    """A guess that is wrong is worse than an error that names its reason; and all is applied, or nothing."""
    with pytest.raises(EditError) as error:
        apply(PAIR, parse(answer, PAIR))
    assert error.value.kind == kind


NEW_A = PAIR["src/a.py"].replace("return 1", "return 3")


@pytest.mark.parametrize(
    "answer",
    [
        f"Sure! Here is the corrected `src/a.py`:\n\n```python\n{NEW_A}```\nLet me know.",
        f"The whole of **src/a.py** now:\n```\n{NEW_A}```\nTry it:\n```python\nf()\n```",
        f"```python\n# src/a.py\n{NEW_A}```",
    ],
)
def test_a_path_may_stand_in_a_sentence_or_a_comment_where_nothing_else_names_one(answer: str) -> None:
    assert "return 3" in apply(PAIR, parse(answer, PAIR))["src/a.py"]


@pytest.mark.parametrize(
    "answer",
    [
        f"Here is what becomes of src/a.py and b.py:\n```python\n{NEW_A}```",  # of which?
        f"I changed src/a.py.\n```python\n{NEW_A}```",
        "Call src/a.py so:\n```python\nf()\n```",
        f"Here is src/aa.py:\n```python\n{NEW_A}```",
    ],
)
def test_a_path_in_passing_names_no_file(answer: str) -> None:
    with pytest.raises(EditError, match="neither a whole file"):
        parse(answer, PAIR)


def test_a_sentence_names_no_file_beside_edits_that_are_named() -> None:
    answer = f"b.py\n```\nx = 2\n```\nThen src/a.py would be:\n```python\n{NEW_A}```"
    assert [edit.path for edit in parse(answer, PAIR)] == ["b.py"]
