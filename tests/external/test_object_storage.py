"""Results on an S3 server: what is read there is what the folder says, and what goes wrong is one line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.external.tools import free_port, running, venv
from tests.rows import answers, write

pytestmark = pytest.mark.external
OLD, NEW = "20261101-120000-aaaa", "20261102-120000-bbbb"
UPLOAD = """
import pathlib, sys, boto3
s3, folder = boto3.client("s3"), pathlib.Path(sys.argv[1])
s3.create_bucket(Bucket="bucket")
for file in folder.rglob("*.*"):
    s3.upload_file(str(file), "bucket", f"team/results/{file.relative_to(folder)}")
"""
KEYS = {"AWS_ACCESS_KEY_ID": "ours", "AWS_SECRET_ACCESS_KEY": "hidden", "AWS_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs on disk."""
    results = tmp_path_factory.mktemp("storage") / "results"
    for run, better in ((OLD, "1101x-10" * 20), (NEW, "1101x-11" * 20)):
        write(results, answers("a", better, run_id=run) + answers("b", "0101x-10" * 20, run_id=run))
        (results / run / "_manifest.json").write_text(f'{{"run_id": "{run}"}}')
    return results


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a command whose ``s3://bucket/team/results`` holds the folder."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [str(venv("moto") / "moto_server"), "-H", "127.0.0.1", "-p", url.rpartition(":")[2]]
    reached = {**KEYS, "AWS_ENDPOINT_URL": url, "AWS_DEFAULT_REGION": "us-east-1"}
    with running(command, url, folder.parent / "moto.log"):
        upload = [str(venv("moto") / "python"), "-c", UPLOAD, str(folder)]
        subprocess.run(upload, env={**os.environ, **reached}, check=True, timeout=120)
        yield reached


def harness(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harness", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("standings",),
        ("standings", "--run", "latest"),
        ("compare", OLD, "latest"),
        ("query", "SELECT run_id, count(*) FROM results WHERE passed GROUP BY ALL ORDER BY ALL"),
        ("rules", "evaluate", "--json"),
    ],
    ids=" ".join,
)
def test_a_command_says_what_it_says_of_the_folder(
    folder: Path, endpoint: dict[str, str], command: tuple[str, ...]
) -> None:
    there = harness(*command, "--results", "s3://bucket/team/results", cwd=folder.parent, **endpoint)
    here = harness(*command, "--results", str(folder), cwd=folder.parent)
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout


def test_a_report_is_that_of_the_folder(folder: Path, endpoint: dict[str, str]) -> None:
    for results, out in (("s3://bucket/team/results", "there"), (str(folder), "here")):
        done = harness("report", "--results", results, "--out", out, cwd=folder.parent, **endpoint)
        assert done.returncode == 0, done.stderr
    here, there = folder.parent / "here", folder.parent / "there"
    texts = [path.relative_to(here) for path in here.rglob("*.md")]
    assert len(texts) == 4  # summary, guide and a page a model
    assert {str(text) for text in texts if (here / text).read_text() != (there / text).read_text()} == set()
    assert (there / "index.html").stat().st_size == pytest.approx(
        (here / "index.html").stat().st_size, rel=0.001
    )
    check = (
        "report",
        "--check",
        str(here / "MODEL_SELECTION_GUIDE.md"),
        "--results",
        "s3://bucket/team/results",
    )
    assert harness(*check, cwd=folder.parent, **endpoint).returncode == 0


def test_what_is_wrong_is_one_line_that_says_what_to_do(folder: Path, endpoint: dict[str, str]) -> None:
    def said(results: str, **environment: str) -> str:
        done = harness("standings", "--results", results, cwd=folder.parent, **{**endpoint, **environment})
        assert (done.returncode, done.stdout) == (1, "")
        (line,) = done.stderr.splitlines()
        assert "hidden" not in line
        return line

    assert "the specified bucket does not exist" in said("s3://nowhere/results").lower()
    assert "no results in s3://bucket/empty yet" in said("s3://bucket/empty")
    down = said("s3://bucket/team/results", AWS_ENDPOINT_URL=f"http://127.0.0.1:{free_port()}")
    assert "Could not connect to server" in down
    assert "check AWS_ENDPOINT_URL" in down
