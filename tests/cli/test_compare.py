from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from click.testing import CliRunner

from harness.cli.main import cli
from tests.rows import answers, write

A, B = "20261101-120000-aaaa", "20261102-120000-bbbb"


def test_a_regression_is_exit_1_where_asked(tmp_path: Path) -> None:
    write(tmp_path, answers("m", "1" * 20, run_id=A) + answers("m", "1" * 5 + "0" * 15, run_id=B))
    xml = tmp_path / "report.xml"
    given = ["compare", A, "latest", "--results", str(tmp_path), "--junit", str(xml)]
    shown = CliRunner().invoke(cli, given)
    assert shown.exit_code == 0
    assert "fails now: t-0006" in shown.output
    assert ElementTree.parse(xml).getroot().get("failures") == "1"
    assert CliRunner().invoke(cli, [*given, "--fail-on-regression"]).exit_code == 1
    back = CliRunner().invoke(cli, ["compare", B, A, "--results", str(tmp_path), "--fail-on-regression"])
    assert back.exit_code == 0


def test_what_a_program_reads_has_every_column(tmp_path: Path) -> None:
    write(tmp_path, answers("m", "1111", run_id=A) + answers("m", "1101", run_id=B))
    shown = CliRunner().invoke(cli, ["compare", A, B, "--results", str(tmp_path), "--format", "csv"])
    head, line = shown.output.splitlines()
    assert head == "model,suite,measure,n,before,after,gained,lost,p_value,mde,verdict"
    assert line == "m,math,pass,4,1.0,0.75,0,1,1.0,,chance"


def test_runs_with_nothing_in_common_are_a_clear_error(tmp_path: Path) -> None:
    write(tmp_path, answers("a", "1", run_id=A) + answers("b", "1", run_id=B))
    shown = CliRunner().invoke(cli, ["compare", A, B, "--results", str(tmp_path)])
    assert "share no model" in str(shown.exception)


def test_models_are_compared_with_each_other(tmp_path: Path) -> None:
    write(tmp_path, answers("a", "1100" * 5, run_id=A) + answers("b", "1010" * 5, run_id=B))
    given = ["compare", "--results", str(tmp_path)]
    shown = CliRunner().invoke(cli, given, env={"COLUMNS": "200"})
    assert shown.exit_code == 0 and "the most alike are a and b, with kappa 0.00" in shown.output
    assert "One of two" in shown.output and "75 %" in shown.output
    lines = CliRunner().invoke(cli, [*given, "--format", "csv"]).output.splitlines()
    assert lines[0].startswith(
        "model_a,task_type,model_b,n,agree,both_pass,only_a,only_b,neither,kappa,kappa_low"
    )
    assert [line.split(",")[:4] for line in lines[1:]] == [["a", "", "b", "20"], ["a", "math", "b", "20"]]
    alone = CliRunner().invoke(cli, ["compare", A, "--results", str(tmp_path)])
    assert "no two models answered the same tasks" in str(alone.exception)
    assert CliRunner().invoke(cli, [*given, "--fail-on-regression"]).exit_code == 2
