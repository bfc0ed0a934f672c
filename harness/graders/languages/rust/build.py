"""Compiling and running Rust programs inside the sandbox, alone or many in one executable."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from harness.graders.execution.inside import new_nonce
from harness.graders.execution.judge import counted_warnings
from harness.graders.languages.rust.program import DRIVER
from harness.graders.languages.rust.source import own_paths
from harness.graders.languages.rust.toolchain import NEWEST, toolchain
from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.sandbox.workspace import workspace
from harness.trees import write_tree

RUN_MEMORY_MB = 1024
COMPILE_LIMITS = Limits(wall_s=20, cpu_s=5, memory_mb=2048, processes=64, file_mb=64, output_kb=4096)
# Together, nothing of an answer may run before its turn, nor keep the compiler busy.
_TOGETHER = ("-Funsafe-code", "-Flong-running-const-eval")
_ROUNDS = 5  # errors of one kind hide those of the next
_MORE_S = 0.1  # for each sample in a batch, beside the limits of one alone
_SHOWN_ERRORS = 3
_DRIVER = "_driver.rs"

Diagnostic = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """An answer and the driver that calls it, under the name of their module."""

    code: str
    driver: str
    module: str = "answer"

    @property
    def names(self) -> tuple[str, str]:
        """The files of the answer, its lines as they were, and of the driver."""
        return f"{self.module}.rs", f"{self.module}{_DRIVER}"

    @property
    def files(self) -> dict[str, str]:
        """The two files."""
        answer, driver = self.names
        child = f'#[path = "{driver}"] pub mod {DRIVER};'
        return {answer: f"{own_paths(self.code, self.module)}\n{child}\n", driver: self.driver}


@dataclass(frozen=True, slots=True)
class Built:
    """What came of compiling: a program in ``folder`` that holds the samples ``kept``, in that order.

    None are kept when there is no program. ``blamed`` are those that the compiler named in an error.
    """

    folder: Path
    outcome: Outcome
    kept: Sequence[int]
    edition: str = NEWEST[0]
    blamed: frozenset[int] = frozenset()
    warnings: Mapping[int, Sequence[str]] = field(default_factory=dict)  # their codes, by sample
    about: str = ""  # what an error is about, where that is not the answer itself
    nonce: str = field(default_factory=new_nonce)  # with which tests beside the answer report

    def metrics(self, place: int = 0) -> Mapping[str, Any]:
        """What a verdict on the sample at this place of ``kept`` says of the last run of the compiler."""
        return {
            "compile_s": round(self.outcome.wall_s / max(1, len(self.kept)), 4),
            "edition": self.edition,
            **counted_warnings(self.warnings.get(self.kept[place]) if self.kept else None),
        }

    @property
    def error(self) -> str | None:
        """In words; ``None`` when it compiled."""
        if self.outcome.exit_code == 0:
            return None
        if self.outcome.stopped_by is not None:
            return f"{self.about}the compiler was stopped by its limit: {self.outcome.stopped_by}"
        errors = [_words(diagnostic) for diagnostic in errors_among(diagnostics_of(self.outcome))]
        return self.about + ("; ".join(errors[:_SHOWN_ERRORS]) or "the compiler failed")


def first_to_compile(editions: Sequence[str], compiled: Callable[[str], Outcome]) -> tuple[str, Outcome]:
    """The first edition that a program compiles in, with what came of that; the first of all if none does."""
    outcomes: dict[str, Outcome] = {}
    for edition in editions:
        outcome = outcomes[edition] = compiled(edition)
        if outcome.exit_code == 0:
            return edition, outcome
        if outcome.stopped_by is not None:  # it would be again
            break
    return editions[0], outcomes[editions[0]]


@contextmanager
def built_alone(code: str, driver: str, editions: Sequence[str], sandbox: Sandbox) -> Iterator[Built]:
    """One program of one answer, in the first of ``editions`` that it compiles in."""
    sources = [Source(code, driver)]
    with _workspace(sources) as work:
        edition, outcome = first_to_compile(
            editions, lambda edition: _compile(work, sources, edition, sandbox, COMPILE_LIMITS)
        )
        yield _built(work, outcome, sources, [0], edition)


@contextmanager
def built_together(samples: Sequence[tuple[str, str]], edition: str, sandbox: Sandbox) -> Iterator[Built]:
    """One program of all the (answer, driver) pairs that compile in this edition.

    They are modules of one crate, so they must not be able to change each other's meaning
    (``source.may_share``). Nobody can guess the modules' names.
    """
    sources = [Source(code, driver, f"s{secrets.token_hex(12)}") for code, driver in samples]
    more = _MORE_S * len(sources)
    alone = COMPILE_LIMITS
    limits = replace(alone, wall_s=alone.wall_s + more, cpu_s=alone.cpu_s + more)
    with _workspace(sources) as work:
        kept = list(range(len(sources)))
        blamed: set[int] = set()
        for _ in range(_ROUNDS):
            outcome = _compile(work, [sources[i] for i in kept], edition, sandbox, limits, _TOGETHER)
            errors = errors_among(diagnostics_of(outcome))
            named = {i for diagnostic in errors for i in _named(diagnostic, sources)}
            kept = [i for i in kept if i not in named]
            blamed |= named
            if outcome.exit_code == 0 or not named or not kept:
                break
        yield _built(work, outcome, sources, kept, edition, frozenset(blamed))


def run(
    built: Built, sandbox: Sandbox, limit_s: float, *, arguments: Sequence[str] = (), stdin: str = ""
) -> Outcome:
    """Run the program in a process of its own: a sample by its place in ``kept``, or tests with the nonce."""
    rust = toolchain()
    return sandbox.run(
        ["./main", *arguments],
        workdir=built.folder,
        limits=Limits(wall_s=limit_s, cpu_s=2 * limit_s, memory_mb=RUN_MEMORY_MB, processes=64),
        stdin=stdin.encode(),
        readonly=[rust.libraries, rust.runtime],
    )


def compiled_beside(
    work: Path, files: Mapping[str, str], options: Sequence[str], sandbox: Sandbox
) -> Outcome:
    """Write ``files`` into ``work`` and compile there, with tests that report by themselves."""
    write_tree(files, work)
    rust = toolchain()
    flags = [flag for flag in rust.flags if not flag.startswith("--extern")]
    return sandbox.run(
        [str(rust.rustc), "--error-format=json", *flags, *options],
        workdir=work,
        limits=COMPILE_LIMITS,
        writable=True,
        readonly=rust.readonly,
    )


@contextmanager
def _workspace(sources: Sequence[Source]) -> Iterator[Path]:
    files = {name: text for source in sources for name, text in source.files.items()}
    with workspace(files) as work:
        (work / "program").mkdir()
        yield work


def _compile(
    work: Path,
    sources: Sequence[Source],
    edition: str,
    sandbox: Sandbox,
    limits: Limits,
    flags: Sequence[str] = (),
) -> Outcome:
    modules = "".join(
        f'#[path = "{source.names[0]}"] #[allow(dead_code)] mod {source.module};\n' for source in sources
    )
    drivers = ", ".join(f"{source.module}::{DRIVER}::{DRIVER}" for source in sources)
    main = f"{modules}fn main() {{ ::harness_driver::main(&[{drivers}]) }}\n"
    (work / "main.rs").write_text(main, encoding="utf-8")
    rust = toolchain()
    return sandbox.run(
        [
            *(str(rust.rustc), "--error-format=json", f"--edition={edition}", *rust.flags, *flags),
            *("main.rs", "-o", "program/main"),
        ],
        workdir=work,
        limits=limits,
        writable=True,
        readonly=rust.readonly,
    )


def _built(
    work: Path,
    outcome: Outcome,
    sources: Sequence[Source],
    kept: list[int],
    edition: str,
    blamed: frozenset[int] = frozenset(),
) -> Built:
    if outcome.exit_code != 0:
        return Built(work / "program", outcome, [], edition, blamed)
    codes: dict[int, list[str]] = {i: [] for i in kept}
    for diagnostic in diagnostics_of(outcome):
        for i in _named(diagnostic, sources) & codes.keys() if diagnostic["level"] == "warning" else ():
            codes[i].append(code_of(diagnostic))
    return Built(work / "program", outcome, kept, edition, blamed, codes)


def diagnostics_of(outcome: Outcome) -> list[Diagnostic]:
    """What the compiler reported, as its JSON lines give it."""
    diagnostics: list[Diagnostic] = []
    for line in outcome.stderr.splitlines():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue  # cut off, from the linker, or out of macros within macros without end
        if isinstance(record, dict) and {"level", "message", "spans"} <= record.keys():
            diagnostics.append(record)
    return diagnostics


def errors_among(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Those for which nothing was compiled."""
    return [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic["level"].startswith("error") and not diagnostic["message"].startswith("aborting")
    ]


def code_of(diagnostic: Diagnostic) -> str:
    """The rule or error that a diagnostic is about; empty where it names none."""
    return str((diagnostic.get("code") or {}).get("code") or "")


def _named(diagnostic: Diagnostic, sources: Sequence[Source]) -> set[int]:
    """The samples in whose files a diagnostic lies."""
    files = {span["file_name"] for span in _spans(diagnostic["spans"])}
    return {i for i, source in enumerate(sources) if not files.isdisjoint(source.names)}


def _spans(spans: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The spans and, where they lie in a macro, the places that it was called from."""
    waiting = [*spans]
    while waiting:
        span = waiting.pop()
        yield span
        if span["expansion"]:
            waiting.append(span["expansion"]["span"])


def _words(diagnostic: Diagnostic) -> str:
    code = code_of(diagnostic)
    text = f"{diagnostic['message']} [{code}]" if code else str(diagnostic["message"])
    first = next((span for span in diagnostic["spans"] if span["is_primary"]), None)
    if first is None:
        return text
    place = "where it is called" if first["file_name"].endswith(_DRIVER) else f"line {first['line_start']}"
    return f"{place}: {text}"
