"""What launchers hand over: scripts, commands, reservations; workers themselves are in the other tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from harness.records import ModelSpec
from harness.results.manifests import read_manifests
from harness.workers.launchers.ray_actors import resources
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.conftest import TEN_SUMS, WriteSuite

SBATCH = """#!/bin/sh
cp "$2" submitted.sh
{}
"""


def fake_sbatch(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    program = folder / "bin" / "sbatch"
    program.parent.mkdir(exist_ok=True)
    program.write_text(SBATCH.format(answer))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_slurm_gets_an_array_job_whose_tasks_are_workers(
    harness: Harness, write_suite: WriteSuite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_suite(TEN_SUMS)
    fake_sbatch(tmp_path, monkeypatch, "echo '4711;cluster'")
    run = (
        "run",
        "--suite",
        "small",
        "--models",
        "oracle",
        "--on",
        "slurm",
        "--workers",
        "2",
        "--sandbox",
        "none",
    )
    done = harness(*run)
    assert done.code == 0, done.err
    (run_id,) = (path.name for path in Path("results").iterdir())
    assert f"job 4711 of 2 tasks is submitted; harness standings --run {run_id}" in done.err
    lines = Path("submitted.sh").read_text().splitlines()
    assert lines[0] == "#!/bin/sh"
    assert {"#SBATCH --array=0-1", f"#SBATCH --chdir={tmp_path}", "#SBATCH --signal=B:TERM@120"} <= set(lines)
    assert lines[-1].startswith("exec ") and lines[-1].endswith("--sandbox none")
    assert f"worker {run_id} --results {tmp_path}/results" in lines[-1]
    subprocess.run(["/bin/sh", "-n", "submitted.sh"], check=True)

    watched = harness("standings", "--run", run_id)
    assert watched.code == 1, "there is nothing to show yet"
    worker = harness("worker", run_id, "--results", f"{tmp_path}/results", "--sandbox", "none")
    assert worker.code == 0, worker.err
    (manifest,) = read_manifests(Path("results"), [run_id])
    assert manifest["status"] == "done", "the last worker says so"
    shown = harness("standings", "--run", run_id, "--watch")
    assert shown.code == 0 and "oracle" in shown.out


def test_what_slurm_says_is_one_line(
    harness: Harness, write_suite: WriteSuite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_suite(TEN_SUMS)
    run = (
        "run",
        "--suite",
        "small",
        "--models",
        "oracle",
        "--on",
        "slurm",
        "--workers",
        "2",
        "--sandbox",
        "none",
    )
    fake_sbatch(tmp_path, monkeypatch, "echo 'sbatch: error: invalid partition' >&2; exit 1")
    refused = harness(*run)
    assert refused.code == 1
    assert refused.err.splitlines()[-1].endswith(".sh: sbatch: error: invalid partition")
    (tmp_path / "bin" / "sbatch").unlink()
    missing = harness(*run)
    assert missing.code == 1
    assert missing.err.splitlines()[-1].startswith("error: sbatch is not here; submit results/")


def test_a_person_is_told_what_to_start(harness: Harness, write_suite: WriteSuite, tmp_path: Path) -> None:
    write_suite(TEN_SUMS)
    done = harness("run", "--suite", "small", "--models", "nop", "--on", "hand", "--workers", "3", "--cache")
    assert done.code == 0
    (run_id,) = (path.name for path in Path("results").iterdir())
    command = f"harness worker {run_id} --results {tmp_path}/results --sandbox auto --cache"
    assert done.err.splitlines()[-1] == f"run {run_id}: ready for 3 workers; on each machine: {command}"


def test_a_models_actor_reserves_what_the_cluster_has(demo: Path) -> None:
    spec = ModelSpec("m", "llama_cpp", "local", path=str(demo))
    on_cpu = resources(spec, {"CPU": 4})
    assert on_cpu["num_cpus"] == 1 and on_cpu["memory"] > demo.stat().st_size and "num_gpus" not in on_cpu
    on_gpu = resources(spec, {"CPU": 4, "GPU": 1, "vram_gb": 24})
    assert on_gpu["num_gpus"] == 1 and 0 < on_gpu["resources"]["vram_gb"] < 1 and "memory" not in on_gpu
    assert resources(ModelSpec("m", "llama_cpp", "local", path="/not/here"), {}) == {"num_cpus": 1}
