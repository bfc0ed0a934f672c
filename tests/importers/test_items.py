"""Items in every kind of file, and what of them is refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.errors import ConfigError
from harness.importers.items import Draft, as_text, files_of, items_of, named, texts_in

ITEMS = [{"question": "Wie heißt der Fluß?", "answer": "Óbidos"}, {"question": "Two?", "answer": "2"}]
CSV = "question,answer\r\nWie heißt der Fluß?,Óbidos\r\nTwo?,2\r\n"


def _parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ITEMS), path)


def _zstd(path: Path) -> None:
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write(CSV.encode())


FORMS: dict[str, Callable[[Path], object]] = {
    "lines.jsonl": lambda path: path.write_text("".join(json.dumps(item) + "\n\n" for item in ITEMS)),
    "crlf.jsonl": lambda path: path.write_bytes("".join(json.dumps(i) + "\r\n" for i in ITEMS).encode()),
    "bom.jsonl": lambda path: path.write_text("\n".join(map(json.dumps, ITEMS)), "utf-8-sig"),
    "list.json": lambda path: path.write_text(json.dumps(ITEMS, indent=2)),
    "packed.jsonl.gz": lambda path: path.write_bytes(
        gzip.compress("\n".join(map(json.dumps, ITEMS)).encode())
    ),
    "table.csv": lambda path: path.write_text(CSV, "utf-8-sig", newline=""),
    "table.csv.zst": _zstd,
    "table.tsv": lambda path: path.write_text(CSV.replace(",", "\t")),
    "semicolons.csv": lambda path: path.write_text(CSV.replace(",", ";")),
    "columns.parquet": _parquet,
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_items(tmp_path: Path, name: str) -> None:
    FORMS[name](tmp_path / name)
    items = items_of(tmp_path / name)
    assert [dict(item) for item in items] == ITEMS
    assert items[1].where("answer").startswith(f"{tmp_path / name}:")


def test_one_object_over_several_lines_is_one_item(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ITEMS[0], indent=4))
    assert [dict(item) for item in items_of(tmp_path / "one.json")] == ITEMS[:1]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.jsonl", b'{"a": 1}\n{"a": \n', r"a\.jsonl:2: not valid JSON"),
        ("a.jsonl", b'{"a": 1}\n[1]\n', r"a\.jsonl:2: an item must be a JSON object"),
        ("a.jsonl", b"", r"a\.jsonl:1: the file holds no items"),
        ("a.jsonl", b'{"a": "\xe4"}\n', r"a\.jsonl:1: not UTF-8 text"),
        ("a.jsonl", '{"a": 1}'.encode("utf-16"), r"a\.jsonl: is UTF-16 text"),
        ("a.json", b"[" * 100_000, r"a\.json:1: not valid JSON"),
        ("a.csv", b'a,b\n"x,1\n', r"a\.csv:2: not a table"),
        ("a.csv", b"a,a\n1,2\n", r"a\.csv:1: two columns are called 'a'"),
        ("a.csv", b"a,b\nx,2,3\n", r"a\.csv:2: more cells than columns"),
        ("a.csv", b"a,b\n", r"a\.csv:1: the file holds no items"),
        ("a.parquet", b"PAR1 and nothing else", r"a\.parquet: not readable as Parquet"),
        ("a.jsonl.gz", b"\x1f\x8b\x08 broken", r"cannot read .*a\.jsonl\.gz"),
    ],
)
def test_a_file_that_is_broken_is_named(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match=complaint) as error:
        items_of(tmp_path / name)
    assert "\n" not in str(error.value)


def test_fields_lead_to_keys_within_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"q.text": "Why?", "meta": {"ids": {"own": 7}}, "a": {"text": ["x", "y"]}}))
    (item,) = items_of(path, {"question": "q.text", "id": "meta.ids.own", "answer": "a.text"})
    assert (item["question"], item["id"], texts_in(item, "answer")) == ("Why?", 7, ["x", "y"])
    with pytest.raises(ConfigError, match=r"a\.jsonl:1: 'meta\.none' is missing; there are q\.text, meta, a"):
        items_of(path, {"id": "meta.none"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"), (" x ", " x "), (3, "3"), (3.0, "3"), (0.5, "0.5"), (True, "true"), (False, "false"),
        (None, None), (float("nan"), None), (float("inf"), None), ("", None), (" \n", None),
    ],
)  # fmt: skip
def test_scalars_of_any_type_are_text(value: object, text: str | None) -> None:
    assert as_text(value, "f:1", "a") == text


@pytest.mark.parametrize("value", [["x"], {"x": 1}, "x" * 1_000_001])
def test_what_is_no_scalar_is_refused(value: object) -> None:
    with pytest.raises(ConfigError, match=r"^f:1: 'a' "):
        as_text(value, "f:1", "a")


def draft(name: str | None, prompt: str, reference: str = "1") -> Draft:
    entry: dict[str, Any] = {"prompt": prompt, "grader": "exact", "reference": reference, "wrong": ["0"]}
    return Draft(f"f:{prompt}", "set", entry, name)


def test_repetitions_and_contradictions_are_left_out() -> None:
    tasks, left_out = named([draft(None, "a"), draft(None, "b"), draft(None, "a"), draft(None, "b", "2")])
    assert [(task["id"], task["prompt"]) for task in tasks] == [("set-0001", "a")]
    assert left_out == {
        "1 item": "there before, word for word",
        "2 items that ask what others ask": "their answers contradict one another",
    }


def test_ids_that_differ_in_signs_alone_stay_different() -> None:
    tasks, _ = named([draft("A 1", "a"), draft("a-1", "b"), draft("問題", "c")])
    assert [task["id"] for task in tasks] == ["a-1", "a-1-2", "item-3"]
    with pytest.raises(ConfigError, match=r"^f:b: the id 'x' is taken at f:a$"):
        named([draft("x", "a"), draft("x", "b")])


def test_a_folder_gives_its_files_of_items(tmp_path: Path) -> None:
    for name in ("b/2.json", "a.jsonl.gz", ".git/x.json", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert [path.name for path in files_of(tmp_path)] == ["a.jsonl.gz", "2.json"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="empty: holds no file of items"):
        files_of(tmp_path / "empty")
