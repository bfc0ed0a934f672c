from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from harness.cli import main as module
from harness.cli import run as run_module
from harness.errors import Interrupted
from harness.plugins import load
from tests.cli.conftest import Harness


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    program = (
        "import sys; from harness.cli.main import cli, COMMANDS\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'llama_cpp', 'pandas', 'matplotlib', 'scipy', 'duckdb', 'pyarrow', 'openai', 'rich'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)), 'commands:', *COMMANDS)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "heavy: []" in shown
    text, _, commands = shown.partition("heavy:")
    for command in commands.split("commands:")[1].split():
        assert re.search(rf"^  {command} ", text, re.M), command


@pytest.mark.parametrize("name", module.COMMANDS)
def test_the_list_of_commands_says_what_each_command_says(name: str) -> None:
    command = load(module.COMMANDS[name][0])
    assert module.COMMANDS[name][1] == command.get_short_help_str(200)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "--suite", "mth", "--models", "all"], 1, "error: no suite 'mth'; did you mean math?"),
        (
            ["run", "--suite", "math", "--models", "demo-x"],
            1,
            "error: no model 'demo-x'; did you mean demo-xs",
        ),
        (["run", "--suite", "math"], 2, "say what to run"),
        (["run", "--bogus"], 2, "No such option"),
        (["query", "select 1"], 1, "error: no results in results yet; `harness run"),
        (["standings"], 1, "error: no results in results yet"),
        (["models", "list", "--config", "nowhere.yaml"], 1, "error: cannot read nowhere.yaml: No such file"),
        (["run", "--resume", "x"], 1, "error: no results in results yet"),
    ],
)
def test_a_known_error_is_one_line_with_its_exit_code(
    harness: Harness, arguments: list[str], code: int, words: str
) -> None:
    done = harness(*arguments)
    assert done.code == code
    assert words in done.err
    assert "Traceback" not in done.err
    if code == 1:
        assert len(done.err.strip().splitlines()) == 1
    assert done.out == ""


def test_a_bug_leaves_a_log_file_and_exits_with_3(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(module, "cli", broken)
    done = harness("anything")
    assert done.code == 3
    log = Path(done.err.rpartition(" ")[2].strip())
    assert "ZeroDivisionError: oops" in log.read_text()
    log.unlink()


def test_an_interrupt_exits_with_130_and_names_resume(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise Interrupted("3 of 10 samples are kept; go on with: harness run --resume R")

    monkeypatch.setattr(run_module, "plan_of", interrupted)
    done = harness("run", "--suite", "math", "--models", "nop")
    assert done.code == 130
    assert "go on with: harness run --resume R" in done.err


def test_a_wrong_models_file_is_named_with_line_and_key(harness: Harness) -> None:
    Path("models.yaml").write_text(
        "models:\n  - id: a\n    engine: openai\n    provider: groq\n    modle: x\n"
    )
    done = harness("models", "list")
    assert done.code == 1
    assert "models.yaml:5: unknown key 'modle' in a model; did you mean model" in done.err


def test_run_query_report_and_a_second_run(harness: Harness) -> None:
    first = harness("run", "--suite", "structured", "--models", "oracle,nop", "--limit", "10")
    assert first.code == 0, first.err
    assert "20 ok" in first.err
    again = harness("run", "--suite", "structured", "--models", "oracle,nop", "--limit", "10")
    assert again.code == 0
    sql = (
        "select model, count(*) as n, avg(score) as s from results where status='ok' group by all order by 1"
    )
    assert harness("query", sql, "--format", "csv").out == "model,n,s\nnop,20,0.0\noracle,20,1.0\n"
    assert harness("query", sql, "--run", "latest", "--format", "json").out.count('"n": 10') == 2
    assert "| oracle | 20 | 1 |" in harness("query", sql, "--format", "md").out
    wrong = harness("query", "select nonsense from results")
    assert wrong.code == 1
    assert "the query failed" in wrong.err
    assert len(list(Path("results").glob("*/_manifest.json"))) == 2


def test_a_dry_run_shows_the_matrix_with_its_crosses_and_writes_nothing(harness: Harness) -> None:
    Path("models.yaml").write_text(
        "models: [{id: m, engine: openai, provider: ollama, model: x}]\n"
        "matrix: {exclude: [{models: m, suites: math, reason: no}]}\n"
    )
    done = harness("run", "--suite", "math,classification", "--models", "m,nop", "--dry-run")
    assert done.code == 0
    line = next(line for line in done.out.splitlines() if line.strip().startswith("m "))
    assert line.split() == ["m", "1495", "✗", "1495"]
    assert not Path("results").exists()


def test_a_run_in_which_no_model_could_answer_exits_with_1(harness: Harness) -> None:
    Path("models.yaml").write_text("models: [{id: m, engine: llama_cpp, path: gone.gguf}]\n")
    done = harness("run", "--suite", "structured", "--models", "m", "--limit", "2")
    assert done.code == 1
    assert "gone.gguf" in done.err
    assert "no model gave an answer" in done.err
