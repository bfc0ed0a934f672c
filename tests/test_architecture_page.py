"""The page ``docs/architecture.md`` is true: what it adds works as it is written there."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest

from harness.analysis import views
from harness.analysis.standings import load_standings
from harness.exporters import EXPORTERS, export
from harness.graders import GRADERS, build_grader
from harness.graders.languages.base import Language
from harness.plugins import load as imported
from harness.records import Completion, GraderSpec
from harness.reporting import report
from harness.suites import load_suite
from harness.suites.families import FAMILIES
from tests.conftest import WriteSuite
from tests.exporters.sample import rule_set
from tests.graders.tasks import task
from tests.reporting.documents import written
from tests.rows import answers, database

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CODE = re.compile(r"```(?:python|sql)\n(?:#|--) harness/\S*?(\w+\.\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def page_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Python imports from, with the files of the page."""
    for name, code in CODE.findall(PAGE):
        (tmp_path / name).write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_a_grader_is_added(page_code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GRADERS, "last_word", "last_word:LastWord")
    spec = GraderSpec("last_word", {"ignore_case": True})
    asked = replace(task("yes", "no"), grader=spec)
    grader = build_grader(asked)
    passed = {text: grader.grade(asked, Completion(text), None).passed for text in ("I say Yes.", "no", "")}
    assert passed == {"I say Yes.": True, "no": False, "": False}


def test_a_family_is_added(page_code: Path, monkeypatch: pytest.MonkeyPatch, write_suite: WriteSuite) -> None:
    monkeypatch.setitem(FAMILIES, "coins", "coins:Coins")
    family = (
        "{id: purse, prompt: '{coins} x {value}', generator: {seed: 1, count: 3, family: coins, most: 4}}"
    )
    tasks = load_suite(write_suite(f"defaults: {{grader: numeric}}\ntasks:\n- {family}\n")).tasks
    assert len({task.messages for task in tasks}) == 3
    for drawn in tasks:
        coins, _, value = drawn.messages[0].content.split()
        assert drawn.reference == str(int(coins) * int(value))


def test_a_view_is_added(page_code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = page_code / "sql"
    shutil.copytree(views._SQL, folder)
    shutil.copy(page_code / "hardest.sql", folder / "reports")
    monkeypatch.setattr(views, "_SQL", folder)
    monkeypatch.setattr(views, "REPORTS", (*views.REPORTS, "hardest"))
    rows = [*answers("a", "110"), *answers("b", "010")]
    with database(page_code / "results", rows) as con:
        views.install(con)
        assert con.execute("SELECT task_id, models FROM hardest").fetchall() == [("t-0003", 2)]


def test_a_section_is_added(page_code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = imported("coverage:section")
    monkeypatch.setattr(report, "SECTIONS", (*report.SECTIONS, added))
    with database(page_code / "results", answers("a", "110")) as con:
        documents = written(load_standings(con))
    for name in ("guide", "page"):
        assert "3 tasks in common of 3" in documents[name]


def test_an_exporter_is_added(page_code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXPORTERS, "names-only", "names_only:export")
    rules = rule_set()
    lines = export(rules, "names-only").files["models.txt"].splitlines()
    assert lines
    assert {line.rpartition(" ")[2] for line in lines} <= {model.id for model in rules.models}


def test_what_a_language_says_is_on_the_page() -> None:
    section = PAGE.split("### A language")[1].split("###")[0]
    assert [field.name for field in fields(Language) if f"`{field.name}`" not in section] == []


def test_every_room_and_file_on_the_page_exists() -> None:
    table = PAGE.split("## Rooms")[1].split("##")[0]
    rooms = [
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([\w.]+/?)`", line.split("|")[1])
    ]
    assert rooms
    assert [room for room in rooms if not (ROOT / "harness" / room).exists()] == []
    paths = re.findall(r"`(harness/[\w/]+\.py|tests/[\w/]+\.py)`", PAGE)
    new = {name for name, _ in CODE.findall(PAGE)}
    assert [path for path in paths if Path(path).name not in new and not (ROOT / path).exists()] == []
