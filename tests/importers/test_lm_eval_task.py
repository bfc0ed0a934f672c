"""Tasks of lm-evaluation-harness: templates, examples, filters, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.importers import read
from harness.importers.base import ImportedSuite
from tests.importers.conftest import ProveTexts

SUMS = """\
task: sums
dataset_path: json
dataset_kwargs: {data_files: {test: sums.jsonl, dev: sums-dev.jsonl}}
test_split: test
fewshot_split: dev
fewshot_config: {sampler: first_n}
num_fewshot: 1
output_type: generate_until
description: "Add up, {{kind}}."
doc_to_text: "Q: {{a}} + {{b | int}}?\\nA:"
doc_to_target: "{{a + b}}"
metric_list: [{metric: exact_match, regexes_to_ignore: [",", "[.]$"]}]
generation_kwargs: {until: ["\\n\\n", "Q:"], max_gen_toks: 64}
filter_list: [{filter: [{function: majority_vote}]}, {filter: [{function: regex, \
group_select: -1, regex_pattern: "((?<=answer is )(.*)(?=.)|(?<=It is )(.*)(?=.))"}, {function: take_first}]}]
"""
COLOURS = """\
task: colours
dataset_path: csv
dataset_kwargs:
  data_files: colours.csv
training_split: train
output_type: multiple_choice
doc_to_text: "Which colour has {{thing}}?\\nAnswer:"
doc_to_choice: {choice}
doc_to_target: {target}
metric_list: [{metric: acc}, {metric: acc_norm}]
"""
DATA = {
    "sums.jsonl": [{"a": 1200, "b": 34, "kind": "quickly"}, {"a": 2, "b": 2, "kind": "slowly"}],
    "sums-dev.jsonl": [{"a": 1, "b": 1, "kind": "-"}, {"a": 1, "b": 2, "kind": "-"}],
}


def task(
    folder: Path, text: str, data: Path | None = None, changes: Mapping[str, str] | None = None
) -> ImportedSuite:
    """The task, with some of its lines replaced (by key) or added."""
    for name, items in DATA.items():
        (folder / name).write_text("".join(json.dumps(item) + "\n" for item in items))
    (folder / "colours.csv").write_text("thing,right\nsnow,1\na raven,0\n")
    changes = changes or {}
    lines = [line for line in text.splitlines() if line.partition(":")[0] not in changes]
    lines += [f"{key}: {value}" for key, value in changes.items() if value]
    (folder / "task.yaml").write_text("\n".join(lines) + "\n")
    return read("lm-eval", folder / "task.yaml", **({"data": data} if data else {}))


def test_answers_are_filtered_and_compared_as_the_file_says(tmp_path: Path, prove_texts: ProveTexts) -> None:
    imported = task(tmp_path, SUMS)
    first, second = imported.tasks
    assert first["prompt"] == "Add up, quickly.\n\nQ: 1 + 1?\nA: 2\n\nQ: 1200 + 34?\nA:"
    assert second["prompt"].startswith("Add up, slowly.")
    assert (first["reference"], first["wrong"]) == ("answer is 1234.", ["answer is 4."])
    assert (first["stop"], imported.max_tokens, imported.left_out) == (["\n\n", "Q:"], 64, {})
    assert first["grader"]["exact"]["which"] == -1
    assert prove_texts(imported) == {}


def test_a_target_that_shows_the_way_is_its_own_reference(tmp_path: Path, prove_texts: ProveTexts) -> None:
    worked = [{"q": "Two and two?", "a": "2 + 2 = 4\n#### 4"}, {"q": "Six and one?", "a": "So 7.\n#### 7"}]
    (tmp_path / "worked.jsonl").write_text("".join(json.dumps(item) + "\n" for item in worked))
    filters = '[{filter: [{function: regex, regex_pattern: "#### (-?[0-9.,]+)"}, {function: take_first}]}]'
    metric = '[{metric: exact_match, ignore_case: true, regexes_to_ignore: ["(?s).*#### "]}]'
    changes = {"doc_to_text": "q", "doc_to_target": "a", "filter_list": filters, "metric_list": metric}
    changes |= {"dataset_path": "somebody/worked", "description": ""}
    imported = task(tmp_path, SUMS, tmp_path / "worked.jsonl", changes)
    assert [one["reference"] for one in imported.tasks] == [item["a"] for item in worked]
    assert imported.left_out == {
        "1 example in every prompt": "drawn at random, or from data that are elsewhere"
    }
    assert prove_texts(imported) == {}


@pytest.mark.parametrize(
    ("choice", "target", "reference", "listed"),
    [
        ('["black", "white"]', "right", "white", "these alone: black, white"),
        ('{no: "black, as night", yes: "white"}', '"{{right}}"', "B", "A. black, as night\nB. white"),
        ("\"{{[thing, 'white']}}\"", "1", "white", "these alone: snow, white"),
        ('["black", "white"]', "\"{{'white' if right == '1' else 'black'}}\"", "white", "black, white"),
    ],
)
def test_choices_and_targets_of_any_form(
    tmp_path: Path, prove_texts: ProveTexts, choice: str, target: str, reference: str, listed: str
) -> None:
    imported = task(tmp_path, COLOURS, changes={"doc_to_choice": choice, "doc_to_target": target})
    assert imported.tasks[0]["reference"] == reference
    assert listed in imported.tasks[0]["prompt"]
    assert imported.tasks[0]["prompt"].endswith("\nAnswer:")
    assert prove_texts(imported) == {}


def test_what_is_included_stands_behind(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "_template_yaml").write_text(SUMS)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "sums.jsonl").write_text(json.dumps(DATA["sums.jsonl"][0]))
    own = ["include: ../base/_template_yaml", "task: own", "num_fewshot: 0"]
    own.append("dataset_kwargs: {data_files: {test: sums.jsonl}}")
    (tmp_path / "one" / "task.yaml").write_text("\n".join(own))
    (only,) = read("lm-eval", tmp_path / "one" / "task.yaml").tasks
    assert (only["id"], only["prompt"]) == ("own-0001", "Add up, quickly.\n\nQ: 1200 + 34?\nA:")


REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "code": ({"doc_to_text": "!function utils.text"}, r"task\.yaml:\d+: 'doc_to_text' runs code \(utils"),
    "code within": ({"filter_list": "[{filter: [{function: !function u.F}]}]"}, r"'filter_list' runs code"),
    "a hub": ({"dataset_path": "a/b"}, r"'dataset_path': the data of 'a/b' are not here; .* --data"),
    "an address": ({"dataset_kwargs": "{data_files: {test: 'https://x/y'}}"}, r"is not a file beside"),
    "elsewhere": ({"dataset_kwargs": "{data_files: {test: ../../etc/passwd}}"}, r"leads out of the folder"),
    "no split": ({"dataset_kwargs": "{data_files: {odd: sums.jsonl}}"}, r"'data_files' of a split"),
    "a group": ({"task": "[a, b]"}, r"'task' must name one task"),
    "likelihoods": ({"output_type": "loglikelihood"}, r"'output_type': 'loglikelihood' is not imported"),
    "a judge": ({"metric_list": "[{metric: bleu}]"}, r"'metric_list': none of bleu is computed here"),
    "a vote": ({"filter_list": "[{filter: [{function: majority_vote}]}]"}, r"'filter_list': no pipeline"),
    "a missing value": ({"doc_to_text": '"{{nothing}}"'}, r"'doc_to_text' of .*dev\.jsonl:1: UndefinedError"),
    "no template": ({"doc_to_text": '"{{a"'}, r"'doc_to_text' of .*: TemplateSyntaxError"),
    "an escape": ({"doc_to_text": '"{{a.__class__.__mro__}}"'}, r"SecurityError"),
    "an empty target": ({"doc_to_target": '" "'}, r"'doc_to_target' of .* gives nothing"),
    "a circle": ({"include": "task.yaml"}, r"is included in itself"),
    "images": ({"doc_to_image": "image"}, r"'doc_to_image' is not imported"),
    "several beginnings": ({"doc_to_choice": "[x, y]", "doc_to_text": '"1"'}, r"several beginnings"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_imported_is_named(tmp_path: Path, name: str) -> None:
    changes, complaint = REFUSED[name]
    with pytest.raises(ConfigError, match=complaint) as error:
        task(tmp_path, SUMS, changes=changes)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("choice", "target", "complaint"),
    [
        ('"{{thing}}"', "right", "'doc_to_choice' of .* is no list"),
        ('["one"]', "0", "fewer than two choices"),
        ('["a", "b"]', "7", "none of the 2 choices: 7"),
        ('["a", "b"]', '"c"', "none of the 2 choices: 'c'"),
    ],
)
def test_choices_that_are_none_are_named(tmp_path: Path, choice: str, target: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        task(tmp_path, COLOURS, changes={"doc_to_choice": choice, "doc_to_target": target})


def test_bombs_of_aliases_are_not_unfolded(tmp_path: Path) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (tmp_path / "task.yaml").write_text("\n".join(levels))
    with pytest.raises(ConfigError, match="its aliases written out"):
        read("lm-eval", tmp_path / "task.yaml")
