"""Compiling and running Go programs inside the sandbox: one answer, or many in one executable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.errors import SandboxUnavailable
from harness.graders.execution.inside import new_nonce
from harness.graders.languages.go.toolchain import Toolchain, toolchain
from harness.sandbox.base import ENVIRONMENT, Limits, Outcome, Sandbox
from harness.sandbox.workspace import workspace

FLAGS = "-complete -pack -c=1", "-buildmode=exe -s -w"  # of the compiler and the linker
# Go reserves about 1.1 GB of addresses before it uses any memory.
COMPILE_LIMITS = Limits(wall_s=30, cpu_s=20, memory_mb=3072, processes=64, file_mb=64)
RUN_MEMORY_MB = 2048
_COMPILE_ENV = {**ENVIRONMENT, "GOGC": "off", "GOMEMLIMIT": "1GiB", "GOMAXPROCS": "1"}
RUN_ENV = {**ENVIRONMENT, "GOMAXPROCS": "2", "GOTRACEBACK": "none"}
_COMPILE_CPU_S = 10  # of one sample in a batch
_SHOWN_ERRORS = 5
_OUT_OF_REACH = 64  # the exit code of _CHECK
_POSITION = re.compile(r"^(?:\./)?(?:code|(?:answer|tests)/answer)\.go:(\d+)(?::\d+)?")

_CHECK = """\
exec 2>&1
[ -x "$TOOLS/compile" ] && [ -x "$TOOLS/link" ] && [ -r "$LIBRARY/link.cfg" ] || exit 64
"""
_ALONE = """\
"$TOOLS/compile" -p main {compile} -importcfg "$LIBRARY/compile.cfg" -o main.a code.go driver.go || exit 65
"$TOOLS/link" {link} -importcfg "$LIBRARY/link.cfg" -o program/program main.a || exit 66
"""
_BATCH = """\
cp "$LIBRARY/link.cfg" all.cfg
echo 'package main; import "harness/wire"' > main.go
for sample in $SAMPLES; do
  (
    ulimit -t {seconds}
    exec "$TOOLS/compile" -p $sample {compile} -importcfg "$LIBRARY/compile.cfg" \
      -o $sample.a $sample.go ${{sample}}_driver.go > /dev/null
  ) || {{ echo "without $sample"; continue; }}
  echo "packagefile $sample=$sample.a" >> all.cfg
  echo "import _ \\"$sample\\"" >> main.go
done
echo 'func main() {{ wire.Main() }}' >> main.go
"$TOOLS/compile" -p main {compile} -importcfg all.cfg -o main.a main.go || exit 65
"$TOOLS/link" {link} -importcfg all.cfg -o program/program main.a || exit 66
"""
_WITHOUT = re.compile(rb"^without s(\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of compiling: an executable in ``folder``, or the reason why there is none."""

    folder: Path
    outcome: Outcome
    nonce: str = field(default_factory=new_nonce)  # with which tests beside the answer report

    def metrics(self) -> Mapping[str, Any]:
        """What a verdict says of the compilation."""
        return {"compile_s": round(self.outcome.wall_s, 4)}

    @property
    def without(self) -> frozenset[int]:
        """The samples that are not in a common program, because they do not compile."""
        return frozenset(int(number) for number in _WITHOUT.findall(self.outcome.stdout))

    @property
    def error(self) -> str | None:
        """In words; ``None`` when it compiled."""
        if self.outcome.exit_code == 0:
            return None
        if self.outcome.stopped_by is not None:
            return f"the compiler was stopped by its limit on {self.outcome.stopped_by}"
        text = self.outcome.stdout.decode(errors="replace")
        lines = [_POSITION.sub(r"line \1", line.strip()) for line in text.splitlines() if line.strip()]
        return "; ".join(lines[:_SHOWN_ERRORS]) or "it does not compile"


@contextmanager
def built_alone(code: str, driver: str, sandbox: Sandbox) -> Iterator[Built]:
    """One program of an answer (``package main``) and its driver."""
    with built({"code.go": code, "driver.go": driver}, _ALONE, {}, sandbox) as alone:
        yield alone


@contextmanager
def built_together(samples: Sequence[tuple[str, str]], sandbox: Sandbox) -> Iterator[Built]:
    """One program of all samples that compile: answers and drivers of the packages s0, s1 and so on."""
    files = {}
    for number, (code, driver) in enumerate(samples):
        files[f"s{number}.go"], files[f"s{number}_driver.go"] = code, driver
    names = " ".join(f"s{number}" for number in range(len(samples)))
    with built(files, _BATCH, {"SAMPLES": names}, sandbox) as together:
        yield together


def run(built: Built, stdin: str, sandbox: Sandbox, limit_s: float) -> Outcome:
    """Run the program in a process of its own; it reads on standard input which sample, or the nonce."""
    return sandbox.run(
        ["./program"],
        workdir=built.folder,
        limits=Limits(wall_s=limit_s, cpu_s=2 * limit_s + 1, memory_mb=RUN_MEMORY_MB, processes=64),
        stdin=stdin.encode(),
        env=RUN_ENV,
    )


@contextmanager
def built(files: Mapping[str, str], script: str, env: Mapping[str, str], sandbox: Sandbox) -> Iterator[Built]:
    """What a script makes of some files, their names relative to a folder of its own."""
    go = toolchain()
    with workspace(files) as work:
        (work / "program").mkdir()
        commands = script.format(compile=FLAGS[0], link=FLAGS[1], seconds=_COMPILE_CPU_S)
        outcome = sandbox.run(
            ["/bin/sh", "-c", _CHECK + commands],
            workdir=work,
            limits=COMPILE_LIMITS,
            writable=True,
            env={**_COMPILE_ENV, **env, "TOOLS": str(go.tools), "LIBRARY": str(go.library)},
            readonly=[go.tools, go.library],
        )
        if outcome.exit_code == _OUT_OF_REACH:
            raise SandboxUnavailable(f"Go's compiler in {go.tools} cannot be used inside the sandbox")
        yield Built(work / "program", outcome)


def toolchain_id() -> str:
    """What a verdict depends on beside code, driver and cases."""
    go: Toolchain = toolchain()
    return f"{go.id} {FLAGS}"
