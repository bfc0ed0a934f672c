from __future__ import annotations

import dataclasses
import os
import re
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harness.sandbox.base import Outcome
from harness.sandbox.bwrap import Bwrap
from harness.sandbox.unsafe import Unsandboxed
from harness.sandbox.warm import WarmPython, warm_python
from tests.sandbox.conftest import QUICK, arguments, children, is_root, launchers, wait_for


def run(worker: WarmPython, code: str, **changes: Any) -> Outcome:
    return worker.run(code.encode(), limits=dataclasses.replace(QUICK, **changes))


@pytest.fixture(params=["bwrap", "none"])
def either(request: pytest.FixtureRequest) -> WarmPython:
    """A worker of each level, for what does not depend on the level."""
    fixture = {"bwrap": "warm", "none": "unsandboxed_warm"}[request.param]
    worker: WarmPython = request.getfixturevalue(fixture)
    return worker


@pytest.fixture(scope="module")
def unsandboxed_warm(unsandboxed: Unsandboxed) -> Any:
    worker = WarmPython(unsandboxed)
    yield worker
    worker.close()


def test_keeps_the_channel_apart_from_the_output(either: WarmPython) -> None:
    code = "import os, sys\nos.write(__channel__, b'0 1\\n')\nprint('out')\nprint('err', file=sys.stderr)"
    outcome = run(either, code)
    assert (outcome.channel, outcome.stdout, outcome.stderr) == (b"0 1\n", b"out\n", b"err\n")
    assert (outcome.exit_code, outcome.stopped_by) == (0, None)


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [
        ("", 0, b""),
        ("raise SystemExit", 0, b""),
        ("raise SystemExit(0)", 0, b""),
        ("raise SystemExit(7)", 7, b""),
        ("raise SystemExit('reason')", 1, b"reason\n"),
        ("import os; os._exit(9)", 9, b""),
        ("1 / 0", 1, b"ZeroDivisionError: division by zero\n"),
        ("def f(:", 1, b"SyntaxError: invalid syntax\n"),
        ("import sys; sys.stdout.close()", 0, b""),
        ("import threading, time; threading.Thread(target=time.sleep, args=(60,)).start()", 0, b""),
    ],
)
def test_ends_as_a_program_does(code: str, exit_code: int, said: bytes, either: WarmPython) -> None:
    outcome = run(either, code)
    assert (outcome.exit_code, outcome.stopped_by) == (exit_code, None), outcome
    assert outcome.stderr.endswith(said)


@pytest.mark.parametrize(
    ("code", "changes", "stopped_by"),
    [
        ("while True: pass", {"wall_s": 0.2}, "wall"),
        ("import time; time.sleep(60)", {"wall_s": 0.2}, "wall"),
        ("import os, time\nfor fd in range(4): os.close(fd)\ntime.sleep(60)", {"wall_s": 0.2}, "wall"),
        ("while True: pass", {"cpu_s": 1}, "cpu"),
        ("x = bytearray(3 << 30)", {}, "memory"),
        ("import os\nwhile True: os.write(1, bytes(1 << 16))", {}, "output"),
        ("import os\nwhile True: os.write(2, bytes(1 << 16))", {}, "output"),
        ("import os\nwhile True: os.write(__channel__, bytes(1 << 16))", {}, "output"),
        ("import os\nwhile True:\n try: os.write(1, bytes(1 << 16))\n except OSError: pass", {}, "output"),
        ("import ctypes; ctypes.string_at(0)", {}, "signal:11"),
        ("import os; os.abort()", {}, "signal:6"),
        ("import os; os.kill(os.getpid(), 9)", {}, "signal:9"),
    ],
)
def test_stops(code: str, changes: dict[str, Any], stopped_by: str, either: WarmPython) -> None:
    outcome = run(either, code, **changes)
    assert (outcome.stopped_by, outcome.exit_code) == (stopped_by, None), outcome
    limit = QUICK.output_kb << 10
    assert max(len(outcome.stdout), len(outcome.stderr), len(outcome.channel)) <= limit
    assert run(either, "print('next')").stdout == b"next\n"


REFUSED = {
    "fork": "os.fork() or os._exit(0)",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "another program": "os.execv('/bin/true', ['true'])",
    "tcp": "socket.socket(socket.AF_INET)",
    "unix socket": "socket.socket(socket.AF_UNIX)",
    "kill the supervisor": "os.kill(os.getppid(), 9)",
    "stop the supervisor": "os.kill(os.getppid(), 19)",
    "probe the supervisor": "os.kill(os.getppid(), 0)",
    "kill all": "os.kill(-1, 9)",
    "kill the group": "os.kill(0, 9)",
    "kill the first process": "os.kill(1, 9)",
    "kill a thread of the supervisor": "system(234, os.getppid(), os.getppid(), 9)",
    "kill by thread number": "system(200, os.getppid(), 9)",
    "queue a signal": "system(129, os.getppid(), 9, 0)",
    "signal by process descriptor": "os.pidfd_open(os.getppid())",
    "signal by way of a pipe": "fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getppid())",
    "limit the supervisor": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))",
    "slow the supervisor down": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "bind the supervisor": "os.sched_setaffinity(os.getppid(), {0})",
    "move the supervisor": "os.setpgid(os.getppid(), 0)",
    "trace the supervisor": "system(101, 0x4206, os.getppid(), 0, 0)",
    "read the supervisor's memory": "system(310, os.getppid(), 0, 0, 0, 0, 0)",
    "write the supervisor's memory": "system(311, os.getppid(), 0, 0, 0, 0, 0)",
    "take the supervisor's descriptors": "system(438, 3, 3, 0)",
    "pass descriptors on": "socket.send_fds(socket.socketpair()[0], [b'x'], [0])",
    "processes": "os.listdir('/proc')",
    "a new file": "open('/tmp/x', 'w')",
    "a writable device": "open('/dev/full', 'w')",
    "shared memory": "os.memfd_create('x')",
    "raise its limits": "resource.setrlimit(resource.RLIMIT_CPU, (1 << 30, 1 << 30))",
}
SYSTEM = """
import ctypes, fcntl, os, resource, socket
def system(*arguments):
    if ctypes.CDLL(None, use_errno=True).syscall(*arguments) < 0: raise OSError(ctypes.get_errno(), 'refused')
"""


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str, warm: WarmPython) -> None:
    if "system(" in REFUSED[name] and os.uname().machine != "x86_64":
        pytest.skip("the numbers are those of x86_64")
    before = launchers()
    code = f"{SYSTEM}\ntry:\n {REFUSED[name]}\nexcept (OSError, ValueError): print('refused')"
    assert run(warm, code).stdout == b"refused\n"
    assert run(warm, "print('next')").stdout == b"next\n"
    assert launchers() == before  # it is the same supervisor still


def test_threads_are_counted_and_nobody_elses(warm: WarmPython) -> None:
    code = (
        "import threading\nstarted = 0\nend = threading.Event()\n"
        "try:\n while True: threading.Thread(target=end.wait).start(); started += 1\n"
        "except RuntimeError: end.set(); print(started)"
    )
    assert [0 < int(run(warm, code).stdout) <= QUICK.processes for _ in range(2)] == [True, True]


def test_a_child_has_its_own_descriptors_and_no_other(warm: WarmPython) -> None:
    code = (
        "import os, stat\n"
        "for fd in range(256):\n"
        " try: mode = os.fstat(fd).st_mode\n"
        " except OSError: continue\n"
        " print(fd, 'pipe' if stat.S_ISFIFO(mode) else 'device' if stat.S_ISCHR(mode) else 'else')"
    )
    assert run(warm, code).stdout == b"0 device\n1 pipe\n2 pipe\n3 pipe\n"


def test_a_child_has_no_environment(warm: WarmPython, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_API_KEY", "secret")
    names = run(warm, "import os; print(sorted(set(os.environ) - {'LC_CTYPE'}))").stdout
    assert names == b"['HOME', 'LANG', 'PATH', 'PWD', 'PYTHONHASHSEED']\n"


def test_nothing_passes_from_one_script_to_the_next(warm: WarmPython) -> None:
    poison = (
        "import builtins, json, os, random, sys\n"
        "builtins.len = json.dumps = print = None\n"
        "sys.modules['math'] = 'poison'; sys.path.append('/poison'); os.environ['POISON'] = '1'\n"
        "sys.stdout = None; random.seed(1); leftover = 1\n"
        "os.chdir('/usr'); os.umask(0)"
    )
    look = (
        "import json, math, os, random, sys\n"
        "print(len('ab'), json.dumps([1]), math.pi > 3, '/poison' in sys.path, 'POISON' in os.environ,\n"
        "  'leftover' in globals(), os.getcwd(), os.umask(0o22), random.random())"
    )
    clean = run(warm, look).stdout
    assert run(warm, poison).exit_code == 0
    assert run(warm, look).stdout.split()[:-1] == clean.split()[:-1]
    assert clean.split()[-1] != run(warm, look).stdout.split()[-1], "every child has its own random numbers"


def test_order_of_sets_does_not_change(warm: WarmPython, bwrap: Bwrap) -> None:
    code = "print({str(n) for n in range(20)})"
    other = WarmPython(bwrap)
    assert run(warm, code).stdout == run(other, code).stdout
    other.close()


def test_ordinary_code_works(warm: WarmPython) -> None:
    code = (
        "import asyncio, dataclasses, pickle, threading\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "@dataclasses.dataclass\nclass Point: x: int\n"
        "async def twice(n):\n await asyncio.sleep(0)\n return 2 * n\n"
        "async def main(): return await asyncio.gather(twice(1), twice(2))\n"
        "print(asyncio.run(main()), pickle.loads(pickle.dumps(Point(3))))\n"
        "with ThreadPoolExecutor(2) as pool: print(list(pool.map(str, range(3))))\n"
        "with open('/dev/null', 'w') as null: print('gone', file=null)\n"
        "print(__name__)"
    )
    outcome = run(warm, code)
    assert outcome.stdout == b"[2, 4] Point(x=3)\n['0', '1', '2']\n__main__\n", outcome


def test_a_script_may_be_long_and_so_may_its_output(either: WarmPython) -> None:
    text = "x" * (1 << 20)
    outcome = run(either, f"import os\ntext = {text!r}\nos.write(__channel__, text.encode())", output_kb=2048)
    assert outcome.channel == text.encode()


@pytest.mark.skipif(not is_root(), reason="only root may look into the supervisor's memory")
def test_the_supervisor_never_holds_a_script(bwrap: Bwrap) -> None:
    worker = WarmPython(bwrap)
    before = launchers()
    word = "a_word_that_" + os.urandom(8).hex()
    assert run(worker, f"print('{word}')").stdout.decode().strip() == word
    (launcher,) = launchers() - before
    assert word.encode() not in memory(descendant(launcher, 3))  # bubblewrap, its inner half, Python
    worker.close()


def descendant(pid: int, generations: int) -> int:
    for _ in range(generations):
        (pid,) = children(pid)
    return pid


def memory(pid: int) -> bytes:
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as file:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            first, last = (int(word, 16) for word in re.split("[- ]", line)[:2])
            if " rw" in line:
                file.seek(first)
                found.append(file.read(last - first))
    return b"".join(found)


def test_starts_again_when_the_supervisor_dies(bwrap: Bwrap) -> None:
    worker = WarmPython(bwrap)
    before = launchers()
    assert run(worker, "print(1)").stdout == b"1\n"
    for generations in (2, 0):  # the sandbox's first process, and with it the supervisor; the launcher
        (launcher,) = launchers() - before
        victim, supervisor = descendant(launcher, generations), descendant(launcher, 3)
        os.kill(victim, signal.SIGKILL)
        assert wait_for(lambda: not arguments(supervisor))  # noqa: B023
        assert run(worker, "print(2)").stdout == b"2\n"
    worker.close()
    assert wait_for(lambda: launchers() <= before)


def test_an_interrupted_answer_is_not_taken_for_the_next(
    bwrap: Bwrap, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = WarmPython(bwrap)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("harness.sandbox.warm.select.poll", interrupt)
        run(worker, "print('stale')")
    assert run(worker, "print('fresh')").stdout == b"fresh\n"
    worker.close()


def interrupt() -> None:
    raise KeyboardInterrupt


def test_every_thread_has_its_own_worker(bwrap: Bwrap) -> None:
    gate = threading.Barrier(3)

    def job(number: int) -> tuple[int, bytes]:
        worker = warm_python(bwrap)
        gate.wait()
        said = run(worker, f"print({number})").stdout
        assert warm_python(bwrap) is worker
        return id(worker), said

    before = launchers()
    with ThreadPoolExecutor(3) as pool:
        workers, said = zip(*pool.map(job, range(3)), strict=True)
    assert (len(set(workers)), said) == (3, (b"0\n", b"1\n", b"2\n"))
    assert wait_for(lambda: launchers() <= before), "workers end with their threads"


def test_needs_a_known_level() -> None:
    class Odd:
        level = "odd"

    with pytest.raises(TypeError, match="odd"):
        warm_python(Odd())  # type: ignore[arg-type]


def test_without_a_sandbox_a_samples_own_children_die_with_it(unsandboxed_warm: WarmPython) -> None:
    code = "import os, time\npid = os.fork()\nif pid == 0: time.sleep(600)\nprint(pid)"
    left_behind = int(run(unsandboxed_warm, code).stdout)
    assert wait_for(lambda: not arguments(left_behind))
