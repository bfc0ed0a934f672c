from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from harness.graders.execution import cache
from harness.graders.execution.cache import VerdictCache
from harness.records import Verdict

RIGHT = Verdict(True, 1.0, "python", metrics={"tests": {"a": True}, "cached": False, "run_s": 0.01})
WRONG = Verdict(False, 0.5, "python", "wrong_answer", "case 2: expected 1, got 2", {"cached": False})


def test_a_verdict_comes_back_as_it_was_but_marked(tmp_path: Path) -> None:
    VerdictCache(tmp_path / "deep" / "v.sqlite").put("k", WRONG)
    verdict = VerdictCache(tmp_path / "deep" / "v.sqlite").get("k")
    assert verdict == Verdict(False, 0.5, "python", "wrong_answer", WRONG.error, {"cached": True})
    assert VerdictCache(tmp_path / "deep" / "v.sqlite").get("other") is None


@pytest.mark.parametrize(
    "error_type", ["timeout", "memory_limit", "output_limit", "crash", "protocol_violation"]
)
def test_what_may_be_the_machines_doing_is_not_kept(tmp_path: Path, error_type: str) -> None:
    verdicts = VerdictCache(tmp_path / "v.sqlite")
    verdicts.put("k", Verdict(False, 0.0, "python", error_type))
    assert verdicts.get("k") is None


def test_everything_named_is_part_of_the_key() -> None:
    base = {"code": "x = 1", "flags": ["-O"], "cases": (1, None)}
    keys = {
        cache.key(base),
        cache.key({**base, "code": "x = 2"}),
        cache.key({**base, "flags": []}),
        cache.key({**base, "cases": (1, "None")}),
        cache.key({**base, "code": "x = '\ud800'"}),
        cache.key({**base, "limits": 3}),
    }
    assert len(keys) == 6
    assert cache.key(dict(reversed(base.items()))) == cache.key(base)


def test_the_environment_says_where_and_whether(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("HARNESS_VERDICT_CACHE", raising=False)
    cache.shared().put("k", RIGHT)
    assert (tmp_path / "harness" / "verdicts.sqlite").exists()
    assert cache.shared().get("k") is not None
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "off")
    assert cache.shared().get("k") is None


@pytest.mark.parametrize("spoil", ["a text file", "a folder"])
def test_a_file_that_is_no_database_is_no_cache(tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "v.sqlite"
    if spoil == "a folder":
        path.mkdir()
    else:
        path.write_text("hello, this is not a database " * 100)
    verdicts = VerdictCache(path)
    verdicts.put("k", RIGHT)
    assert verdicts.get("k") is None


def test_threads_and_processes_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    verdicts = VerdictCache(path)

    def fill(n: int) -> None:
        for i in range(20):
            verdicts.put(f"{n}-{i}", RIGHT)

    threads = [threading.Thread(target=fill, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    program = (
        "import sys, pathlib; from harness.graders.execution.cache import VerdictCache\n"
        "v = VerdictCache(pathlib.Path(sys.argv[1]))\n"
        "print(sum(v.get(f'{n}-{i}') is not None for n in range(4) for i in range(20)))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True)
    assert done.stdout == "80\n", done.stderr
