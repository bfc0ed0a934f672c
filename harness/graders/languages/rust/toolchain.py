"""The Rust compiler past its rustup wrapper, how to link without a C compiler in between, the runtime."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.files import made_whole
from harness.paths import cache_folder

_RUNTIME = Path(__file__).with_name("runtime.rs")
_COMMON_CODE = Path(__file__).with_name("common.rs")  # a module of the runtime
NEWEST = ("2024", "2021")  # the editions that code is compiled in which names none; the first that it fits
OLDER = ("2018", "2015")
_OLDEST = (1, 85)  # the first Rust with the edition 2024
_FLAGS = ("-Cdebuginfo=0", "-Ccodegen-units=1", "-Cprefer-dynamic")
# Without optimisation, since only then does a program link to a library's instances of generic code. Bound
# to itself, because looking its own symbols up would take longer than most answers run.
_RUNTIME_FLAGS = (
    *_FLAGS,
    "--edition=2021",
    "--crate-name=harness_driver",
    "--crate-type=dylib",
    "-Clink-arg=-Wl,-Bsymbolic",
)
_MISSING = (
    "Rust answers cannot be compiled: no {what}; install Rust from https://rustup.rs "
    "(curl -sSf https://sh.rustup.rs | sh -s -- -y) and a C compiler (apt-get install gcc)"
)
_DIRECT = "x86_64-unknown-linux-gnu"  # where the linker is called directly
_LOADER = "/lib64/ld-linux-x86-64.so.2"
_LIBRARY = "libharness_driver.so"
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What compiling takes: the compiler, its flags, and the folders that it and its programs read."""

    id: str
    rustc: Path
    flags: tuple[str, ...]
    readonly: tuple[Path, ...]  # for compiling
    libraries: Path  # for running: the standard library
    runtime: Path  # for running: our own part of every program that calls an answer


def editions(named: str | int | None) -> tuple[str, ...]:
    """The editions to try in turn: the one that is named, or the newest. Raises ``ValueError``."""
    if named is None:
        return NEWEST
    if str(named) not in (*NEWEST, *OLDER):
        raise ValueError(f"`edition` must be one of {', '.join((*NEWEST, *OLDER))}")
    return (str(named),)


def toolchain() -> Toolchain:
    """Find Rust and have the runtime compiled; that takes some seconds once, then it is kept on disk.

    Raises ``SandboxUnavailable`` with the command that installs what is missing.
    """
    with _lock:
        return _prepared(cache_folder())


@cache
def _prepared(folder: Path) -> Toolchain:
    wrapper = shutil.which("rustc")
    if wrapper is None:
        raise SandboxUnavailable(_MISSING.format(what="rustc"))
    sysroot = Path(_output([wrapper, "--print", "sysroot"]))
    rustc = sysroot / "bin" / "rustc"
    version = _output([str(rustc), "-vV"])
    release = re.search(r"^release: (\d+)\.(\d+)", version, re.MULTILINE)
    if release is None or tuple(map(int, release.groups())) < _OLDEST:
        raise SandboxUnavailable(
            f"Rust answers cannot be compiled: Rust {_OLDEST[0]}.{_OLDEST[1]} or newer is needed, this is "
            f"{version.splitlines()[0]!r}; rustup update"
        )
    host = next(line.removeprefix("host: ") for line in version.splitlines() if line.startswith("host: "))
    libraries = sysroot / "lib" / "rustlib" / host / "lib"
    digest = hashlib.sha256(repr((version, _RUNTIME_FLAGS)).encode())
    for source in (_RUNTIME, _COMMON_CODE):
        digest.update(source.read_bytes())
    runtime = folder / f"rust-{digest.hexdigest()[:16]}"
    if not runtime.is_dir():
        _compile_runtime(rustc, runtime)
    flags = (*_FLAGS, *_linking(libraries, runtime, host), f"--extern=harness_driver={runtime}/{_LIBRARY}")
    identity = hashlib.sha256(repr((digest.hexdigest(), flags)).encode()).hexdigest()
    return Toolchain(identity, rustc, flags, (sysroot, runtime), libraries, runtime)


def _linking(libraries: Path, runtime: Path, host: str) -> list[str]:
    """Flags that call the linker which comes with Rust directly, or, failing that, through ``cc``."""
    if shutil.which("cc") is None:
        raise SandboxUnavailable(_MISSING.format(what="C compiler"))
    linker = libraries.parent / "bin" / "rust-lld"
    if host != _DIRECT or not linker.is_file():
        return [f"-Clink-arg=-Wl,-rpath,{libraries}:{runtime}"]
    system, compiler = (
        Path(_output(["cc", f"-print-file-name={name}"])).resolve().parent
        for name in ("Scrt1.o", "crtbeginS.o")
    )
    options = [
        *(f"{system}/Scrt1.o", f"{system}/crti.o", f"{compiler}/crtbeginS.o"),
        *(f"-L{compiler}", f"-L{system}"),
        *("-dynamic-linker", _LOADER, "-rpath", f"{libraries}:{runtime}", "-O0", "--threads=1"),
        *(f"{compiler}/crtendS.o", f"{system}/crtn.o"),
    ]
    direct = [f"-Clinker={linker}", "-Clinker-flavor=ld.lld", "-Clink-self-contained=no"]
    return [*direct, *(f"-Clink-arg={option}" for option in options)]


def _compile_runtime(rustc: Path, target: Path) -> None:
    """Compile our own part of every program into ``target``."""
    with made_whole(target) as folder:
        _output([str(rustc), *_RUNTIME_FLAGS, str(_RUNTIME), "-o", str(folder / _LIBRARY)])


def _output(argv: list[str]) -> str:
    """The standard output of a command of ours, run where no project's settings apply to it."""
    try:
        return subprocess.run(argv, capture_output=True, check=True, cwd="/", text=True).stdout.strip()
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no message"])[-1]
        raise SandboxUnavailable(f"Rust answers cannot be compiled: {argv[0]} failed: {reason}") from None
