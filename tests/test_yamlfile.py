from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from harness.errors import ConfigError
from harness.yamlfile import expect_section, read_record, read_yaml


@dataclass(frozen=True)
class Inner:
    size: int | None = None


@dataclass(frozen=True)
class Outer:
    name: str
    ratio: float = 1.0
    level: Literal["low", "high"] = "low"
    tags: tuple[str, ...] = ()
    inner: Inner = field(default_factory=Inner)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "file.yaml"
    path.write_text(text)
    return path


def read(tmp_path: Path, text: str) -> Any:
    return read_yaml(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("~", None),
        ("12", 12),
        ("010", "010"),
        ("0x1F", 31),
        ("1e-6", 1e-6),
        ("1.5", 1.5),
        ("12:30", "12:30"),
        ("2026-11-20", "2026-11-20"),
        ("1.2.3", "1.2.3"),
        ("-7", -7),
        (".5", 0.5),
        ("-.inf", float("-inf")),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("", None),
    ],
)
def test_scalars_follow_yaml_1_2(tmp_path: Path, text: str, value: object) -> None:
    assert read(tmp_path, f"key: {text}")["key"] == value


def test_a_record_is_read_with_defaults_and_nested_records(tmp_path: Path) -> None:
    section = read(tmp_path, "name: x\nratio: 2\ntags: [a, b]\ninner: {size: 3}\n")
    assert read_record(Outer, section, "a thing") == Outer("x", 2.0, "low", ("a", "b"), Inner(3))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name: x\nratoi: 1\n", 2, "unknown key 'ratoi' in a thing; did you mean ratio?"),
        ("ratio: 1\n", 1, "a thing lacks 'name'"),
        ("name: x\nlevel: middle\n", 2, "'level' must be one of low, high"),
        ("name: x\n\ntags: a\n", 3, "'tags' must be a list"),
        ("name: true\n", 1, "'name' must be text, not true (quote it"),
        ("name: x\ninner:\n  size: big\n", 3, "'size' must be a whole number"),
        ("name: x\nname: y\n", 2, "'name' is given twice"),
        ("name: [x\n", 2, "not valid YAML"),
        ('name: "x\nratio: 1\n', 3, "while scanning a quoted scalar that begins in line 1"),
        ("- 1\n", 1, "must be a mapping"),
        ("name: x\n---\nname: y\n", 2, "a second document begins here"),
        ("name: x\n? [a, b]\n: 1\n", 2, "a key must be text"),
        ("name: !secret x\n", 1, "unknown tag '!secret'"),
        ("name: x\ninner: !!python/object {}\n", 2, "unknown tag 'tag:yaml.org,2002:python/object'"),
        ("tags: &all [*all]\nname: x\n", 1, "no anchor &all stands before this"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        read_record(Outer, expect_section(read_yaml(path), f"{path}:1", "the file"), "a thing")
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_file_tag_reads_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / "answer.rs").write_text("fn main() {}\n")
    assert read(tmp_path, "reference: !file answer.rs")["reference"] == "fn main() {}\n"
    with pytest.raises(ConfigError, match=r"file.yaml:1: cannot read .*missing.rs"):
        read(tmp_path, "reference: !file missing.rs")


def test_an_anchor_stands_for_its_value(tmp_path: Path) -> None:
    both = read(tmp_path, "a: &one {size: 3}\nb: *one\nc: [&two x, *two]\n")
    assert both == {"a": {"size": 3}, "b": {"size": 3}, "c": ["x", "x"]}
    assert both["b"].where("size").endswith(":1")


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing yet\n") is None
