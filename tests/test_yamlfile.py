from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.filesections import expect_section, read_record
from harness.yamlfile import _Document, read_yaml
from harness.yamltext import yaml_text
from tests.strategies import ANY_TEXT, NAMES, NEARLY_NUMBERS


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


def test_files_are_read_inside_the_folder_only(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("key")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "secret")
    for name in ("../secret", str(tmp_path / "secret"), "link", "/dev/zero", "/proc/self/environ"):
        with pytest.raises(ConfigError, match=r"file.yaml:2: .* leads out of the folder"):
            read(folder, f"a: 1\nb: !file {name}\n")


@pytest.mark.parametrize("text", NAMES)
def test_text_is_the_same_text_for_every_reader(tmp_path: Path, text: str) -> None:
    written = yaml_text({"id": text, text or "k": [text]})
    assert all(line.isprintable() for line in written.split("\n"))
    for value in (read(tmp_path, written), yaml.safe_load(written)):
        assert value["id"] == text
        assert value[text or "k"] == [text]


@given(ANY_TEXT | NEARLY_NUMBERS)
def test_any_text_is_read_back(text: str) -> None:
    written = yaml_text({"id": text})
    assert yaml.safe_load(written) == {"id": text}
    assert _Document(Path("-"), written, Path()).read() == {"id": text}


@given(st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | st.booleans() | st.none())
def test_any_number_stays_a_number(value: object) -> None:
    written = yaml_text({"n": value})
    assert yaml.safe_load(written) == {"n": value}
    assert _Document(Path("-"), written, Path()).read() == {"n": value}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: " + "[" * 5000, 2, "nested deeper than 100 levels"),
        ("a: 1\nb: " + "{a: " * 300, 2, "nested deeper than 100 levels"),
        ("a: 1\nb: " + "9" * 5000, 2, "a number of 5,000 digits; quote it"),
        ("a: 1\nb: 0x" + "f" * 5000, 2, "a number of 5,002 digits; quote it"),
        ("a: 1\nb: 0x_\n", 2, "invalid literal"),
        ("a: 1\nb: x\0y\n", 2, r"not valid YAML: the character '\\x00'"),
        ('a: 1\nb: "\\ud800"\n', 2, "half a character|invalid Unicode"),
        ("a: &x [*x]\n", 1, "no anchor &x stands before this"),
        ("a: 1\nb: {<<: 1}\n", 2, "'<<' merges a mapping"),
        ("a: 1\nb: {<<: []}\n", 2, "'<<' merges a mapping"),
        ("a: 1\n\tb: 2\n", 2, "not valid YAML"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here"),
        ("a: 1\n? [x]\n: 2\n", 2, "a key must be text"),
        ("a: 1\nb: !!python/object:os.system {}\n", 2, "unknown tag"),
    ],
)
def test_what_is_no_yaml_is_one_line_with_its_place(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        read(tmp_path, text)
    assert f"file.yaml:{line}: " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_aliases_are_counted_as_if_written_out(tmp_path: Path) -> None:
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    with pytest.raises(ConfigError, match="aliases written out"):
        read(tmp_path, laughs)


def test_merged_mappings_know_their_lines(tmp_path: Path) -> None:
    section = read(
        tmp_path,
        "base: &b {name: x, ratio: 1}\nmore: &m\n  level: middle\none:\n  <<: [*b, *m]\n  ratio: 2\n",
    )["one"]
    assert section == {"name": "x", "ratio": 2, "level": "middle"}
    assert [section.where(key).rpartition(":")[2] for key in ("name", "ratio", "level")] == ["1", "6", "3"]
    with pytest.raises(ConfigError, match=r"file.yaml:3: 'level' must be one of low, high"):
        read_record(Outer, section, "a thing")


@dataclass(frozen=True)
class Options:
    tolerance: float | str | None = None
    cases: Sequence[Mapping[str, Any]] | None = None
    labels: Sequence[str] = ()
    extra: Any = None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tolerance: [1]", "'tolerance' must be a number or text, not a list"),
        ("tolerance: true", "'tolerance' must be a number or text, not true"),
        ("tolerance: .nan", "'tolerance' must be a number or text"),
        ("cases: {a: 1}", "'cases' must be a list, not a mapping"),
        ("cases: [1]", "'cases' must be a mapping, not the number 1"),
        ("labels: [a, 1]", "'labels' must be text, not the number 1"),
        ("labels: text", "'labels' must be a list, not the text 'text'"),
    ],
)
def test_types_of_options(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=rf"file\.yaml:1: {words}"):
        read_record(Options, read(tmp_path, text), "options")


def test_options_of_several_types(tmp_path: Path) -> None:
    text = "{tolerance: 1, cases: [{a: 1}], labels: [x], extra: {b: 2}}"
    assert read_record(Options, read(tmp_path, text), "options") == Options(
        1.0, ({"a": 1},), ("x",), {"b": 2}
    )
    assert read_record(Options, read(tmp_path, "{tolerance: x}"), "options").tolerance == "x"
