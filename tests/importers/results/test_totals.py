"""Leaderboards as tables and objects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.importers.results import collect, guess
from harness.importers.results.base import Choices, ImportedSample
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness

HEAD = "model,suite,n,score"


def totals(path: Path, text: str, choices: Choices = Choices()) -> list[ImportedSample]:  # noqa: B008
    path.write_text(text, "utf-8-sig")
    assert guess(path) == "totals"
    return collect(path, choices=choices)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Model,Suite,N,Score\nm,s,200,85.5 %\nk,s,40,0.5\n"),
        ("a.csv", "model;suite;n;score\nm;s;200.0;0,855\nk;s;40;1/2\n"),
        ("a.csv", "model,suite,n,passed\nm,s,200,171\nk,s,40,20\n"),
        ("a.tsv", "model\tsuite\tn\tscore\tpassed\nm\ts\t200\t\t171\nk\ts\t40\t0.5\t\n"),
        ("a.json", '[{"model": "m", "suite": "s", "n": 200, "score": 0.855},'
                   ' {"model": "k", "suite": "s", "n": 40, "score": "50%"}]'),
        ("a.jsonl", '{"model": "m", "suite": "s", "n": 200, "passed": 171}\n'
                    '{"model": "k", "suite": "s", "n": 40, "passed": 20}\n'),
    ],
)  # fmt: skip
def test_totals_in_any_form(tmp_path: Path, name: str, text: str) -> None:
    read = totals(tmp_path / name, text)
    assert [(one.model, one.suite, one.total_of, one.score) for one in read] == [
        ("m", "s", 200, pytest.approx(0.855)),
        ("k", "s", 40, 0.5),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"{HEAD}\nm,s,0,1", "a.csv:2: 'n' must be at least 1"),
        (f"{HEAD}\nm,s,1.5,1", "a.csv:2: 'n' must be a whole number, not '1.5'"),
        (f"{HEAD}\nm,s,NaN,1", "a.csv:2: 'n' must be a whole number, not 'NaN'"),
        (f"{HEAD}\nm,s,,1", "a.csv:2: 'n' must be a whole number, not ''"),
        (f"{HEAD}\nm,s,9,85", "a.csv:2: 'score': the score 85 is more than 1; say what full marks"),
        (f"{HEAD}\nm,s,9,nan", "a.csv:2: 'score' must be a number, not 'nan'"),
        (f"{HEAD}\nm,s,9,", "a.csv:2: 'score' is empty"),
        (f"{HEAD}\n,s,9,1", "a.csv:2: 'model' is empty"),
        (f"{HEAD}\nm,s,9,1\nm,s,8,1", "a.csv:3: m has a total of s already, at"),
        ("model,suite,n,passed\nm,s,9,10", "a.csv:2: 'passed' is 10, more than the 9 samples"),
        (f"{HEAD},stars\nm,s,9,1,5", "a.csv:1: unknown column 'stars' in a table of totals"),
        ("model,suite,n\nm,s,9", "a.csv:1: there must be a column 'score' or 'passed'"),
    ],
)  # fmt: skip
def test_a_total_in_doubt_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as error:
        totals(tmp_path / "a.csv", text)
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_scales_are_those_of_other_scores(tmp_path: Path) -> None:
    (one,) = totals(tmp_path / "a.csv", f"{HEAD}\nm,s,9,8.5", Choices(scale=10))
    assert one.score == pytest.approx(0.85)


def test_a_leaderboard_stands_in_the_standings(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "board.csv").write_text(f"{HEAD}\nm,s,200,0.855\n")
    done = harness("import", "results", "board.csv")
    assert "1 total without samples: shown with an interval, compared with nobody" in done.err
    shown = harness("standings", "--format", "json")
    (line,) = json.loads(shown.out)
    assert (line["model"], line["n"], line["rank"], line["total"]) == ("m", 200, None, True)
    (tmp_path / "broken.csv").write_text(f"{HEAD}\nm,s,0,1\n")
    runs = sorted((tmp_path / "results").iterdir())
    assert harness("import", "results", "broken.csv").code == 1
    assert sorted((tmp_path / "results").iterdir()) == runs
