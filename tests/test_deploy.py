"""What ``deploy/`` names is there: measures, options of ``harness serve``, files; external tests load it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from harness.cli.serve import serve
from harness.routing.spending import Spending
from harness.rules.ruleset import SpendingLimit
from harness.serve.live import Rest, State
from harness.serve.metrics import Metrics

DEPLOY = Path(__file__).parent.parent / "deploy"
_NAME = re.compile(r"\b(?:harness|gen_ai|up)\b[a-z_:0-9]*|\b(?:harness|gen_ai)_\w+")
_SELECTOR = re.compile(r"([a-z_:0-9]+)\{([^}]*)\}")
_LABEL = re.compile(r"(\w+)(?:=~|!~|!=|=)")


def panels() -> list[dict[str, Any]]:
    """The panels of the dashboard."""
    listed: list[dict[str, Any]] = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))["panels"]
    return listed


def queries() -> list[str]:
    """The queries of the dashboard, as Grafana sends them."""
    given = [target["expr"] for panel in panels() for target in panel["targets"]]
    return [query.replace("$__rate_interval", "5m").replace("$model", ".*") for query in given]


def rules() -> list[dict[str, Any]]:
    """The recording and alerting rules."""
    groups = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest.fixture(scope="module")
def served() -> dict[str, set[str]]:
    """The series that a gateway has, each with its labels, once everything has happened."""
    budgets = {"all": Spending(SpendingLimit(1.0, "day"))}
    resting = {"m": Rest(1.0, "timeout")}
    metrics = Metrics(["m"], lambda: State(resting, resting, budgets, 1))
    metrics.add_call("m", 1.0, 0.5, "", {"input": 3, "output": 4}, 0.01)
    metrics.add_fallback("m", "m", "timeout")
    metrics.add_overhead(0.001)
    samples = [
        sample
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    ]
    return {
        sample.name: {label for other in samples if other.name == sample.name for label in other.labels}
        for sample in samples
    }


def test_every_measure_that_is_named_is_served(served: dict[str, set[str]]) -> None:
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    expressions = [*queries(), *(rule["expr"] for rule in rules())]
    assert len(expressions) > 35
    for expression in expressions:
        names = set(_NAME.findall(re.sub(r'"[^"]*"', "", expression))) - set().union(*served.values())
        assert names and names <= served.keys() | recorded | {"up"}, expression
        for name, selector in _SELECTOR.findall(expression):
            labels = set(_LABEL.findall(re.sub(r'"[^"]*"', "", selector)))
            assert labels <= served.get(name, {"job"}), expression


def test_every_measure_is_explained_and_on_the_dashboard_or_in_an_alert(served: dict[str, set[str]]) -> None:
    text = " ".join([*queries(), *(rule["expr"] for rule in rules())])
    page = (DEPLOY.parent / "docs" / "serving.md").read_text("utf-8")
    families = {re.sub("_(bucket|sum|count|created|total)$", "", name) for name in served}
    assert [name for name in sorted(families) if name not in text or f"`{name}" not in page] == []


def test_alerts_are_complete_and_each_is_tested() -> None:
    alerts = [rule for rule in rules() if "alert" in rule]
    tested = (DEPLOY / "alerts_test.yml").read_text("utf-8")
    for alert in alerts:
        assert alert["labels"]["severity"] in ("page", "ticket")
        assert alert["annotations"].keys() == {"summary", "description"}
        assert f"alertname: {alert['alert']}\n" in tested
    assert len({alert["alert"] for alert in alerts}) == len(alerts)


def test_the_dashboard_is_what_grafana_reads() -> None:
    board = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))
    variables = {variable["name"] for variable in board["templating"]["list"]}
    assert board["uid"] and board["title"] and board["schemaVersion"] >= 36
    cells: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        assert panel["type"] in ("stat", "timeseries") and panel["title"] and panel["description"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        own = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & own, panel["title"]
        cells |= own
        for target in panel["targets"]:
            assert set(re.findall(r"\$(\w+)", target["expr"])) <= variables | {"__rate_interval"}
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def commands() -> Iterator[list[str]]:
    """The commands by which ``deploy/`` starts the gateway."""
    for line in (DEPLOY / "harness.service").read_text().splitlines():
        if line.startswith("ExecStart="):
            yield shlex.split(line.removeprefix("ExecStart="))[2:]
    (command,) = re.findall(r"^CMD (\[.*\])$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    yield json.loads(command)[1:]


def test_the_commands_have_options_that_exist() -> None:
    for arguments in commands():
        given = serve.make_context("serve", list(arguments)).params
        assert given["host"] == "127.0.0.1" or given["keys"] is not None
        assert given["file"].is_absolute()


def test_compose_mounts_files_that_are_here_or_that_it_says_how_to_make() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    services = yaml.safe_load(text)["services"]
    mounted = [
        volume.partition(":")[0].removeprefix("./")
        for service in services.values()
        for volume in service["volumes"]
        if volume.startswith("./")
    ]
    made = ("routing_rules.yaml", "keys.yaml")
    assert len(mounted) == 5 and all((DEPLOY / file).exists() or file in made for file in mounted)
    assert all(port.startswith("127.0.0.1:") for service in services.values() for port in service["ports"])
    config = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())
    assert config["scrape_configs"][0]["job_name"] == "harness"


def test_a_budget_that_is_spent_shows_as_nothing_left(served: dict[str, set[str]]) -> None:
    spending = Spending(SpendingLimit(1.0, "day"))
    spending.add(2.5)
    state = State({}, {}, {"all": spending}, 0)
    text = Metrics([], lambda: replace(state, not_written=7)).text().decode()
    assert 'harness_budget_left_usd{budget="all"} 0.0' in text
    assert "harness_observations_dropped_total 7.0" in text
