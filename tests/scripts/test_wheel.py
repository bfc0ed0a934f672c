"""How llama.cpp is compiled: by what, for which processor, and where the wheel is kept."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from scripts import setup_venv
from scripts.wheel import build as wheel
from scripts.wheel.compilers import Build, Compiler, builds, find_compilers, read_version

AMX = frozenset({"avx2", "avx512f", "amx_tile", "amx_int8"})
PLAIN = frozenset({"avx2", "fma"})
GCC = [Compiler("cc", "c++", "gcc", major) for major in range(15)]
CLANG = [Compiler(f"clang-{major}", f"clang++-{major}", "clang", major) for major in range(20)]


@pytest.mark.parametrize(
    ("flags", "compilers", "chosen"),
    [
        (PLAIN, [GCC[12], CLANG[19]], (Build(GCC[12]),)),
        (frozenset(), [GCC[12]], (Build(GCC[12]),)),
        (AMX, [GCC[12]], (Build(GCC[12]), Build(GCC[12], True))),
        (AMX, [GCC[14]], (Build(GCC[14]), Build(GCC[14], True))),
        (AMX, [GCC[12], CLANG[16], CLANG[19]], (Build(CLANG[19]), Build(CLANG[19], True))),
        (AMX, [GCC[12], CLANG[15]], (Build(GCC[12]), Build(GCC[12], True))),
        (AMX, [CLANG[17], CLANG[19]], (Build(CLANG[17]), Build(CLANG[17], True))),
        (AMX, [GCC[10]], (Build(GCC[10]),)),  # which does not know AMX, nor the flags that leave it out
        (AMX, [GCC[10], CLANG[16]], (Build(CLANG[16]), Build(CLANG[16], True))),
    ],
)
def test_the_compiler_is_chosen_by_what_the_processor_has(
    flags: frozenset[str], compilers: list[Compiler], chosen: tuple[Build, ...]
) -> None:
    assert builds(flags, compilers) == chosen


@pytest.mark.parametrize(
    ("version", "family", "major"),
    [
        ("cc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software", "gcc", 12),
        ("x86_64-linux-gnu-gcc-13 (Ubuntu 13.2.0-23ubuntu4) 13.2.0", "gcc", 13),
        ("gcc (GCC) 14.2.1 20240912 (Red Hat 14.2.1-3)", "gcc", 14),
        ("Debian clang version 19.1.7 (3~deb12u1)\nTarget: x86_64-pc-linux-gnu", "clang", 19),
        ("Ubuntu clang version 18.1.3 (1ubuntu1)", "clang", 18),
        ("Apple clang version 15.0.0 (clang-1500.3.9.4)", "clang", 15),
        ("something else", "gcc", 0),
    ],
)
def test_a_compiler_is_read_from_its_version(version: str, family: str, major: int) -> None:
    assert read_version("cc", "c++", version)[2:] == (family, major)


def test_the_users_own_compiler_is_the_only_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("my-cc", "my-cxx"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'clang version 21.1.0'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("CC", str(tmp_path / "my-cc"))
    monkeypatch.setenv("CXX", str(tmp_path / "my-cxx"))
    assert [one[2:] for one in find_compilers()] == [("clang", 21)]
    monkeypatch.setenv("CXX", str(tmp_path / "none"))
    assert find_compilers() == []


def test_wheels_of_different_builds_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CMAKE_ARGS", raising=False)
    first = wheel.kept_folder(Build(GCC[12]), AMX, "llama_cpp_python==0.3.36")
    assert first == wheel.kept_folder(Build(GCC[12]), AMX, "llama_cpp_python==0.3.36")
    others = {
        wheel.kept_folder(Build(GCC[12], True), AMX, "llama_cpp_python==0.3.36"),
        wheel.kept_folder(Build(CLANG[19]), AMX, "llama_cpp_python==0.3.36"),
        wheel.kept_folder(Build(GCC[12]), PLAIN, "llama_cpp_python==0.3.36"),
        wheel.kept_folder(Build(GCC[12]), AMX, "llama_cpp_python==0.3.37"),
    }
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_CUDA=on")
    others.add(wheel.kept_folder(Build(GCC[12]), AMX, "llama_cpp_python==0.3.36"))
    assert len(others - {first}) == 5


def test_what_cmake_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_CUDA=on")
    environment = wheel.environment(Build(CLANG[19], leave_out_amx=True))
    assert (environment["CC"], environment["CXX"]) == ("clang-19", "clang++-19")
    assert environment["CMAKE_ARGS"].endswith("-DHARNESS_NO_AMX=ON -DGGML_CUDA=on"), (
        "the user has the last word"
    )
    assert "HARNESS_NO_AMX" not in wheel.environment(Build(GCC[12]))["CMAKE_ARGS"]


def test_a_wheel_is_kept_and_found_again(tmp_path: Path) -> None:
    fresh, kept = tmp_path / "fresh", tmp_path / "cache" / "kept"
    fresh.mkdir()
    (fresh / "a.whl").touch()
    assert setup_venv.keep(fresh, kept) == setup_venv.keep(fresh, kept) == kept / "a.whl"
    (fresh / "b.whl").touch()
    (tmp_path / "file").touch()
    assert setup_venv.keep(fresh, tmp_path / "file" / "kept") == fresh / "b.whl", "it cannot be written there"


def test_everything_but_the_compiled_package_is_installed_meanwhile() -> None:
    waiting, packages = setup_venv.requirements()
    assert {"pyarrow", "ruff"} <= {one.partition(">")[0] for one in packages}
    assert set(waiting) > {"llama-cpp-python[server]"}
    for one in packages:
        needs = metadata.requires(re.split(r"[\[<>=]", one)[0]) or []
        assert not any(need.startswith("llama") for need in needs), f"{one} would compile it a second time"


def test_a_job_that_fails_ends_the_set_up_with_the_end_of_its_log(tmp_path: Path) -> None:
    slow = setup_venv.start("slow", ["sleep", "60"], tmp_path)
    bad = setup_venv.start("bad", ["sh", "-c", "echo [3/7] hello; exit 3"], tmp_path, needed=False)
    setup_venv.finish([bad])
    assert setup_venv.compiler_step(bad.log) == "step 3 of 7"
    with pytest.raises(SystemExit, match="hello\nbad could not be installed"):
        setup_venv.finish([slow, bad._replace(needed=True)])
    assert slow.process.wait() != 0, "what still runs is stopped"


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs GCC")
def test_gcc_keeps_what_amx_reads(tmp_path: Path) -> None:
    """Bytes that only a tile instruction reads are stored before it; by itself GCC 12 drops them."""
    source = tmp_path / "tiles.cpp"
    source.write_text(
        "#include <immintrin.h>\n"
        "void configure(unsigned char b) { alignas(64) char c[64] = {1}; c[48] = b; _tile_loadconfig(c); }\n"
        "void load(unsigned char b) { alignas(64) char t[1024]; t[100] = b; _tile_loadd(2, t, 64); }\n"
    )
    header = Path(wheel.__file__).with_name("amx.h")
    command = ["g++", "-O3", "-march=sapphirerapids", "-S", "-o", "-", "-include", str(header), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "sapphirerapids" in done.stderr:
        pytest.skip("this GCC does not know AMX")
    assert done.stdout.count("%dil,") == 2, done.stderr
