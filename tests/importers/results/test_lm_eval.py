"""Samples of lm-evaluation-harness: filters, metrics, and what lies beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers.results import collect, guess, read_results
from harness.importers.results.base import Choices, ImportedSample

TIME = "2026-11-01T10-00-00.123456"


def line(doc: int, filter: str | None = None, **scores: Any) -> dict[str, Any]:
    named = {"filter": filter, "metrics": list(scores)} if filter else {}
    more = {
        "doc": {"q": doc},
        "target": "4",
        "arguments": {},
        "resps": [["#### 4", "again"]],
        "doc_hash": f"h{doc}",
    }
    return {"doc_id": doc, **more, **named, **scores}


def samples(folder: Path, *lines: dict[str, Any], task: str = "gsm8k", model: str = "org__model") -> Path:
    path = folder / model / f"samples_{task}_{TIME}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in lines))
    return path


def read(path: Path, scorer: str | None = None) -> list[ImportedSample]:
    return list(read_results(path, choices=Choices(scorer=scorer)))


GSM8K = [
    *(line(doc, "strict-match", exact_match=0.0) for doc in (0, 1)),
    *(line(doc, "flexible-extract", exact_match=1.0) for doc in (0, 1)),
]


@pytest.mark.parametrize(
    ("scorer", "score"),
    [
        *((None, 0.0), ("strict-match", 0.0), ("flexible-extract", 1.0)),
        *(("exact_match,flexible-extract", 1.0), ("exact_match", 0.0)),
    ],
)  # fmt: skip
def test_of_several_filters_one_counts(tmp_path: Path, scorer: str | None, score: float) -> None:
    found = read(samples(tmp_path, *GSM8K), scorer)
    assert [(one.task_id, one.repeat, one.score, one.grader) for one in found] == [
        ("0", 0, score, "exact_match"),
        ("1", 0, score, "exact_match"),
    ]


def test_which_filter_and_metric_count_is_said_and_others_are_listed(tmp_path: Path) -> None:
    path, remarks = samples(tmp_path, *GSM8K), list[str]()
    list(read_results(path, choices=Choices(remark=remarks.append)))
    assert (
        "of exact_match,strict-match, exact_match,flexible-extract the first counts; another: --scorer"
        in remarks[0]
    )
    with pytest.raises(ConfigError, match="no scorer 'f1'; there are exact_match,strict-match, "):
        read(path, "f1")


def test_of_several_metrics_one_counts_and_measures_without_full_marks_never(tmp_path: Path) -> None:
    path = samples(tmp_path, line(0, "none", word_perplexity=3.1, acc=0.0, acc_norm=1.0))
    assert [(one.score, one.grader) for one in read(path)] == [(0.0, "acc")]
    assert [(one.score, one.grader) for one in read(path, "acc_norm")] == [(1.0, "acc_norm")]
    only = samples(
        tmp_path, line(0, "none", perplexity=3.1), line(1, "none", perplexity=2.0), task="wikitext"
    )
    with pytest.raises(ConfigError, match="no sample has a score or a verdict"):
        collect(only)


def test_booleans_of_instruction_following_are_scores_and_lists_are_not(tmp_path: Path) -> None:
    path = samples(
        tmp_path, line(0, "none", inst_level_strict_acc=[True, False], prompt_level_strict_acc=False)
    )
    assert [(one.passed, one.score, one.grader) for one in read(path)] == [
        (False, 0.0, "prompt_level_strict_acc")
    ]


def test_model_and_time_are_those_of_the_totals_beside_it(tmp_path: Path) -> None:
    path = samples(tmp_path, line(0, "none", acc=1.0), model="_home_me_models_x")
    assert read(path)[0].model == "_home_me_models_x"
    assert read(path)[0].started_at == "2026-11-01T10:00:00.123+00:00"
    totals = {
        "results": {},
        "configs": {},
        "versions": {},
        "model_name": "/home/me/models/x",
        "date": 1793527200.5,
    }
    path.with_name(f"results_{TIME}.json").write_text(json.dumps(totals))
    assert (read(path)[0].model, read(path)[0].started_at) == (
        "/home/me/models/x",
        "2026-11-01T10:00:00.500+00:00",
    )


def test_models_meet_although_their_prompts_are_written_differently(tmp_path: Path) -> None:
    for model, digest in (("org__a", "p1"), ("org__b", "p2")):
        samples(tmp_path, {**line(0, "none", acc=1.0), "prompt_hash": digest}, model=model)
    assert {(one.model, one.task_id, one.question) for one in collect(tmp_path)} == {
        ("org/a", "0", "h0"),
        ("org/b", "0", "h0"),
    }


def test_a_line_ends_at_a_line_feed_and_nowhere_else(tmp_path: Path) -> None:
    path = samples(tmp_path, {**line(0, "none", acc=1.0), "resps": [["one\u2028two\u0085three\u000b"]]})
    assert read(path)[0].output == "one\u2028two\u0085three\u000b"


def test_totals_are_told_from_samples_and_left_out_of_a_folder(tmp_path: Path) -> None:
    path = samples(tmp_path, line(0, "none", acc=1.0))
    totals = path.with_name("results_2026.json")
    totals.write_text(json.dumps({"results": {}, "configs": {}, "versions": {}, "config": {}}))
    with pytest.raises(
        ConfigError, match=r"holds totals of lm-eval alone; give samples_gsm8k_.*jsonl, or the f"
    ):
        guess(totals)
    alone = tmp_path / "alone.json"
    alone.write_text(totals.read_text())
    with pytest.raises(
        ConfigError, match=r"holds totals of lm-eval alone; give samples_\*\.jsonl of --log_samp"
    ):
        guess(alone)
    alone.unlink()
    remarks: list[str] = []
    assert len(collect(tmp_path, choices=Choices(remark=remarks.append))) == 1
    assert f"left out: {totals}: holds totals" in remarks[0]


@pytest.mark.parametrize(
    ("about", "model"),
    [
        ({"model_name": "org/a"}, "org/a"),
        ({"config": {"model_args": "pretrained=org/b,dtype=float32"}}, "org/b"),
        ({"config": {"model_args": {"model": "c"}}}, "c"),
    ],
)
def test_samples_that_lie_in_the_totals_are_taken(tmp_path: Path, about: dict[str, Any], model: str) -> None:
    path = tmp_path / "results.json"
    samples = {"gsm8k": GSM8K, "arc": [line(7, "none", acc=1.0)]}
    path.write_text(json.dumps({"results": {}, "configs": {}, "versions": {}, "samples": samples, **about}))
    assert guess(path) == "lm-eval"
    assert [(one.suite, one.task_id, one.model, one.score) for one in read(path)] == [
        ("gsm8k", "0", model, 0.0),
        ("gsm8k", "1", model, 0.0),
        ("arc", "7", model, 1.0),
    ]


def test_a_list_in_a_file_of_lines_is_read_too(tmp_path: Path) -> None:
    path = samples(tmp_path, *GSM8K)
    expected = read(path)
    path.write_text(json.dumps([json.loads(text) for text in path.read_text().splitlines()], indent=2))
    assert guess(path) == "lm-eval"
    assert read(path) == expected
    lines = path.with_suffix(".json")
    lines.write_text("".join(json.dumps(item) + "\n" for item in GSM8K))
    assert guess(lines) == "lm-eval"
    assert [one.score for one in read(lines)] == [0.0, 0.0]


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    path = samples(tmp_path, line(0, "none", acc=1.0), {"acc": 1})
    with pytest.raises(ConfigError, match=r"jsonl:2: no sample of lm-eval: `doc_id` is missing"):
        read(path)
