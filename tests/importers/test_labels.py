"""Texts with a label: tables, objects and splits; labels beyond all others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.importers import read
from tests.importers.conftest import ProveTexts

CSV = (
    "text,category,split\n"
    '"My parcel, where is it?",delivery,test\nI want my money back,refund,test\n'
    "What a song!,oos,test\nThe box came broken,delivery,train\n"
)


def test_a_table_with_a_label_beyond_the_others(tmp_path: Path, prove_texts: ProveTexts) -> None:
    (tmp_path / "tickets.csv").write_text(CSV)
    imported = read("labels", tmp_path / "tickets.csv")
    assert [task["reference"] for task in imported.tasks] == ["delivery", "refund", "oos"]
    assert [task["category"] for task in imported.tasks] == ["in-scope", "in-scope", "out-of-scope"]
    assert imported.defaults["grader"] == {"label": {"labels": ["delivery", "refund", "oos"]}}
    assert "If none of the others fits, the label is oos." in imported.defaults["prompt"]
    assert prove_texts(imported) == {}


def test_splits_of_pairs(tmp_path: Path, prove_texts: ProveTexts) -> None:
    splits = {
        "train": [["never seen", "greeting"]],
        "test": [["hello there", "greeting"], ["see you", "farewell"], ["hello there", "greeting"]],
        "oos_test": [["what is a quark", "beyond"]],
        "oos_train": [["never seen either", "beyond"]],
    }
    (tmp_path / "data.json").write_text(json.dumps(splits))
    imported = read("labels", tmp_path / "data.json", out_of_scope="beyond")
    assert [task["vars"]["text"] for task in imported.tasks] == ["hello there", "see you", "what is a quark"]
    assert imported.left_out == {"1 item": "there before, word for word"}
    assert imported.tasks[2]["category"] == "out-of-scope"
    assert prove_texts(imported) == {}


def test_texts_that_look_like_places_stay_as_they_are(tmp_path: Path, prove_texts: ProveTexts) -> None:
    lines = [{"text": "{text} {0} {{label}}", "label": 1}, {"text": "plain", "label": 0}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    imported = read("labels", tmp_path / "a.jsonl")
    assert imported.defaults["grader"]["label"]["labels"] == ["0", "1"]
    assert prove_texts(imported) == {}


@pytest.mark.parametrize(
    ("lines", "options", "complaint"),
    [
        (["text,label", "a,x", "b,x"], {}, r"all texts have the label 'x'; there must be two at least"),
        (["text,label", "a,x", "b,"], {}, r"a\.csv:3: 'label' is empty"),
        (
            ["text,label", "a,x", "b,NaN"],
            {"out_of_scope": "none"},
            r"no text has the label 'none'; there are NaN, x",
        ),
        (["words,label", "a,x"], {}, r"a\.csv:2: 'text' or .* is missing; .* --field text=KEY"),
        (["text,label,split", "a,x,train"], {}, r"say which split is meant: --split train"),
        (["text,label,split", "a,x,test"], {"split": "dev"}, r"has no split 'dev'; there are test"),
        (["text,label", "a,x"], {"split": "dev"}, r"has no split 'dev'; there are none"),
    ],
)
def test_what_is_in_doubt_is_refused(
    tmp_path: Path, lines: list[str], options: dict[str, str], complaint: str
) -> None:
    (tmp_path / "a.csv").write_text("\n".join(lines))
    with pytest.raises(ConfigError, match=complaint):
        read("labels", tmp_path / "a.csv", **options)


def test_pairs_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"test": [["a", "x"], ["b"]]}))
    with pytest.raises(ConfigError, match=r"a\.json:1: test 2: must be \[text, label\], or an object"):
        read("labels", tmp_path / "a.json")
