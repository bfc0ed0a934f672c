from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.graders import build_grader
from harness.importers import read
from harness.importers.base import write
from harness.suites import load_suite
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
    with pytest.raises(ConfigError, match=r"no track: it has neither config\.json nor exercises/"):
        read("exercism", tmp_path)


def changed(files: Files, roles: Mapping[str, Any] | None = None, **more: str) -> dict[str, str]:
    """The exercise with other files, and other roles of files in its ``config.json``."""
    meta = json.loads(files[".meta/config.json"])
    meta["files"] |= roles or {}
    return {**files, ".meta/config.json": json.dumps(meta), **more}


def polyglot(root: Path, language: str, exercises: Mapping[str, Files]) -> Path:
    """The same without ``config.json``, as Aider's benchmark has it."""
    folder = track(root / language, language, exercises)
    (folder / "config.json").unlink()
    return folder


@pytest.mark.parametrize("language", ["rust", "go", "python"])
def test_a_track_without_a_list_is_taken_as_it_lies(tmp_path: Path, language: str) -> None:
    place, files = EXERCISES[language]
    imported = read("exercism", polyglot(tmp_path, language, {place: files}))
    assert [(task["id"], task["category"]) for task in imported.tasks] == [
        (place.split("/")[1], place.split("/")[0])
    ]
    assert "difficulty" not in imported.tasks[0]
    renamed = (tmp_path / language).rename(tmp_path / "some-exercises")
    assert read("exercism", renamed).tasks == imported.tasks
    listed = read("exercism", track(tmp_path / "listed", language, {place: files}))
    assert {**listed.tasks[0]} == {**imported.tasks[0], "difficulty": "intermediate"}


def test_the_folder_above_the_tracks_names_them(tmp_path: Path) -> None:
    polyglot(tmp_path, "go", {"practice/wax-seal": GO})
    with pytest.raises(ConfigError, match=r"no track: .*; give one of its tracks: \S+/go"):
        read("exercism", tmp_path)


def test_an_exercise_that_is_not_complete_leaves_the_others(tmp_path: Path) -> None:
    root = track(
        tmp_path,
        "python",
        {
            "concept/label": PYTHON,
            "practice/no-files": {".meta/config.json": '{"blurb": ""}'},
            "practice/no-tests": changed(PYTHON, {"test": []}),
            "practice/damaged": {**PYTHON, ".meta/config.json": "{"},
        },
    )
    (root / "exercises/practice/gone").mkdir()
    imported = read("exercism", root)
    assert [task["id"] for task in imported.tasks] == ["label"]
    assert {slug: reason.split(": ", 1)[1] for slug, reason in imported.left_out.items()} == {
        "no-files": "'files' is missing; there are blurb",
        "no-tests": "'files.test' names no .py file",
        "damaged": imported.left_out["damaged"].split(": ", 1)[1],
    }
    assert "not valid JSON" in imported.left_out["damaged"]


def test_where_the_stub_passes_check_says_so(tmp_path: Path, prove: Prove) -> None:
    done = changed(PYTHON, None, **{"label.py": PYTHON[".meta/exemplar.py"] + "\n# tidy this up\n"})
    imported = read("exercism", track(tmp_path, "python", {"concept/label": done}))
    assert imported.tasks[0]["wrong"][-1] == done["label.py"]
    assert prove(imported) == ["wrong answer 2 passes, but must fail"]


# --- Go: files beside the tests ----------------------------------------------

BOUNDS = (
    'package wax\n\nimport "errors"\n\nvar ErrFew = errors.New("too few")\n\nfunc most() int { return 3 }\n'
)
SEAL = {
    **GO,
    ".meta/exemplar.go": """\
package wax

func Seal(n int) (int, error) {
	if n < 1 {
		return 0, ErrFew
	}
	return min(n, most()), nil
}
""",
    "wax_seal.go": 'package wax\n\nfunc Seal(n int) (int, error) {\n\tpanic("here")\n}\n',
    "wax_seal_test.go": """\
package wax

import "testing"

func TestSeal(t *testing.T) {
	if n, err := Seal(9); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	if _, err := Seal(0); err != ErrFew {
		t.Fatal(err)
	}
}
""",
    "bounds.go": BOUNDS,
}
del SEAL["cases_test.go"]


@pytest.mark.parametrize("listed", [True, False])
def test_a_file_that_is_no_test_belongs_to_the_answers_package(
    tmp_path: Path, prove: Prove, listed: bool
) -> None:
    files = changed(SEAL, {"editor": ["bounds.go"] if listed else []})
    imported = read("exercism", track(tmp_path, "go", {"practice/wax-seal": files}))
    (task,) = imported.tasks
    assert "Beside it lies `bounds.go`" in task["prompt"] and "ErrFew" in task["prompt"]
    assert list(task["grader"]["go_asserts"]["tests"]) == ["wax_seal_test.go"]
    assert task["grader"]["go_asserts"]["names"] == ["Seal"]
    if listed:
        assert prove(imported) == []


@pytest.mark.parametrize(
    ("name", "clause", "built"),
    [
        ("more_test.go", "", True),
        ("more_test.go", "//go:build linux && !windows\n\n", True),
        ("more_test.go", "//go:build go1.18 || bonus\n\n", True),
        ("more_test.go", "//go:build !(bonus)\n\n", True),
        ("more_test.go", "//go:build bonus\n\n", False),
        ("more_test.go", "// a comment\n\n//go:build ignore\n\n", False),
        ("more_test.go", "// +build linux,!windows darwin\n// +build !bonus\n\n", True),
        ("more_test.go", "// +build linux\n// +build bonus\n\n", False),
        ("more_windows_test.go", "", False),
        ("more_linux_test.go", "", True),
    ],
)
def test_tests_that_lie_there_count_where_go_builds_them(
    tmp_path: Path, name: str, clause: str, built: bool
) -> None:
    more = f'{clause}package wax\n\nimport "testing"\n\nfunc TestMore(t *testing.T) {{}}\n'
    files = changed(SEAL, {"editor": []}, **{name: more})
    (task,) = read("exercism", track(tmp_path, "go", {"practice/wax-seal": files})).tasks
    assert (name in task["grader"]["go_asserts"]["tests"]) is built


# --- Python: modules beside the tests ----------------------------------------

SETS = {
    **PYTHON,
    "label.py": "from label_words import WORDS\n\n\ndef label(jar):\n    pass\n",
    ".meta/exemplar.py": """\
from label_words import WORDS, other


def label(jar):
    return WORDS.get(jar, other())
""",
    "label_words.py": """\
import label_more

WORDS = {'plum': 'Plum'}


def other():
    return label_more.OTHER
""",
    "label_more.py": "OTHER, REST = 'Jar', 2\n",
    "label_test.py": """\
import unittest

from label import label
from label_test_data import cases
from label_more import OTHER


class LabelTest(unittest.TestCase):
    def test_cases(self):
        for jar, word in cases:
            self.assertEqual(label(jar), word)
        self.assertEqual(label('x'), OTHER)
""",
    "label_test_data.py": "cases = [('plum', 'Plum'), ('fig', 'Jar')]\n",
}


@pytest.mark.parametrize("listed", [True, False])
def test_modules_beside_the_tests_are_used(tmp_path: Path, prove: Prove, listed: bool) -> None:
    beside = ["label_test_data.py", "label_words.py", "label_more.py"] if listed else []
    imported = read(
        "exercism", track(tmp_path, "python", {"concept/label": changed(SETS, {"editor": beside})})
    )
    (task,) = imported.tasks
    options = task["grader"]["python_asserts"]
    assert "skip" not in task
    assert (set(options["modules"]), set(options["test_modules"])) == (
        {"label_words", "label_more"},
        {"label_test_data"},
    )
    assert "Beside it lies `label_words.py`" in task["prompt"] and "('fig', 'Jar')" not in task["prompt"]
    if not listed:
        assert prove(imported) == []


def test_an_answer_does_not_find_the_data_of_the_tests(tmp_path: Path, prove: Prove) -> None:
    peek = "from label_test_data import cases\n\n\ndef label(jar):\n    return dict(cases).get(jar, 'Jar')\n"
    imported = read("exercism", track(tmp_path, "python", {"concept/label": changed(SETS)}))
    (task,) = imported.tasks
    assert prove(type(imported)("python", "x", ({**task, "wrong": [peek]},))) == []


def test_constants_that_are_set_together_are_definitions(tmp_path: Path, prove: Prove) -> None:
    files = {
        **PYTHON,
        ".meta/exemplar.py": "SUNNY, WINDY, *REST = range(4)\nA = B = 1\n\n\ndef label(jar):\n    return 1\n",
        "label_test.py": "from label import B, REST, WINDY, label\n\n\ndef test_a():\n    assert label(B)\n",
    }
    imported = read("exercism", track(tmp_path, "python", {"concept/label": files}))
    (task,) = imported.tasks
    assert task["grader"]["python_asserts"]["names"] == ["B", "REST", "WINDY", "label"]
    assert prove(imported) == []


@pytest.mark.parametrize(
    ("language", "file", "text", "reason"),
    [
        ("go", "wax_seal_test.go", "package wax\n\nvar x = Sealed(nil)\n", "`tests` holds no `func Test…(t"),
        ("rust", "tests/old-kiln.rs", "use old_kiln::*;\n", "`tests` holds no #[test] function"),
        ("python", "label_test.py", "from label import label\n", "`test_file` holds no tests: looked for"),
    ],
)
def test_an_exercise_without_tests_says_what_was_looked_for(
    tmp_path: Path, language: str, file: str, text: str, reason: str
) -> None:
    place, files = EXERCISES[language]
    imported = read("exercism", track(tmp_path / "track", language, {place: {**files, file: text}}))
    write(imported, tmp_path / "suites" / "new")
    (task,) = load_suite(tmp_path / "suites" / "new").tasks
    with pytest.raises(ConfigError) as error:
        build_grader(task)
    assert reason in str(error.value)
