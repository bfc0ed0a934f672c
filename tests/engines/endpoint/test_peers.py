"""The endpoint engine against a real server that somebody else wrote: llama-cpp-python's own.

``tests/external/test_llama_server.py`` asks llama.cpp's.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.errors import ModelUnavailable
from tests.peers import ask, f16_model, request, spec


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a server with the smallest demo model."""
    model = f16_model(tmp_path_factory.mktemp("peer"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--model_alias", "demo",
        "--host", "127.0.0.1", "--port", str(port), "--interrupt_requests", "False", "--n_ctx", "512",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_port(port, process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.wait()


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"llama_cpp.server did not start (exit code {process.poll()})")


def test_answers_are_timed_and_the_same_again(server: str) -> None:
    first, again = ask(server, request(3)), ask(server, request(3))
    assert first[0].failure is None
    assert first[0].output == again[0].output != ""
    assert first[0].finish_reason in ("stop", "length")
    assert first[0].ttft_s is not None and first[0].latency_s is not None
    assert 0 < first[0].ttft_s <= first[0].latency_s


def test_eight_at_once_all_come_back(server: str) -> None:
    done = ask(server, *map(request, range(8)))
    assert [completion.failure for completion in done] == [None] * 8
    assert [completion.output for completion in done] == [ask(server, request(n))[0].output for n in range(8)]


def test_a_stream_that_the_server_ends_without_a_word_is_no_empty_answer(server: str) -> None:
    """It answers 200, finds that the prompt is too long, and closes the stream."""
    (done,) = ask(server, request(0, "one two three " * 1000, max_tokens=4))
    assert done.failure is not None
    assert (done.failure.kind, done.output) == ("broken_stream", "")


def test_the_list_of_models_is_read(server: str) -> None:
    assert "lists demo" in asyncio.run(OpenAIEndpoint(spec(server)).check())
    with pytest.raises(ModelUnavailable, match="does not list 'dema'; did you mean demo"):
        asyncio.run(OpenAIEndpoint(spec(server, "dema")).check())
