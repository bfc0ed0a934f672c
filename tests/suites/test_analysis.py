"""Questions about long texts: whoever reads the text, and knows no more, comes to the answer that is expected."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from harness.graders import build_grader
from harness.records import Completion, Suite, Task
from harness.suites import load_suite
from harness.suites.families import chronicle, longtexts
from harness.suites.families.longtexts import SIZES

FOLDER = Path(__file__).parents[2] / "suites" / "analysis"
DEPTHS = (0, 25, 50, 75, 100)


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


def text(task: Task) -> str:
    return task.asked[-1].content


def question(task: Task) -> str:
    return task.messages[-1].content.split("That was the chronicle. ")[1].split("\n")[0]


def short(suite: Suite, kind: str) -> list[Task]:
    return [
        task
        for task in suite.tasks
        if task.category == kind and (task.control == "the facts alone" or task.context_tier in ("2k", "8k"))
    ]


# --- what somebody finds who only reads ----------------------------------------------------------


def read_keys(task: Task) -> str:
    (key,) = re.findall(r"locker ([A-Z]{2}-\d{4}-[A-F]) open", question(task))
    codes = re.findall(rf"Locker {key} opens with the number (\d+)\.", text(task))
    return codes[0] if codes else "not stated"


def read_hops(task: Task) -> str:
    owes = dict(re.findall(r"(\w+) owes (\w+) money\.", text(task)))
    name = question(task).split()[0]
    for _ in range(4):
        name = owes[name]
    return name


def read_counting(task: Task) -> str:
    (ship,) = re.findall(r"did the (.+) stay in harbour", question(task))
    return str(len(set(re.findall(rf"The {ship} stayed in harbour on (the \d+ of \w+)\.", text(task)))))


def read_contradiction(task: Task) -> str:
    said: dict[str, set[str]] = {}
    for thing, year in re.findall(r"\d+ The (.+) was built in (\d{4})\.", text(task)):
        said.setdefault(thing, set()).add(year)
    for thing, year in re.findall(r"\d+ Everybody knows the (.+), which dates from (\d{4})\.", text(task)):
        said.setdefault(thing, set()).add(year)
    (odd,) = (thing for thing, years in said.items() if len(years) > 1)
    lines = [line for line in text(task).splitlines() if odd in line]
    return json.dumps([int(line.split()[0]) for line in lines])


def read_extraction(task: Task) -> str:
    (quay,) = re.findall(r"at the (\w+) quay", question(task))
    pairs = re.findall(rf"The ([A-Z][\w ]+?) landed (\w+) at the {quay} quay", text(task))
    return json.dumps(
        [
            {"type": kind, "text": words}
            for pair in pairs
            for kind, words in zip(("ship", "cargo"), pair, strict=True)
        ]
    )


def read_lookup(task: Task) -> str:
    (habit,) = (habit for habit, asked in longtexts._HABITS if asked == question(task))
    names = re.findall(habit.replace("{}", r"(\w+)"), text(task))
    return names[0] if names else "not stated"


def read_absent(task: Task) -> str:
    return read_keys(task) if "locker" in question(task) else read_lookup(task)


READERS: dict[str, Callable[[Task], str]] = {
    "lookup": read_lookup, "keys": read_keys, "hops": read_hops, "counting": read_counting,
    "contradiction": read_contradiction, "absent": read_absent, "extraction": read_extraction,
}  # fmt: skip


@pytest.mark.parametrize("kind", READERS)
def test_who_reads_the_text_comes_to_the_answer(suite: Suite, kind: str) -> None:
    tasks = short(suite, kind)
    assert len(tasks) >= 6
    for task in tasks:
        verdict = build_grader(task).grade(task, Completion(READERS[kind](task)), None)
        assert verdict.passed, (task.id, READERS[kind](task), task.reference)


# --- what there is -------------------------------------------------------------------------------


def test_six_kinds_at_four_sizes_and_five_depths_two_times(suite: Suite) -> None:
    counted = Counter(
        (task.category, task.context_tier)
        for task in suite.tasks
        if task.measure == "score" and task.category != "extraction"
    )
    assert set(counted.values()) == {10} and len(counted) == 24
    controls = Counter(task.control for task in suite.tasks if task.context_tier is None)
    assert controls == {"without the text": 10, "the facts alone": 14}
    assert all(task.document is None for task in suite.tasks if task.control == "without the text")


def test_loading_writes_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chronicle, "_sentences", None)
    assert len(load_suite(FOLDER).tasks) > 240


def test_texts_have_the_size_that_they_say_and_fit_into_their_windows(suite: Suite) -> None:
    of_sizes = [task for task in suite.tasks if task.id.endswith(("-0-1", "extraction-32k-1"))]
    assert len(of_sizes) == 25
    for task in of_sizes:
        written = len(text(task).encode())
        assert abs(task.size / written - 1) < 0.03, task.id
        assert 2.3 * SIZES[task.context_tier or ""] < written < 3.2 * SIZES[task.context_tier or ""]


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_fact_stands_at_its_depth(suite: Suite, depth: int) -> None:
    for kind in ("lookup", "keys"):
        for task in (t for t in suite.tasks if t.id == f"{kind}-8k-{depth}-1"):
            at = text(task).index(task.reference) / len(text(task))
            assert abs(at - depth / 100) < 0.05, (task.id, at)


def test_no_sentence_comes_twice_and_no_text_is_another(suite: Suite) -> None:
    texts = [
        text(task)
        for task in suite.tasks
        if task.id in ("lookup-32k-50-1", "lookup-32k-50-2", "hops-32k-50-1")
    ]
    for one in texts:
        sentences = Counter(re.findall(r"[A-Z][^.]+\.", one.split("That was the chronicle")[0]))
        assert sum(count - 1 for count in sentences.values()) <= 0.01 * len(sentences)
    assert len({one[200:2000] for one in texts}) == 3


def test_another_season_has_other_texts_questions_and_answers(suite: Suite, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "analysis")
    head = tmp_path / "analysis" / "suite.yaml"
    head.write_text(head.read_text("utf-8").replace("season: 2026", "season: 2027"), "utf-8")
    other = {task.id: task for task in load_suite(tmp_path / "analysis").tasks}
    assert other.keys() == {task.id for task in suite.tasks}
    assert not {task.sha256 for task in other.values()} & {task.sha256 for task in suite.tasks}
    for kind in READERS:
        task = short(replace(suite, tasks=tuple(other.values())), kind)[0]
        assert build_grader(task).grade(task, Completion(READERS[kind](task)), None).passed


def test_other_sentences_would_be_another_edition() -> None:
    """Where this fails, texts are not what they were: raise ``EDITION``, and the digest with it."""
    text = chronicle.Chronicle("seed", 200, ((0.5, "A fact."),), keys="A").text()
    assert (chronicle.EDITION, hashlib.sha256(text.encode()).hexdigest()[:12]) == (1, "c069eedc8d58")


# --- how it is graded ----------------------------------------------------------------------------


def test_questions_of_lookups_share_no_word_with_what_is_said() -> None:
    common = {"a", "the", "of", "in", "to", "on", "from", "by", "at", "who", "for", "has", "with"}
    for habit, asked in longtexts._HABITS:
        said, wanted = (set(re.findall(r"[a-z]+", words.lower())) - common for words in (habit, asked))
        stems = {word[:5] for word in said} & {word[:5] for word in wanted if len(word) > 3}
        assert not said & wanted and not stems, (habit, asked)


@pytest.mark.parametrize("kind", ["keys", "counting", "lookup", "hops"])
def test_an_answer_is_whole_words_and_one_of_them(suite: Suite, kind: str) -> None:
    task = short(suite, kind)[0]
    grader = build_grader(task)

    def passes(answer: str) -> bool:
        return grader.grade(task, Completion(answer), None).passed

    right, other = task.reference, task.wrong[0]
    assert passes(right) and passes(f"**{right}**.") and passes(f"Answer: {right}")
    for answer in (
        f"{right}0",
        f"1{right}",
        f"{right}s",
        f"{right} or {other}",
        f"{other}, {right}",
        f"not {right}",
    ):
        assert not passes(answer), answer
    every = " ".join(task.grader.options["labels"])
    assert not passes(every) and not passes(text(task))
