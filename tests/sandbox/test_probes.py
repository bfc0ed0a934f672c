from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

import pytest

import harness.sandbox
from harness.errors import SandboxUnavailable
from harness.sandbox import bwrap as level
from harness.sandbox import open_sandbox
from harness.sandbox.bwrap import Bwrap, remedy
from harness.sandbox.probes import probe
from harness.sandbox.seccomp import ALLOW
from harness.sandbox.unsafe import Unsandboxed
from tests.sandbox.conftest import is_root


@pytest.fixture
def unchecked() -> Iterator[None]:
    """Forget what the self-test found in this process, before and after."""
    harness.sandbox._checked.cache_clear()
    yield
    harness.sandbox._checked.cache_clear()


def test_bubblewrap_stops_every_probe(bwrap: Bwrap) -> None:
    report = probe(bwrap)
    assert report.level == "bwrap"
    assert len(report.stopped) >= 19
    assert [name for name, stopped in report.stopped.items() if not stopped] == []


def test_the_probes_get_through_where_nothing_stops_them(unsandboxed: Unsandboxed) -> None:
    stopped = probe(unsandboxed).stopped
    got_through = {"tcp", "udp", "abstract", "read_outside", "write_outside", "delete_outside", "accounts"}
    got_through |= {"kill_neighbour", "new_process", "thread_bomb", "memfd_create", "fork_bomb", "disk"}
    assert [name for name in got_through if stopped[name]] == []
    assert stopped["own_environment"] and stopped["memory_hog"] and stopped["flood"]


@pytest.mark.usefixtures("bwrap", "unchecked")
def test_opens_once_a_process() -> None:
    assert open_sandbox("auto") is open_sandbox("bwrap")
    assert open_sandbox("none").level == "none"


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("choice", ["auto", "bwrap"])
def test_without_bubblewrap_it_says_how_to_get_it(choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxUnavailable, match="apt-get install bubblewrap"):
        open_sandbox(choice)  # type: ignore[arg-type]


@pytest.mark.usefixtures("bwrap", "unchecked")
def test_a_sandbox_with_a_hole_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = level.arguments

    def leaky(env: Mapping[str, str], view: Sequence[str], mounts: Sequence[str]) -> Iterator[str]:
        yield from whole(env, view, mounts)
        yield "--share-net"

    monkeypatch.setattr(level, "arguments", leaky)
    monkeypatch.setattr(level, "program", lambda mode: ALLOW_ALL)
    with pytest.raises(SandboxUnavailable, match=r"does not stop tcp, udp, abstract.*new_process"):
        open_sandbox("auto")


ALLOW_ALL = b"".join(
    part.to_bytes(size, sys.byteorder) for part, size in zip(ALLOW, (2, 1, 1, 4), strict=True)
)


@pytest.mark.usefixtures("bwrap")
@pytest.mark.skipif(not is_root(), reason="only root can forbid namespaces to a child")
def test_a_kernel_that_forbids_namespaces_is_named_with_the_command_that_helps() -> None:
    code = (
        "from harness.sandbox import open_sandbox\n"
        "from harness.errors import SandboxUnavailable\n"
        "try: open_sandbox('auto')\n"
        "except SandboxUnavailable as error: print(error)"
    )
    forbid = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    result = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", forbid, "sh", sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=os.curdir,
    )
    assert "sysctl -w user.max_user_namespaces" in result.stdout, result
    assert len(result.stdout.splitlines()) == 1


def test_an_old_bubblewrap_is_named() -> None:
    assert "0.8" in remedy("bwrap: Unknown option --disable-userns")
