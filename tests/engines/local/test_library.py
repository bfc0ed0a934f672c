"""Whether the installed llama.cpp may repack weights is tried, and kept for as long as it is the same."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.engines.local import library
from harness.engines.local.library import Library, compiler, installed, judge, may_repack, rebuild, unused
from harness.engines.local.llama_cpp import LlamaCpp
from harness.engines.local.probe import QUANTIZATIONS
from harness.errors import ModelUnavailable
from harness.files import write_atomically
from harness.paths import BUILTIN_MODELS
from harness.records import ModelSpec

SYSTEM = json.dumps({"system": "CPU : AVX2 = 1 | FMA = 1 | AMX_INT8 = 0 | REPACK = 1 | "})


def plain(name: str) -> str:
    return json.dumps({"plain": name})


def repacked(name: str, difference: float = 0.001, buffer: str = "CPU_REPACK") -> str:
    return json.dumps({"repacked": name, "difference": difference, "buffers": ["CPU_Mapped", buffer]})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with libraries that nobody has probed, and a cache of the test's own."""
    monkeypatch.setenv("LLAMA_CPP_LIB_PATH", str(tmp_path / "lib"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "libggml-cpu.so").write_bytes(b"GCC: (Debian 12.2.0-14) 12.2.0\0")
    return tmp_path / "lib"


@pytest.fixture
def probes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each look at the library that needed a probe; the probe says that all is well."""
    ran: list[str] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        ran.append(command[-1])
        return subprocess.CompletedProcess(
            command, 0, "\n".join((SYSTEM, plain("Q4_0"), repacked("Q4_0"))), ""
        )

    monkeypatch.setattr(subprocess, "run", run)
    return ran


def look() -> Library:
    """As another process would."""
    return installed.__wrapped__()


def test_the_installed_library_computes_repacked_weights_as_it_does_others() -> None:
    seen = installed()
    assert seen.runs and not seen.failure and may_repack()
    assert set(seen.repacked) <= set(QUANTIZATIONS)
    assert not {"AVX2", "DOTPROD"} & set(seen.features) or "Q4_0" in seen.repacked
    assert compiler() != "an unknown compiler"


def test_what_goes_well() -> None:
    lines = [SYSTEM, plain("Q4_0"), repacked("Q4_0"), plain("Q8_0"), repacked("Q8_0", 0.0, "CPU_Mapped")]
    assert judge("k", lines, 0, "") == Library("k", True, ("AVX2", "FMA", "REPACK"), ("Q4_0",))


@pytest.mark.parametrize(
    ("lines", "code", "complaint", "runs", "failure"),
    [
        ([], -4, "", False, "not run on this processor (signal 4, SIGILL)"),
        ([SYSTEM], -11, "", False, "not run on this processor (signal 11, SIGSEGV)"),
        ([], 1, "a\nOSError: no libomp.so", False, "(exit code 1: OSError: no libomp.so)"),
        ([SYSTEM, plain("Q4_0")], -11, "", True, "Q4_0 weights end the process (signal 11, SIGSEGV)"),
        ([SYSTEM, plain("Q4_0"), repacked("Q4_0"), plain("Q6_K")], -6, "", True, "Q6_K weights end"),
        ([SYSTEM, plain("Q4_0"), repacked("Q4_0", 1.3)], 0, "", True, "Q4_0 weights give other results"),
        ([SYSTEM, plain("Q4_K"), repacked("Q4_K", float("nan"))], 0, "", True, "Q4_K weights give other"),
        ([SYSTEM, plain("Q4_0"), repacked("Q4_0", 1.3), plain("Q8_0")], -9, "", True, "Q8_0 weights end"),
    ],
)  # fmt: skip
def test_what_goes_wrong(lines: list[str], code: int, complaint: str, runs: bool, failure: str) -> None:
    seen = judge("k", lines, code, complaint)
    assert seen.runs is runs and failure in seen.failure and not seen.repacked


def test_a_library_is_probed_once(folder: Path, probes: list[str]) -> None:
    assert look().repacked == look().repacked == ("Q4_0",)
    assert len(probes) == 1
    (folder / "libggml-cpu.so").write_bytes(b"another")
    look()
    assert len(probes) == 2, "another library is another question"


def test_another_processor_is_another_question(
    folder: Path, probes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look()
    monkeypatch.setattr(library, "_processor", lambda: "flags : amx_int8")
    look()
    assert len(probes) == 2


def test_a_read_only_environment_is_remembered_in_the_cache(
    folder: Path, probes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: str) -> None:
        if path.parent == folder:
            raise PermissionError
        write_atomically(path, content)

    monkeypatch.setattr(library, "write_atomically", refuse)
    assert look() == look()
    assert len(probes) == 1 and not (folder / "harness-probe.json").exists()
    monkeypatch.setattr(library, "write_atomically", lambda *_: refuse(folder / "x", ""))
    shutil.rmtree(folder.parent / "cache")
    assert look() == look()
    assert len(probes) == 3, "where nothing can be kept, every process tries"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"key": 3, "more": 4}', '"x"', "\xff"])
def test_a_damaged_note_is_written_anew(folder: Path, probes: list[str], content: str) -> None:
    (folder / "harness-probe.json").write_text(content, "latin-1")
    assert look() == look()
    assert len(probes) == 1


def test_a_busy_machine_is_asked_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_PROBE", [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(library, "_PATIENCE_S", 0.1)
    assert look().runs and "did not end" in look().failure
    assert not (folder / "harness-probe.json").exists()


def test_a_library_for_another_processor_is_one_line_before_the_model_is_loaded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "_PROBE", [sys.executable, "-c", "import os; os.kill(os.getpid(), 4)"])
    monkeypatch.setattr("harness.engines.local.llama_cpp.installed", look)
    engine = LlamaCpp(ModelSpec("m", "llama_cpp", "local", path=str(BUILTIN_MODELS / "demo-xs.gguf")))
    with pytest.raises(ModelUnavailable, match=r"does not run on .*SIGILL\); compile it here: "):
        asyncio.run(engine.open())


def test_what_the_processor_has_and_the_library_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_processor", lambda: "flags : avx2 fma avx512f amx_int8")
    assert unused(Library("k", True, ("AVX2", "FMA"))) == ["AVX512", "AMX_INT8"]
    assert unused(Library("k", True, ("AVX2", "FMA", "AVX512", "AMX_INT8"))) == []
    assert rebuild() == "make clean setup" or rebuild().startswith("CC=clang CXX=clang++ ")
    monkeypatch.setattr(sys, "prefix", "/somewhere/else")
    assert rebuild().startswith("CC=clang CXX=clang++ ") and rebuild().endswith("llama-cpp-python")
    monkeypatch.setattr(library, "_processor", lambda: "flags : avx2 fma")
    assert "clang" not in rebuild()


def test_the_compiler_stands_in_the_library(folder: Path) -> None:
    assert compiler() == "GCC 12.2.0"
    (folder / "libllama.so").write_bytes(b"Debian clang version 19.1.7 (3~deb12u1)\0")
    assert compiler() == "clang 19.1.7", "which links what GCC compiled"
    (folder / "libggml-cpu.so").unlink()
    (folder / "libllama.so").unlink()
    assert compiler() == "an unknown compiler"
