"""How ``harness serve`` refuses to start: one line, which says what to do."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from harness.serve.callers import add_key
from tests.cli.conftest import Harness
from tests.loopback import Loopback, answer
from tests.serve.gateways import write_rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What commands are started in: rules and keys, good and bad."""
    with Loopback(answer(200)) as server:
        good = write_rules(tmp_path / "good.yaml", server).read_text()
    (tmp_path / "bad.yaml").write_text("rules: [")
    (tmp_path / "unknown.yaml").write_text(good.replace("primary: m1", "primary: nobody"))
    for name in ("keys", "open"):
        add_key(tmp_path / f"{name}.yaml", "alice")
    (tmp_path / "open.yaml").chmod(0o666)
    (tmp_path / "empty.yaml").write_text("keys: []")
    (tmp_path / "plain.yaml").write_text("keys: [{name: bob, sha256: hk-not-a-digest}]")
    (tmp_path / "file").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--rules none.yaml", "`harness rules build -o none.yaml`"),
        ("--rules bad.yaml", "bad.yaml:2: not valid YAML"),
        ("--rules unknown.yaml", "'primary' names the model 'nobody'; known: m1"),
        ("--host 0.0.0.0", "harness serve --new-key NAME --keys keys.yaml makes one"),
        ("--keys none.yaml", "harness serve --new-key NAME --keys none.yaml makes one"),
        ("--keys empty.yaml", "harness serve --new-key NAME --keys empty.yaml makes one"),
        ("--keys plain.yaml", "must be the SHA-256 of a key"),
        ("--keys open.yaml", "chmod o-w open.yaml"),
        ("--host 192.0.2.1 --keys keys.yaml", "this machine has no such address"),
        ("--host no-host.invalid --keys keys.yaml", "give --host a name or an address of this machine"),
        ("--results file/results", "--results names another folder"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(harness: Harness, folder: Path, options: str, words: str) -> None:
    done = harness("serve", "--rules", "good.yaml", "--port", "0", *options.split())
    assert (done.code, done.err.count("\n")) == (1, 1) and done.err.startswith("error: "), done.err
    assert words in done.err and "hk-not" not in done.err


def test_a_port_that_is_taken_is_said_before_models_are_loaded(harness: Harness, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = harness("serve", "--rules", "good.yaml", "--preload", "--port", str(port))
    assert done.code == 1 and "another program listens there" in done.err


def test_a_file_of_keys_is_for_its_owner_alone(harness: Harness, folder: Path) -> None:
    key = harness("serve", "--new-key", "bob", "--keys", "keys.yaml").out.strip()
    assert (folder / "keys.yaml").stat().st_mode & 0o777 == 0o600
    assert key.startswith("hk-") and key not in (folder / "keys.yaml").read_text()
    (folder / "keys.yaml").chmod(0o644)
    done = harness("serve", "--keys", "keys.yaml", "--rules", "good.yaml", "--host", "192.0.2.1")
    assert "warning: keys.yaml: every user of this machine can read it; chmod o-r keys.yaml" in done.err
