"""What a missions file may say; what it may not is told with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.missions.assign import assign
from harness.missions.file import load_missions
from harness.missions.setup import open_setup
from tests.missions.sample import rules, write_missions

HEAD = """\
title: Two phases
templates:
  work: {command: [sh, work.sh, "{model}", "{mission}"]}
phases:
  - name: First
    task_type: code
    template: work
    missions:
"""
KEY = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD"
GOOD = HEAD + "      - {id: 1, name: One, file: one.md}\n"


def test_a_mission_takes_from_its_phase_what_it_does_not_say(tmp_path: Path) -> None:
    text = GOOD + "      - {id: b, name: Two, file: two.md, task_type: docs}\n"
    file = open_setup(write_missions(tmp_path, text)).file
    assert [(each.id, each.task_type, each.template) for each in file.missions] == [
        ("1", "code", "work"), ("b", "docs", "work")
    ]  # fmt: skip
    assert file.folder == tmp_path


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (GOOD.replace("{mission}", "{nonsense}"), 5, "{nonsense} is no placeholder"),
        (GOOD.replace("{model}", "{model.id}"), 5, "{model.id} is no placeholder"),
        (GOOD.replace("{model}", "{model"), 5, "a brace in '{model' is not closed"),
        (GOOD.replace('[sh, work.sh, "{model}", "{mission}"]', "sh work.sh"), 5, "'command' must be a list"),
        (GOOD.replace("template: work", "template: werk"), 9, "the template 'werk'; did you mean work?"),
        (GOOD.replace(", file: one.md", ""), 11, "has {mission}, but mission '1' names no 'file'"),
        (GOOD.replace("id: 1", "id: a/b"), 11, "'id' must have letters"),
        (GOOD + "      - {id: 1, name: Two, file: two.md}\n", 12, "the mission '1' is there twice"),
        (GOOD.replace("name: One", "name: One, model: codr"), 11, "there is no model 'codr'"),
        (GOOD.replace("name: One", "name: One, model: oracle"), 11, "there is no model 'oracle'"),
        (GOOD + "residents: [coder, codr]\n", 12, "there is no model 'codr'"),
        (GOOD + "special_cases: [{name: x, words: [y], model: codr}]\n", 12, "there is no model 'codr'"),
        (GOOD.replace("work.sh", '"a\\0b"'), 5, "holds a NUL character"),
        (GOOD.replace("name: One", "name: One, suite: math"), 11, "needs both, 'suite' and 'task'"),
        (GOOD.replace("name: One", "name: One, suite: maths, task: x"), 11, "no suite 'maths'"),
        (GOOD.replace("name: One", "name: One, assertions: [{}]"), 11, "an assertion says nothing"),
        (GOOD.replace("name: One", "name: One, assertions: [{lacks: '('}]"), 11, "is no regular expression"),
        (GOOD.replace("name: One", "name: One, assertions: [{lacks: '(?!x)(a+)+$'}]"), 11, "RE2 refuses it"),
        (GOOD.replace("name: One", "name: One, timeout_s: 0"), 11, "'timeout_s' must be from"),
        (GOOD.replace("name: One", "name: One, difficult: x"), 11, "unknown key 'difficult'"),
        (GOOD.replace("    task_type: code\n", ""), 10, "nothing says which model mission '1' is for"),
        (GOOD.replace("    template: work\n", ""), 10, "has nothing to run"),
        (GOOD.replace("work.sh", f"work.sh, {KEY}"), 5, "a key or a password"),
        (GOOD + "special_cases: [{name: x, model: coder}]\n", 12, "needs 'words'"),
        (GOOD + "expect: [{says: fast, at_least: 3, measure: speed}]\n", 12, "'against' names the model"),
        (GOOD + "expect: [{says: good, at_least: 1, phase: Frist}]\n", 12, "did you mean First?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = write_missions(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        open_setup(path)
    message = str(error.value)
    assert message.startswith((f"{path}:{line}:", f"{path}:{line} "))
    assert words in message
    assert "\n" not in message
    assert "sk-proj" not in message


def test_load_knows_no_mission(tmp_path: Path) -> None:
    text = GOOD.replace("command: [", 'load: [sh, "{id}"], command: [')
    with pytest.raises(ConfigError, match="is about a model and not about a mission"):
        open_setup(write_missions(tmp_path, text))


def chains(path: Path) -> list[list[tuple[str, str]]]:
    return [[(each.model, each.role) for each in one.chain] for one in assign(open_setup(path))]


def test_the_chain_is_champion_runner_up_all_rounder_and_the_smallest_that_passes_anything(
    tmp_path: Path,
) -> None:
    (chain,) = chains(write_missions(tmp_path, GOOD))
    assert chain == [("coder", "champion"), ("writer", "runner-up"), ("tiny", "last resort")]
    other = rules({"code": {"coder": 0.8, "writer": 0.5, "tiny": 0.0}, "*": {"tiny": 0.6}})
    (chain,) = chains(write_missions(tmp_path, GOOD, other))
    assert chain == [("coder", "champion"), ("writer", "runner-up"), ("tiny", "all-rounder")]


def test_pins_and_special_cases_go_first_and_stand_ins_follow(tmp_path: Path) -> None:
    text = (
        HEAD
        + "      - {id: 1, name: One, file: a, model: tiny}\n      - {id: 2, name: 'A crate, too', file: b}\n"
    )
    cases = "special_cases: [{name: Crates, words: [crate], model: writer}]\n"
    pinned, special = chains(write_missions(tmp_path, text + cases))
    assert pinned == [("tiny", "pinned"), ("coder", "runner-up"), ("writer", "all-rounder")]
    assert special == [("writer", "special case"), ("coder", "runner-up"), ("tiny", "last resort")]


def test_fallbacks_by_hand_stand_in_and_begin_where_nothing_was_measured(tmp_path: Path) -> None:
    text = GOOD + "fallbacks: [cloud, writer]\nlast_resort: tiny\n"
    (chain,) = chains(write_missions(tmp_path, text))
    assert chain == [
        ("coder", "champion"), ("cloud", "stand-in"), ("writer", "stand-in"), ("tiny", "last resort")
    ]  # fmt: skip
    (chain,) = chains(write_missions(tmp_path, text, None))
    assert chain == [("cloud", "by hand"), ("writer", "stand-in"), ("tiny", "last resort")]


def test_nobody_is_guessed(tmp_path: Path) -> None:
    text = GOOD.replace("task_type: code", "task_type: law")
    path = write_missions(tmp_path, text, rules({"code": {"coder": 1}}))
    with pytest.raises(ConfigError, match=r"missions.yaml:11: nothing says who gets mission '1': no rule"):
        assign(open_setup(path))
    default = rules({"code": {"coder": 1}, "*": {"writer": 0.6}})
    (assignment,) = assign(open_setup(write_missions(tmp_path, text, default)))
    assert assignment.reason == "nothing was measured for law; for everything else: writer passes most"
    assert (assignment.first.role, assignment.first.measured) == ("all-rounder", None)


def test_what_the_rules_measured_goes_with_each_model(tmp_path: Path) -> None:
    (assignment,) = assign(open_setup(write_missions(tmp_path, GOOD)))
    measured = assignment.first.measured
    assert measured is not None
    assert (measured.model, measured.quality, measured.n) == ("coder", 0.8, 40)


@pytest.mark.parametrize("name", ["missions.yaml", "missions-gateway.yaml"])
def test_the_examples_can_be_read_and_what_they_name_is_there(name: str) -> None:
    file = load_missions(Path(__file__).parents[2] / "examples" / name)
    arguments = [text for template in file.templates.values() for text in template.command]
    named = [text for text in arguments if text.startswith("missions/") and "{" not in text]
    named += [mission.file for mission in file.missions if mission.file]
    assert len(named) > 3 and all((file.folder / one).is_file() for one in named)
