"""Generated logs: exactly the lines that are named break the rules that the prompt states, in every season."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

from harness.errors import ConfigError
from harness.graders.lines import Lines
from harness.jsontext import parse_strict
from harness.records import Completion, Suite, Task
from harness.suites import load_suite

FOLDER = Path(__file__).parents[2] / "suites" / "logs"


def _season(folder: Path, season: int) -> Suite:
    shutil.copytree(FOLDER, folder / "logs")
    head = folder / "logs" / "suite.yaml"
    head.write_text(head.read_text("utf-8").replace("season: 2026", f"season: {season}"), "utf-8")
    return load_suite(folder / "logs")


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


@pytest.fixture(scope="module", params=[2026, 7, 2031])
def season(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return _season(tmp_path_factory.mktemp("season"), request.param)


def _lines(task: Task) -> list[tuple[int, int, str]]:
    """Number, second and message of each line."""
    lines = re.findall(r"^(\d+) (\d\d):(\d\d):(\d\d) (.+)$", task.messages[-1].content, re.MULTILINE)
    return [(int(n), int(h) * 3600 + int(m) * 60 + int(s), text) for n, h, m, s, text in lines]


def _anomalies(task: Task) -> set[int]:
    """What breaks the rules, as somebody finds it who reads them in the prompt and knows no more."""
    prompt, lines, odd = task.messages[-1].content, _lines(task), set[int]()
    for thing, steps in re.findall(r"Every (\w+) is (.+, then .+?)\. A step", prompt):
        done: dict[str, list[str]] = {}
        for number, _, text in lines:
            if text.startswith(f"{thing} ") and text.split()[1].isdigit():
                _, name, step = text.split()
                before = steps.split(", then ")[: steps.split(", then ").index(step)]
                odd |= {number} if set(before) - set(done.setdefault(name, [])) else set()
                done[name].append(step)
    for thing, first, last in re.findall(r"Every (\w+) that is (\w+) is (\w+) later", prompt):
        begun: dict[str, int] = {}
        for number, _, text in lines:
            if text.endswith(f" {first}") and text.startswith(thing):
                odd |= {begun[text]} if text in begun else set()
                begun[text] = number
            elif text.endswith(f" {last}") and text.startswith(thing):
                del begun[text.replace(last, first)]
        odd |= {*begun.values()}
    for name, low, high in re.findall(r"(\w+) from (\d+) to (\d+)", prompt):
        readings = [(number, text.split()[1]) for number, _, text in lines if text.startswith(f"{name} ")]
        odd |= {
            number
            for number, value in readings
            if value.isdigit() and not int(low) <= int(value) <= int(high)
        }
    for name in {text.split()[0] for _, _, text in lines if text.endswith(" alive")}:
        beats = [(number, at) for number, at, text in lines if text == f"{name} alive"]
        odd |= {number for (_, before), (number, at) in pairwise(beats) if not 27 <= at - before <= 33}
    return odd


def test_exactly_the_named_lines_break_the_rules(season: Suite) -> None:
    for task in season.tasks:
        assert sorted(_anomalies(task)) == parse_strict(task.reference), task.id


def test_size(season: Suite) -> None:
    assert Counter(task.difficulty for task in season.tasks) == {
        "beginner": 8,
        "intermediate": 8,
        "advanced": 4,
    }
    for task in season.tasks:
        lines = _lines(task)
        assert 200 <= len(lines) <= 800
        assert [number for number, _, _ in lines] == list(range(1, len(lines) + 1))
        assert [at for _, at, _ in lines] == sorted(at for _, at, _ in lines)
        assert len(parse_strict(task.reference)) <= 8
        assert not set("{}") & set(task.messages[-1].content)


def test_the_suite_has_logs_without_anomalies_and_every_kind(suite: Suite) -> None:
    counts = [len(parse_strict(task.reference)) for task in suite.tasks]
    assert min(counts) == 0 and max(counts) >= 6
    assert {(task.role, task.measure) for task in suite.tasks} == {("overseer", "score")}


def rarest(lines: Sequence[tuple[int, int, str]], most: int, masked: bool) -> str:
    """The lines whose rarest word is rarest in the log: what a search for odd words finds."""
    words = {n: (re.sub(r"\d+", "#", text) if masked else text).split() for n, _, text in lines}
    counts = Counter(word for line in words.values() for word in line)
    score = {number: min(counts[word] for word in line) for number, line in words.items()}
    return str(sorted(score, key=lambda number: (score[number], number))[:most])


def test_cheap_tricks_earn_little(suite: Suite) -> None:
    """Even who knows how many anomalies there are gets less than half by rare words."""
    answers: dict[str, Callable[[Task], str]] = {
        "rare words": lambda task: rarest(_lines(task), len(parse_strict(task.reference)), masked=False),
        "rare words, numbers alike": lambda task: rarest(_lines(task), 4, masked=True),
        "nothing": lambda task: "[]",
        "every line": lambda task: str([number for number, _, _ in _lines(task)]),
    }
    earned = {
        name: mean(Lines().grade(task, Completion(output=answer(task))).score for task in suite.tasks)
        for name, answer in answers.items()
    }
    assert earned["rare words"] < 0.5, earned
    assert max(earned["rare words, numbers alike"], earned["nothing"], earned["every line"]) < 0.2, earned


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("anomalies: [0, 3]", "anomalies: [0, 40]", r"shop\.yaml:\d+: anomalies: more than one in twenty"),
        ("lines: [200, 260]", "lines: [260, 200]", "lines: must be the fewest and the most"),
        ("latency: [20, 180]", "latency: [20]", "readings: each must have two"),
        ("kinds: [value, order]", "kinds: [speed]", r"kinds.*value, order, pair, rate"),
    ],
)
def test_what_is_wrong_with_a_generator_is_said_with_its_place(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    folder = tmp_path / "logs"
    shutil.copytree(FOLDER, folder)
    path = folder / "shop.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(ConfigError, match=reason):
        load_suite(folder)
