"""The demo tournament by several workers of which one is lost: every sample once, as in one process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.external.tools import free_port, running, venv

pytestmark = pytest.mark.external
TOURNAMENT = ("--suite", "math,classification", "--models", "demo-xs,demo-s,oracle,nop", "--limit", "20")
# What a toy writes depends on which prompts it computes side by side: of models the samples are compared.
ROWS = """
    SELECT sample_id, suite, model, status, CASE WHEN baseline THEN concat(passed, error_type, output) END
    FROM results ORDER BY ALL
"""
KEYS = {"AWS_ACCESS_KEY_ID": "ours", "AWS_SECRET_ACCESS_KEY": "hidden", "AWS_REGION": "us-east-1"}
BUCKET = "import boto3; boto3.client('s3', region_name='us-east-1').create_bucket(Bucket='bucket')"
ON_TWO_NODES = """
import sys, threading, time
from pathlib import Path
import ray
from ray.cluster_utils import Cluster
from harness.cli.main import main

cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 3, "object_store_memory": 100_000_000})
node = cluster.add_node(num_cpus=3, object_store_memory=100_000_000)
ray.init(address=cluster.address, logging_level="error", log_to_driver=False)

def lose() -> None:
    while len(list(Path("results").glob("*/part-*"))) < 3:
        time.sleep(0.05)
    cluster.remove_node(node, allow_graceful=False)
    print("the node is gone", flush=True)

threading.Thread(target=lose, daemon=True).start()
sys.argv = ["harness", "run", *sys.argv[1:], "--on", "ray", "--workers", "4"]
main()
"""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **more}


def harness(*arguments: str, cwd: Path, **more: str) -> str:
    """The standard output of a command that must not fail."""
    done = subprocess.run(
        [sys.executable, "-m", "harness", *arguments],
        cwd=cwd, env=environment(**more), capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a command that reaches ``s3://bucket``."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [str(venv("moto") / "moto_server"), "-H", "127.0.0.1", "-p", url.rpartition(":")[2]]
    reached = {**KEYS, "AWS_ENDPOINT_URL": url}
    with running(command, url, tmp_path / "moto.log"):
        subprocess.run(
            [str(venv("moto") / "python"), "-c", BUCKET], env=environment(**reached), check=True, timeout=120
        )
        yield reached


def rows(results: str, cwd: Path, **more: str) -> str:
    return harness("query", ROWS, "--format", "csv", "--results", results, cwd=cwd, **more)


def test_three_workers_over_a_bucket_of_which_one_is_killed(storage: dict[str, str], tmp_path: Path) -> None:
    there = "s3://bucket/team"
    harness("run", *TOURNAMENT, "--results", "alone", cwd=tmp_path)
    harness("run", *TOURNAMENT, "--on", "hand", "--workers", "3", "--results", there, cwd=tmp_path, **storage)
    listing = harness_names(tmp_path, **storage)
    (run,) = {name.split("/")[1] for name in listing}
    command = [sys.executable, "-m", "harness", "worker", run, "--results", there]
    workers = [
        subprocess.Popen(command, cwd=tmp_path, env=environment(**storage), stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    while not any("/part-" in name for name in harness_names(tmp_path, **storage)):
        assert any(worker.poll() is None for worker in workers)
        time.sleep(0.5)
    workers[0].kill()
    for worker in workers[1:]:
        _, stderr = worker.communicate(timeout=600)
        assert worker.returncode == 0, stderr
    workers[0].communicate()
    assert rows(there, tmp_path, **storage) == rows("alone", tmp_path)


def harness_names(cwd: Path, **storage: str) -> list[str]:
    """What is in the bucket."""
    code = "from harness.results.objects import objects_at; print(*(one.name for one in objects_at('s3://bucket').list()))"
    return subprocess.check_output(
        [sys.executable, "-c", code], cwd=cwd, env=environment(**storage), text=True
    ).split()


def test_two_nodes_of_ray_of_which_one_is_removed(tmp_path: Path) -> None:
    harness("run", *TOURNAMENT, "--results", "alone", cwd=tmp_path)
    (packages,) = (venv("ray").parent / "lib").glob("python*/site-packages")
    ray = environment(
        RAY_USAGE_STATS_ENABLED="0", RAY_AUTH_MODE="disabled", TMPDIR="/tmp",
        PYTHONPATH=os.pathsep.join((str(Path(__file__).parents[2]), str(packages))),
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ON_TWO_NODES, *TOURNAMENT],
        cwd=tmp_path, env=ray, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "the node is gone" in done.stdout
    assert rows("results", tmp_path) == rows("alone", tmp_path)
