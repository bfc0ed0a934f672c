"""The files of ``deploy/`` in the programs they are for: Prometheus, systemd, Docker Compose, hadolint."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from harness.serve.callers import add_key
from tests.external.tools import deb, free_port, get, running, venv
from tests.loopback import Loopback, stream
from tests.serve.gateways import serving, write_rules
from tests.serve.scenes import ask, error
from tests.test_deploy import DEPLOY, queries

pytestmark = pytest.mark.external


def promtool(*arguments: str, given: str | None = None) -> None:
    """Run promtool, which must be content."""
    program = str(deb("prometheus") / "usr" / "bin" / "promtool")
    done = subprocess.run([program, *arguments], cwd=DEPLOY, input=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_alerts_pass_their_tests_and_queries_of_the_dashboard_parse(tmp_path: Path) -> None:
    promtool("check", "rules", "alerts.yml")
    promtool("test", "rules", "alerts_test.yml")
    rules = [{"record": f"panel_{number}", "expr": query} for number, query in enumerate(queries())]
    (tmp_path / "panels.yml").write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}))
    promtool("check", "rules", str(tmp_path / "panels.yml"))


def test_prometheus_reads_a_gateway_and_evaluates_the_rules(tmp_path: Path) -> None:
    key = add_key(tmp_path / "keys.yaml", "prometheus")
    (tmp_path / "key").write_text(key)
    with Loopback(stream("Hi"), stream("Hi"), error(429, "busy", retry_after="600")) as server:
        rules = write_rules(tmp_path / "rules.yaml", server)
        with serving(rules, keys=tmp_path / "keys.yaml") as (url, _):
            for _ in range(3):
                ask(f"{url}/v1", key=key)
            text = get(f"{url}/metrics", {"Authorization": f"Bearer {key}"}).body
            promtool("check", "metrics", given=text)
            port = free_port()
            base = f"http://127.0.0.1:{port}"
            command = [
                str(deb("prometheus") / "usr" / "bin" / "prometheus"),
                f"--config.file={config_for(tmp_path, url)}",
                f"--storage.tsdb.path={tmp_path / 'data'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ]
            with running(command, f"{base}/-/ready", tmp_path / "log"):
                targets = until(lambda: targets_of(base), lambda all_: "unknown" not in all_.values())
                assert targets == {url.removeprefix("http://"): "up"}
                alerts = until(lambda: pending(base), lambda names: "HarnessModelLeftAlone" in names)
                assert alerts == {"HarnessModelLeftAlone"}
                for query in queries():
                    assert get(f"{base}/api/v1/query?query={quote(query)}").body["status"] == "success", query
                series = get(f"{base}/api/v1/query?query=harness_requests_total").body["data"]["result"]
                evaluated = rules_of(base)
    counted = {one["metric"]["outcome"]: float(one["value"][1]) for one in series}
    assert counted == {"answered": 2, "failed": 1, "refused": 0, "cancelled": 0}
    assert len(evaluated) >= 17
    assert {rule["health"] for rule in evaluated} == {"ok"}, evaluated


def config_for(folder: Path, url: str) -> Path:
    """Our Prometheus file with this gateway in the place of the one in the container, and in a hurry."""
    config = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(DEPLOY / "alerts.yml")]
    job = config["scrape_configs"][0]
    job["authorization"]["credentials_file"] = str(folder / "key")
    job["static_configs"] = [{"targets": [url.removeprefix("http://")]}]
    file = folder / "prometheus.yml"
    file.write_text(yaml.safe_dump(config))
    promtool("check", "config", str(file))
    return file


def until(read: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """What is read once it is as it should be, or the last of it."""
    deadline = time.monotonic() + 60
    while not good(value := read()) and time.monotonic() < deadline:
        time.sleep(0.25)
    return value


def targets_of(base: str) -> dict[str, str]:
    """What Prometheus scrapes, and how it does."""
    active = get(f"{base}/api/v1/targets").body["data"]["activeTargets"]
    return {one["labels"]["instance"]: one["health"] for one in active} or {"": "unknown"}


def rules_of(base: str) -> list[Any]:
    """The rules as Prometheus evaluates them."""
    groups = get(f"{base}/api/v1/rules").body["data"]["groups"]
    return [rule for group in groups for rule in group["rules"]]


def pending(base: str) -> set[str]:
    """The alerts that have begun."""
    return {alert["labels"]["alertname"] for alert in get(f"{base}/api/v1/alerts").body["data"]["alerts"]}


def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("there is no systemd here")
    unit = (DEPLOY / "harness.service").read_text()
    (tmp_path / "harness.service").write_text(unit.replace("/opt/harness/bin/harness", sys.executable))
    command = [program, "verify", "--man=no", str(tmp_path / "harness.service")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "harness.service").write_text(unit.replace("OOMPolicy=", "OOMPolicies="))
    done = subprocess.run(command, capture_output=True, text=True)
    assert "OOMPolicies" in done.stderr  # it would have complained


def test_docker_compose_reads_the_file(tmp_path: Path) -> None:
    given = {**os.environ, "GRAFANA_PASSWORD": "placeholder", "PROMETHEUS_KEY": "placeholder"}
    folder = shutil.copytree(DEPLOY, tmp_path / "deploy")
    command = [str(venv("compose") / "docker-compose"), "config", "--format", "json"]
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    services = json.loads(done.stdout)["services"]
    assert services.keys() == {"gateway", "prometheus", "grafana"}
    assert services["prometheus"]["secrets"][0]["source"] == "prometheus_key"
    given.pop("GRAFANA_PASSWORD")
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True)
    assert "GRAFANA_PASSWORD must stand in .env" in done.stderr


def test_hadolint_has_nothing_to_say_of_the_dockerfile() -> None:
    command = [str(venv("hadolint") / "hadolint"), "--ignore=DL3008", str(DEPLOY / "Dockerfile")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
