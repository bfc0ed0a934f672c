from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.suites.mining.prompt import added_lines, declarations, neighbours, outline, prompt_of
from harness.suites.mining.quoting import quotes

names = st.lists(st.sampled_from(["a", "core", "deep", "utils", "x1"]), min_size=1, max_size=4).map("/".join)


@settings(max_examples=60)
@given(st.sets(names, min_size=1, max_size=60), st.integers(40, 2000))
def test_an_outline_fits_and_counts_every_file(folders: set[str], most: int) -> None:
    paths = {f"{folder}/f{n}.py" for folder in folders for n in range(3)}
    text = outline(paths, [min(paths)], most)
    assert len(text) <= max(most, 60) or text.count("\n") == 0
    if len(outline(paths, [], 1 << 20)) <= most:
        assert text == outline(paths, [], 1 << 20)
        assert sum(line.count(".py") for line in text.split("\n")) == len(paths)


def test_folders_far_from_the_change_shrink_first() -> None:
    paths = [f"docs/page{n}.md" for n in range(100)] + ["src/a.py", "src/b.py"]
    assert outline(paths, ["src/a.py"], 120) == "docs/: 100 files\nsrc/: a.py b.py"


def test_the_files_of_the_reference_are_shown_and_others_while_there_is_room() -> None:
    texts = {
        "src/a.py": "import b\n",
        "src/b.py": "B = 1\n" * 10,
        "src/c.py": "C = 1\n" * 3000,
        "tests/test_a.py": "t\n",
    }
    before = {"src/a.py": texts["src/a.py"]}
    near = neighbours(
        texts, before, ["tests/test_a.py", "tests/test_new.py"], lambda path: path.endswith(".py")
    )
    assert near == ["tests/test_a.py", "src/b.py", "src/c.py"]
    prompt = prompt_of("Do it.", texts, before, texts.get, near, ["src/a.py:", "def run(x)"], 1500)
    assert prompt is not None and len(prompt) <= 6000
    assert (
        "Do it." in prompt
        and "src/: a.py b.py c.py" in prompt
        and "B = 1" in prompt
        and "C = 1" not in prompt
    )
    assert "def run(x)" in prompt
    assert prompt_of("Do it.", texts, texts, texts.get, [], [], 1500) is None


def test_what_tests_need_and_is_not_there_yet_is_declared_in_the_prompt() -> None:
    before = {"a.py": "def old(x):\n    return x\n"}
    after = {
        "a.py": "def old(x, y=1):\n    return x\n\n\ndef new(\n    x: int,\n) -> int:\n    return hidden(x)\n\n\n"
        "def hidden(x):\n    return x\n\n\nLIMIT = 40\n",
    }
    listed = declarations(
        "python", before, after, ["from a import new, old, LIMIT\nassert new(1) == LIMIT\n"]
    )
    assert listed == ["a.py:", "def new(\n    x: int,\n) -> int:", "LIMIT"]
    go = declarations(
        "go", {}, {"a.go": "func (q *Queue) Push(v int) error {\n\treturn nil\n}\n"}, ["q.Push(1)"]
    )
    assert go == ["a.go:", "func (q *Queue) Push(v int) error"]
    rust = declarations("rust", {}, {"a.rs": "pub(crate) async fn run(a: u8) -> u8 {\n"}, ["run(1)"])
    assert rust == ["a.rs:", "pub(crate) async fn run(a: u8) -> u8"]


SOLUTION = [
    "    if not values:", "        raise EmptyInput('nothing to average')",
    "    weights = [weight(v) for v in values if v.is_valid]",
    "    return sum(v * w for v, w in zip(values, weights)) / sum(weights)",
]  # fmt: skip


def test_a_description_that_quotes_the_solution_is_refused() -> None:
    plain = (
        "The average of no values must be refused with EmptyInput. Values that are not valid count nothing."
    )
    assert quotes(plain, SOLUTION) is None
    assert "in a row" in (quotes(f"{plain} Use `{SOLUTION[3].strip()}`.", SOLUTION) or "")
    spread = (
        "raise EmptyInput('nothing … if v.is_valid] … sum(weights) … zip(values, weights … weight(v) for v in"
    )
    assert "pieces" in (quotes(spread + " if not values: return sum(v * w", SOLUTION) or "")


def test_lines_that_are_new_are_those_of_the_difference() -> None:
    assert added_lines({"a": "1\n2\n"}, {"a": "1\n3\n", "b": "4\n"}) == ["3", "4"]
