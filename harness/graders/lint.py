"""What a language's own linter says of answers' code: clippy, go vet, ruff.

Beside the verdict, never part of it, and counted only when it is asked for: a linter takes longer than most
answers run.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from harness.errors import SandboxUnavailable
from harness.graders.languages.go import toolchain as go_toolchain
from harness.graders.languages.go.source import in_package, prepare
from harness.graders.languages.rust import toolchain as rust_toolchain
from harness.sandbox.base import Limits, Sandbox

_MISSING = "no code in {language} is linted: there is no {tool}; {remedy}"
_EACH_S = 1.0  # for each answer, beside the limits of one
_MOST = 1 << 18  # bytes about one answer; of one with more to say, nothing is counted
_CUT = f"head -c {_MOST}; echo"
_COMPILER_ERROR = "E"  # E0308: rustc's errors are numbered, lints have names
_NOT_PYTHON = "invalid-syntax"

Rules = Mapping[str, int]  # rule → how often it was broken


class Linter(Protocol):
    """Reads every file of a folder; code that the compiler refuses is not among what comes back."""

    def __call__(self, folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, Rules]: ...


@dataclass(frozen=True, slots=True)
class _Language:
    tool: str
    suffix: str
    linter: Linter


def lint(language: str, codes: Sequence[str], sandbox: Sandbox) -> list[Rules | None]:
    """The rules that each of these programs breaks; ``None`` for one that does not compile.

    Raises ``SandboxUnavailable`` with the command that installs a missing tool, ``KeyError``
    for a language without a linter.
    """
    known = LINTERS[language]
    with tempfile.TemporaryDirectory(prefix="harness-lint-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o711)  # the sandbox's user must reach the files below it
        names = [f"answer{number}{known.suffix}" for number in range(len(codes))]
        for name, code in zip(names, codes, strict=True):
            (folder / name).write_text(code, encoding="utf-8", errors="replace")
        found = known.linter(folder, names, sandbox)
    return [found.get(name) for name in names]


def _clippy(folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, Rules]:
    rust = rust_toolchain.toolchain()
    clippy = rust.rustc.with_name("clippy-driver")
    if not clippy.is_file():
        raise _missing("rust", "rustup component add clippy")
    flags = "--crate-type=lib --emit=metadata --error-format=json --cap-lints=warn -Adead_code -o out.rmeta"
    command = f'"{clippy}" --sysroot "{clippy.parent.parent}" {flags} $name --edition='
    rules: dict[str, Rules] = {}
    for edition in rust_toolchain.NEWEST:
        left = [name for name in names if name not in rules]
        for name, said in _said(command + edition, folder, left, sandbox, rust.readonly) if left else ():
            codes = [code for line in _json_lines(said) if (code := (line.get("code") or {}).get("code"))]
            if not any(code.startswith(_COMPILER_ERROR) for code in codes) and b'"level":"error"' not in said:
                rules[name] = Counter(codes)
    return rules


def _vet(folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, Rules]:
    go = go_toolchain.toolchain()
    vet = go.tools / "vet"
    if not vet.is_file():
        raise _missing("go", "install a whole Go from https://go.dev/dl")
    lines = (go.library / "compile.cfg").read_text().splitlines()
    packages = dict(line.removeprefix("packagefile ").split("=", 1) for line in lines)
    for name in names:
        answer = folder / name
        answer.write_text(in_package(prepare(answer.read_text("utf-8")), "main"), "utf-8")
        unit = {
            "ID": name,
            "Compiler": "gc",
            "ImportPath": "answer",
            "GoFiles": [name],
            "ImportMap": {package: package for package in packages},
            "PackageFile": packages,
            "VetxOutput": "facts",
        }
        (folder / f"{name}.cfg").write_text(json.dumps(unit))
    found: dict[str, Rules] = {}
    for name, said in _said(f'"{vet}" -json $name.cfg', folder, names, sandbox, [go.tools, go.library]):
        try:
            analyzers = json.loads(said).get(name, {})
        except ValueError:
            continue  # in words, since it does not compile
        found[name] = {analyzer: len(broken) for analyzer, broken in analyzers.items()}
    return found


def _ruff(folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, Rules]:
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
    if ruff is None:
        raise _missing("python", "pip install ruff")
    found: dict[str, Rules] = {}
    command = f'"{ruff}" check --isolated --no-cache --output-format=json-lines $name'
    for name, said in _said(command, folder, names, sandbox, [Path(ruff).resolve()]):
        rules = Counter(line.get("code") or _NOT_PYTHON for line in _json_lines(said))
        if _NOT_PYTHON not in rules:
            found[name] = rules
    return found


def _said(
    command: str, folder: Path, names: Sequence[str], sandbox: Sandbox, readonly: Sequence[Path]
) -> Iterator[tuple[str, bytes]]:
    """What ``command`` says of each file, in one visit to the sandbox."""
    more = _EACH_S * len(names)
    outcome = sandbox.run(
        ["/bin/sh", "-c", f'for name in {" ".join(names)}; do echo "@$name"; {command} 2>&1 | {_CUT}; done'],
        workdir=folder,
        limits=Limits(
            wall_s=20 + more, cpu_s=20 + more, memory_mb=3072, processes=64, file_mb=64, output_kb=65536
        ),
        writable=True,
        readonly=readonly,
    )
    parts = (b"\n" + outcome.stdout).split(b"\n@")[1:]
    for part in parts[:-1] if outcome.stopped_by else parts:  # the last one is not whole
        name, _, said = part.partition(b"\n")
        if name.decode() in names and len(said) < _MOST:
            yield name.decode(), said


def _json_lines(said: bytes) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in said.splitlines() if line.startswith(b"{")]


def _missing(language: str, remedy: str) -> SandboxUnavailable:
    return SandboxUnavailable(_MISSING.format(language=language, tool=LINTERS[language].tool, remedy=remedy))


LINTERS = {
    "rust": _Language("clippy", ".rs", _clippy),
    "go": _Language("go vet", ".go", _vet),
    "python": _Language("ruff", ".py", _ruff),
}
