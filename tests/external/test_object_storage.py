"""Results on an S3 server: what is read there is what the folder says, and so is what is written there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
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


# --- written -----------------------------------------------------------------

RUN_3 = ("run", "--suite", "math", "--models", "oracle,nop", "--limit", "30")


@pytest.fixture
def writer(endpoint: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of a machine of its own."""
    return {**endpoint, "XDG_STATE_HOME": str(tmp_path / "state")}


def rows(results: str, cwd: Path, **environment: str) -> list[str]:
    """Every sample's model and task, as they are read."""
    sql = "SELECT model, task_id FROM results ORDER BY ALL"
    done = harness("query", sql, "--format", "csv", "--results", results, cwd=cwd, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[1:]


def test_a_run_is_written_compacted_verified_and_copied(tmp_path: Path, writer: dict[str, str]) -> None:
    there = "s3://bucket/written"

    def run(*command: str) -> str:
        done = harness(*command, cwd=tmp_path, **writer)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    run(*RUN_3, "--results", there)
    run(*RUN_3, "--results", "folder")
    assert rows(there, tmp_path, **writer) == rows("folder", tmp_path)
    assert "nothing was missing" in run("run", "--resume", "2", "--results", there)
    before = run("standings", "--results", there)
    assert "rows changed" in run("reprice", "--results", there)
    run("results", "compact", "--results", there)
    run("results", "verify", "--results", there)
    run("results", "copy", there, "back")
    assert run("standings", "--results", there) == run("standings", "--results", "back") == before
    left = [path for path in Path(writer["XDG_STATE_HOME"]).rglob("*") if path.is_file()]
    assert left == []


def test_a_run_that_is_killed_goes_on_on_the_same_machine(tmp_path: Path, writer: dict[str, str]) -> None:
    there = "s3://bucket/killed"
    command = [sys.executable, "-m", "harness", *RUN_3, "--results", there]
    given = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent), **writer}
    process = subprocess.Popen(command, cwd=tmp_path, env=given, stderr=subprocess.PIPE, text=True)
    journals = Path(writer["XDG_STATE_HOME"])
    while process.poll() is None:
        if any(path.stat().st_size > 2000 for path in journals.rglob("*.jsonl")):
            break
        time.sleep(0.01)
    process.kill()
    process.wait()
    (run_id,) = {path.parent.name for path in journals.rglob("_manifest.json")}
    done = harness("run", "--resume", run_id, "--results", there, cwd=tmp_path, **writer)
    assert done.returncode == 0, done.stderr
    taken = rows(there, tmp_path, **writer)
    assert len(taken) == len(set(taken)) == 60


def test_keys_of_a_profile_write_too(tmp_path: Path, writer: dict[str, str]) -> None:
    keys = tmp_path / "credentials"
    keys.write_text("[team]\naws_access_key_id = ours\naws_secret_access_key = hidden\n")
    profile = {"AWS_SHARED_CREDENTIALS_FILE": str(keys), "AWS_PROFILE": "team"}
    without = {name: value for name, value in writer.items() if name not in KEYS}
    given = {**without, **profile, "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    done = harness(*RUN_3[:-1], "2", "--results", "s3://bucket/profile", cwd=tmp_path, **given)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("there", "given", "words"),
    [
        ("s3://nowhere/x", {}, "The specified bucket does not exist; make the bucket"),
        ("s3://bucket/x", {"AWS_ENDPOINT_URL": "http://example.org"}, "http:// is for this machine alone"),
        ("s3://bucket/x", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "check AWS_ENDPOINT_URL"),
        (
            "s3://bucket/x",
            {"AWS_ACCESS_KEY_ID": "", "AWS_EC2_METADATA_DISABLED": "true", "HOME": "/nonexistent"},
            "no keys; set AWS_ACCESS_KEY_ID",
        ),
    ],
)
def test_what_cannot_be_written_is_said_before_anybody_is_asked(
    tmp_path: Path, writer: dict[str, str], there: str, given: dict[str, str], words: str
) -> None:
    done = harness(*RUN_3, "--results", there, cwd=tmp_path, **{**writer, **given})
    assert done.returncode == 1
    assert words in done.stderr.splitlines()[-1]
    assert "hidden" not in done.stderr
