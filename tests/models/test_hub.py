"""A model from a server that speaks Hugging Face's download protocol, and without it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAME = "owner/repo/sub/tiny.gguf"
pytestmark = pytest.mark.skipif(
    find_spec("huggingface_hub") is None, reason="huggingface_hub is not installed"
)
ASK = """
import asyncio, json, sys
from harness.engines.local.llama_cpp import LlamaCpp
from harness.errors import HarnessError
from harness.messages import Message
from harness.records import ModelSpec, Request

async def main(name):
    engine = LlamaCpp(ModelSpec("m", "llama_cpp", "local", hf=name, params={"n_ctx": 256}))
    try:
        checked = await engine.check()
        await engine.open()
        done = await engine.complete(Request("1", "s", "t", (Message("user", "Hi"),), max_tokens=4))
        await engine.close()
    except HarnessError as error:
        return {"error": str(error)}
    return {"checked": checked, "failure": done.failure, "revision": engine.revision}

print(json.dumps([asyncio.run(main(name)) for name in sys.argv[1:]]))
"""


class Hub(BaseHTTPRequestHandler):
    """Resolves a file to a blob elsewhere, as the hub does with large files."""

    data = b""
    etag = ""
    asked: list[str]

    def do_HEAD(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        if not self.path.endswith("/sub/tiny.gguf"):
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
        elif "/resolve/" in self.path:
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/blobs/sub/tiny.gguf")  # type: ignore[attr-defined]
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("X-Linked-Etag", f'"{self.etag}"')
            self.send_header("X-Linked-Size", str(len(self.data)))
            self.send_header("Content-Length", "0")
        else:
            self.send_response(200)
            self.send_header("ETag", f'"{self.etag}"')
            self.send_header("Content-Length", str(len(self.data)))
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()
        if "/blobs/" in self.path:
            self.wfile.write(self.data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(data: bytes, etag: str) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Handler", (Hub,), {"data": data, "etag": etag, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def ask(endpoint: str, home: Path, *names: str, offline: str = "0") -> list[dict[str, Any]]:
    """In a process of its own: the hub's package reads its settings when it is imported."""
    hub = {
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_OFFLINE": offline,
    }
    command = [sys.executable, "-c", ASK, *names]
    done = subprocess.run(command, env={**os.environ, **hub}, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_model_is_fetched_once_and_known_by_checksum_and_revision(demo: Path, tmp_path: Path) -> None:
    data = demo.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    with serving(data, digest) as (address, asked):
        first, missing = ask(address, tmp_path, NAME, "owner/repo/none.gguf")
    assert "error" not in first, first
    assert first["checked"] == f"hf:{NAME}, not downloaded yet" and first["failure"] is None
    assert first["revision"] == f"sha256:{digest[:16]}@{COMMIT[:12]}"
    assert "HEAD /owner/repo/resolve/main/sub/tiny.gguf" in asked
    assert "has no file none.gguf" in missing["error"]
    here, elsewhere, other = ask(address, tmp_path, NAME, "owner/repo/other.gguf", f"{NAME}@v2", offline="1")
    assert here["revision"] == first["revision"] and "tiny.gguf" in here["checked"]
    for answer in (elsewhere, other):
        assert "cannot be asked" in answer["error"] and "\n" not in answer["error"]


def test_a_damaged_download_is_not_used(demo: Path, tmp_path: Path) -> None:
    data = bytearray(demo.read_bytes())
    digest = hashlib.sha256(data).hexdigest()
    data[-1] ^= 1
    with serving(bytes(data), digest) as (address, _):
        for _ in range(2):  # it is not kept either
            (answer,) = ask(address, tmp_path, NAME)
            assert "is not what" in answer["error"] and "checksum" in answer["error"]
