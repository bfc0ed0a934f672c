"""Make the virtual environment that the Makefile uses. Standard library only.

llama-cpp-python has no wheel: it is compiled once (about ten minutes on two
cores), and pip keeps what it built. Its output goes to a log; what is shown is
how far the compiler is, so that the wait is seen to be alive.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEP = re.compile(rb"\[(\d+)/(\d+)\]")


def main() -> None:
    """Create the environment at ``argv[1]``, install into it, and mark it as ready."""
    if sys.version_info < (3, 11):  # noqa: UP036  whatever python3 is, runs this
        sys.exit(
            f"harness needs Python 3.11 or newer, not {sys.version.split()[0]}: make PYTHON=python3.11 …"
        )
    target = Path(sys.argv[1]).absolute()
    install_bubblewrap()
    if not (target / "bin" / "python").exists():
        print(f"making {target.name}", flush=True)
        venv.create(target, with_pip=True)
    pip = [str(target / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    constraints = ["-c", str(ROOT / "constraints.txt")]
    if not list(target.glob("lib/python*/site-packages/llama_cpp")):
        print("llama-cpp-python is compiled once; on two cores this takes about ten minutes", flush=True)
        watched([*pip, "install", "-v", *constraints, "llama-cpp-python"], target / "llama-cpp-python.log")
    print("installing the other packages", flush=True)
    watched([*pip, "install", *constraints, "-e", f"{ROOT}[dev,models]"], target / "install.log")
    (target / "ready").touch()


def install_bubblewrap() -> None:
    """Install the sandbox where that can be done without asking: as root, with apt."""
    if shutil.which("bwrap") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("installing bubblewrap, which confines the code that models write", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update"], env=environment, **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-y", "bubblewrap"], env=environment, **quiet)  # type: ignore[call-overload]
    if not shutil.which("bwrap"):
        print("bubblewrap could not be installed: suites that run code will be skipped", flush=True)


def watched(command: list[str], log: Path) -> None:
    """Run ``command`` with its output in ``log``, showing time and compiler steps; exit if it fails."""
    start = spoke = time.monotonic()
    live = sys.stdout.isatty()
    with (
        log.open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        while process.poll() is None:
            time.sleep(0.5)
            now = time.monotonic()
            if now - spoke >= (1 if live else 30):
                spoke = now
                line = f"  {int(now - start) // 60}:{int(now - start) % 60:02d} {compiler_step(log)}"
                print(f"\r{line:<40}" if live else line, end="" if live else "\n", flush=True)
    if live:
        print("\r" + " " * 40 + "\r", end="")
    if process.returncode:
        tail = log.read_bytes().decode(errors="replace").splitlines()[-15:]
        sys.exit("\n".join([*tail, f"the installation failed; the whole log is {log}"]))


def compiler_step(log: Path) -> str:
    """``step 37 of 120`` as ninja last said, or nothing."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        steps = STEP.findall(file.read())
    return f"step {int(steps[-1][0])} of {int(steps[-1][1])}" if steps else ""


if __name__ == "__main__":
    main()
