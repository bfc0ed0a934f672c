"""One model for all: forecast beside the plan, run apart from it, and compared with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.missions.file import load_missions
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.missions.sample import CODE, rules, write_missions

TEXT = """\
title: Compared
templates:
  work: {command: [sh, work.sh, "{model}", "{id}"], timeout_s: 20}
last_resort: tiny
baseline: writer
phases:
  - name: First
    task_type: code
    template: work
    missions:
      - {id: 1, name: One}
      - {id: 2, name: Two}
      - {id: 3, name: Three, model: tiny}
      - {id: 4, name: Four}
expect:
  - {says: "half more at first", measure: more_at_first, at_least: 0.5}
  - {says: "fewer failures", measure: fewer_failures, at_least: 0.9}
  - {says: "less time", measure: less_time, at_least: 0.01}
"""


def text_of(name: str) -> str:
    return Path(f"reports/MISSION_{name}.md").read_text().replace("\u00a0", " ").replace("\u2060", "")


def test_one_model_for_all_is_forecast_run_apart_and_compared(harness: Harness, tmp_path: Path) -> None:
    write_missions(tmp_path, TEXT)
    (tmp_path / "work.sh").write_text(
        'echo "$1 $2" >> done.txt; '
        'case "$1 $2" in "coder 1"|"coder 2"|"writer 2"|"writer 4"|"tiny 3") exit 0;; esac; exit 1'
    )
    assert harness("missions", "plan", "missions.yaml").code == 0
    plan = text_of("PLAN")
    assert "Against one model for all: writer" in plan
    # by the rules the coder passes .8, the writer .5, the tiny one .1
    assert "| as planned     |        4 |      2.5 |" in plan
    assert "| writer for all |        4 |      2.0 |        2.0 |             2.0 |" in plan
    assert "within reach: 25 % more succeed at first than writer for all" not in plan
    assert "not to be expected: 25 % more succeed at first than writer for all" in plan

    assert harness("missions", "run", "missions.yaml").code == 0
    assert harness("missions", "report", "missions.yaml").code == 0
    before = text_of("REPORT")
    assert "writer for all has 4 missions to do that are done as planned" in before
    assert "harness missions run missions.yaml --baseline" in before
    assert "open: writer for all was not run" in before

    alone = harness("missions", "run", "missions.yaml", "--baseline")
    assert alone.code == 1 and "2 of 4 missions failed with every model: 1 and 3" in alone.err
    assert (tmp_path / "done.txt").read_text().splitlines()[-4:] == [f"writer {n}" for n in (1, 2, 3, 4)]
    assert not list((tmp_path / "missions.state").glob("*baseline*"))
    assert harness("missions", "report", "missions.yaml").code == 0
    after = text_of("REPORT")
    assert "| as planned               |        4 |        3 |          4 |" in after
    assert "| writer for all           |        4 |        2 |          2 |               2 |" in after
    assert "2 succeeded only as planned, and 1 only with writer for all: that may be chance." in after
    assert "met: 50 % more succeed at first than writer for all, on 4 missions" in after
    assert "missed: 50 % fewer failed attempts than writer for all, on 4 missions" in after


def test_a_claim_against_nobody_is_refused_with_its_line(tmp_path: Path, harness: Harness) -> None:
    path = write_missions(tmp_path, TEXT.replace("baseline: writer\n", ""), CODE)
    with pytest.raises(ConfigError, match=r"missions.yaml:17: 'more_at_first' compares .* 'baseline'"):
        load_missions(path)
    write_missions(tmp_path, TEXT.replace("baseline: writer", "baseline: riter"))
    assert "missions.yaml:7: there is no model 'riter'" in harness("missions", "plan", "missions.yaml").err
    write_missions(tmp_path, TEXT[: TEXT.index("expect")].replace("baseline: writer\n", ""))
    done = harness("missions", "run", "missions.yaml", "--baseline")
    assert (done.code, "name the one model for all under 'baseline'" in done.err) == (1, True)


def test_where_the_two_were_measured_on_nothing_alike_nothing_is_compared(
    tmp_path: Path, harness: Harness
) -> None:
    write_missions(tmp_path, TEXT, rules({"code": {"coder": 0.8, "tiny": 0.1}}))
    assert harness("missions", "plan", "missions.yaml").code == 0
    assert "Not compared: writer was measured on no task type" in text_of("PLAN")
    assert "not measured: nothing is known of both" in text_of("PLAN")
