from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers import read
from tests.importers.conftest import Prove

Files = Mapping[str, str]

RUST: Files = {
    ".docs/instructions.md": "# Instructions\n\nCool a kiln by a step.\n",
    ".docs/instructions.append.md": "# Hints\n\nNever below zero.\n",
    ".meta/config.json": json.dumps(
        {
            "files": {
                "solution": ["src/lib.rs", "Cargo.toml"],
                "test": ["tests/old-kiln.rs"],
                "example": [".meta/example.rs"],
            }
        }
    ),
    ".meta/example.rs": """\
pub struct Kiln(u32);
impl Kiln {
    pub fn new(heat: u32) -> Self { Kiln(heat) }
    pub fn cool(&mut self, by: u32) -> u32 {
        if by > 100 { panic!("too quick") }
        self.0 = self.0.saturating_sub(by);
        self.0
    }
}
""",
    "Cargo.toml": """\
[package]
name = "old-kiln"
version = "1.0.0"
edition = "2021"
[features]
steam = []
""",
    "src/lib.rs": """\
pub struct Kiln;

impl Kiln {
    pub fn new(heat: u32) -> Self {
        todo!()
    }
}
""",
    "tests/old-kiln.rs": """\
use old_kiln::*;

#[test]
fn cools() {
    assert_eq!(Kiln::new(5).cool(3), 2);
}

#[test]
#[ignore]
fn never_below_zero() {
    assert_eq!(Kiln::new(5).cool(30), 0);
}

#[test]
#[ignore]
#[should_panic(expected = "quick")]
fn too_quick() {
    Kiln::new(5).cool(101);
}

#[test]
#[ignore]
#[cfg(feature = "steam")]
fn steams() {
    Kiln::new(5).steam();
}
""",
}
GO: Files = {
    ".docs/introduction.md": "Jars are sealed with wax.",
    ".docs/instructions.md": "Count the sealed jars.",
    ".meta/config.json": json.dumps(
        {
            "files": {
                "solution": ["wax_seal.go"],
                "test": ["wax_seal_test.go"],
                "exemplar": [".meta/exemplar.go"],
                "editor": ["cases_test.go"],
            }
        }
    ),
    ".meta/exemplar.go": """\
package wax

type Jar struct{ sealed bool }

// Sealed counts.
func Sealed(jars []Jar) (n int) {
	for _, jar := range jars {
		if jar.sealed {
			n++
		}
	}
	return
}
""",
    "go.mod": "module wax\n\ngo 1.18\n",
    "wax_seal.go": """\
package wax

type Jar struct{ sealed bool }

func Sealed(jars []Jar) int {
	panic("here")
}
""",
    "wax_seal_test.go": """\
package wax

import "testing"

func TestSealed(t *testing.T) {
	for _, tt := range cases {
		if n := Sealed(tt.jars); n != tt.want {
			t.Errorf("got %d, want %d", n, tt.want)
		}
	}
}
""",
    "cases_test.go": """\
package wax

var cases = []struct {
	jars []Jar
	want int
}{{nil, 0}, {[]Jar{{true}, {}, {true}}, 2}, {[]Jar{{sealed: true}}, 1}}
""",
}
PYTHON: Files = {
    ".docs/instructions.md": "Label a jar.",
    ".meta/config.json": json.dumps(
        {"files": {"solution": ["label.py"], "test": ["label_test.py"], "exemplar": [".meta/exemplar.py"]}}
    ),
    ".meta/exemplar.py": '''\
def label(jar, year):
    """Label it."""
    if year < 0:
        raise ValueError("no such year")
    return f"{jar} ({year})"
''',
    "label.py": "def label(jar, year):\n    pass\n",
    "label_test.py": """\
import unittest
import pytest

from label import label


class LabelTest(unittest.TestCase):
    @pytest.mark.task(taskno=1)
    def test_plum(self):
        for year in (1, 2):
            with self.subTest(year):
                self.assertEqual(label('plum', year), f'plum ({year})')

    def test_year(self):
        with self.assertRaises(ValueError):
            label('plum', -1)


def test_plain():
    assert label('', 0) == ' (0)'
""",
}
EXERCISES = {
    "rust": ("practice/old-kiln", RUST),
    "go": ("concept/wax-seal", GO),
    "python": ("concept/label", PYTHON),
}


def track(root: Path, language: str, exercises: Mapping[str, Files], **more: Any) -> Path:
    """A track with these exercises (``practice/SLUG`` → files); ``more`` is about each of them."""
    listed: dict[str, list[dict[str, Any]]] = {"practice": [], "concept": []}
    for place, files in exercises.items():
        kind, slug = place.split("/")
        listed[kind].append({"slug": slug, "difficulty": 5, **more})
        for name, text in files.items():
            path = root / "exercises" / place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    config = {"language": language.title(), "slug": language, "exercises": listed}
    (root / "config.json").write_text(json.dumps(config, indent=2))
    return root


def one(root: Path, language: str, **changed: str) -> Any:
    place, files = EXERCISES[language]
    (task,) = read("exercism", track(root, language, {place: {**files, **changed}})).tasks
    return task


@pytest.mark.parametrize("language", ["rust", "go", "python"])
def test_references_pass_and_stubs_fail(tmp_path: Path, prove: Prove, language: str) -> None:
    place, files = EXERCISES[language]
    assert prove(read("exercism", track(tmp_path, language, {place: files}))) == []


def test_the_prompt_holds_docs_and_stub_and_nothing_of_meta(tmp_path: Path) -> None:
    task = one(tmp_path, "rust")
    prompt = task["prompt"]
    assert prompt.index("Cool a kiln") < prompt.index("Never below zero") < prompt.index("todo!()")
    assert "Write `src/lib.rs`" in prompt
    assert "saturating_sub" not in prompt
    assert "never_below_zero" not in prompt
    assert "[package]" not in prompt
    assert task["difficulty"] == "intermediate"
    assert task["category"] == "practice"


def test_cargo_says_name_edition_and_features(tmp_path: Path) -> None:
    options = one(tmp_path, "rust")["grader"]["rust_asserts"]
    assert (options["crate_name"], options["edition"], options["features"]) == ("old_kiln", "2021", [])
    manifest = RUST["Cargo.toml"] + 'default = ["hot"]\nhot = ["steam"]\n'
    options = one(tmp_path, "rust", **{"Cargo.toml": manifest})["grader"]["rust_asserts"]
    assert options["features"] == ["hot", "steam"]


def test_go_tests_take_their_data_along_and_share_the_package_only_where_they_must(tmp_path: Path) -> None:
    options = one(tmp_path, "go")["grader"]["go_asserts"]
    assert list(options["tests"]) == ["cases_test.go", "wax_seal_test.go"]
    assert options["internal"] is True
    outside = GO["cases_test.go"].replace("{sealed: true}", "{true}")
    exemplar = GO[".meta/exemplar.go"].replace("sealed", "Done")
    changed = {"cases_test.go": outside, ".meta/exemplar.go": exemplar}
    assert "internal" not in one(tmp_path, "go", **changed)["grader"]["go_asserts"]


@pytest.mark.parametrize(
    ("language", "changed", "reason"),
    [
        (
            "rust",
            {
                "Cargo.toml": RUST["Cargo.toml"] + '[dependencies]\nbig-clock = "1"\n',
                ".meta/example.rs": "use big_clock::Hand;\n" + RUST[".meta/example.rs"],
            },
            "needs big-clock, which is not installed in the sandbox",
        ),
        (
            "go",
            {"cases_test.go": GO["cases_test.go"].replace("wax\n", 'wax\n\nimport "some.org/x"\n', 1)},
            "needs some.org/x,",
        ),
        ("python", {"label_test.py": PYTHON["label_test.py"].replace("mark", "fixture")}, "needs pytest,"),
        ("python", {".meta/exemplar.py": "import numpy\n" + PYTHON[".meta/exemplar.py"]}, "needs numpy,"),
    ],
)
def test_what_needs_absent_packages_is_skipped(
    tmp_path: Path, language: str, changed: dict[str, str], reason: str
) -> None:
    assert one(tmp_path, language, **changed)["skip"].startswith(reason)


def test_a_dependency_that_nobody_uses_skips_nothing(tmp_path: Path) -> None:
    assert "skip" not in one(
        tmp_path, "rust", **{"Cargo.toml": RUST["Cargo.toml"] + '[dependencies]\nbig-clock = "1"\n'}
    )


def test_a_solution_in_several_files_is_skipped(tmp_path: Path) -> None:
    meta = json.loads(PYTHON[".meta/config.json"])
    meta["files"]["solution"].append("more.py")
    task = one(tmp_path, "python", **{".meta/config.json": json.dumps(meta), "more.py": ""})
    assert task["skip"] == "its solution is spread over label.py, more.py"


def test_deprecated_exercises_are_left_out(tmp_path: Path) -> None:
    root = track(tmp_path, "python", {"concept/label": PYTHON}, status="deprecated")
    with pytest.raises(
        ConfigError, match="holds no task that can be imported; label: its status is deprecated"
    ):
        read("exercism", root)


def test_the_licence_is_that_of_the_track(tmp_path: Path) -> None:
    root = track(tmp_path, "python", {"concept/label": PYTHON})
    assert read("exercism", root).licence == "see source"
    (root / "LICENSE").write_text("The MIT License (MIT)\n")
    assert read("exercism", root).licence == "MIT"


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("config.json", "{\n}", "config.json:1: 'slug' is missing"),
        (
            "config.json",
            '{\n\n"slug": "java"}',
            "config.json:3: the track is 'java'; harness runs rust, go, python",
        ),
        ("config.json", '{"slug": "go",\n"exercises": []}', "config.json:2: 'exercises' must be a mapping"),
        (
            "config.json",
            '{"slug": "go",\n"exercises": {"practice": ["a"]}}',
            "config.json:2: 'exercises.practice' must list objects",
        ),
        ("config.json", "{\n'", "config.json:2: not valid JSON"),
        ("exercises/practice/old-kiln/.meta/config.json", "{}", ".meta/config.json:1: 'files' is missing"),
        (
            "exercises/practice/old-kiln/.meta/config.json",
            '{\n"files": {"solution": ["src/lib.rs"], "test": ["tests/no.rs"]}}',
            "no.rs: No such file",
        ),
        (
            "exercises/practice/old-kiln/.meta/config.json",
            '{\n"files": {"solution": ["src/lib.rs"]}}',
            ".meta/config.json:2: 'files.test' names no .rs file",
        ),
        (
            "exercises/practice/old-kiln/.meta/config.json",
            '{\n"files": {"test": "x"}}',
            ":2: 'files' must be a list",
        ),
        ("exercises/practice/old-kiln/Cargo.toml", "[package]\nname = \n", "Cargo.toml:2: not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, file: str, text: str, complaint: str) -> None:
    root = track(tmp_path, "rust", {"practice/old-kiln": RUST})
    (root / file).write_text(text)
    with pytest.raises(ConfigError) as error:
        read("exercism", root)
    assert complaint in str(error.value)


def test_a_folder_that_is_no_track_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*config\.json: No such file"):
        read("exercism", tmp_path)
