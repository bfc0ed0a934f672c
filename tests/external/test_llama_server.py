"""The endpoint engine against llama.cpp's own server, also when that ends while it answers.

The server is the C++ one; xllamacpp brings it as a wheel.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.errors import ModelUnavailable
from tests.external.tools import free_port, running, venv
from tests.peers import ask, f16_model, request, spec

pytestmark = pytest.mark.external

_SERVE = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.model_alias, params.port = sys.argv[1], {"demo"}, int(sys.argv[2])
params.n_ctx, params.n_parallel, params.cpuparams.n_threads = 2048, 4, 1
server = xllamacpp.Server(params)
while True:
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a server with the smallest demo model: four slots of 512 tokens."""
    folder, port = tmp_path_factory.mktemp("llama-server"), free_port()
    command = [str(venv("xllamacpp") / "python"), "-c", _SERVE, str(f16_model(folder)), str(port)]
    url = f"http://127.0.0.1:{port}/v1"
    with running(command, f"{url}/models", folder / "server.log"):
        yield url


def test_answers_have_text_times_and_usage_and_are_the_same_again(server: str) -> None:
    (first,), (again,) = ask(server, request(3)), ask(server, request(3))
    assert first.failure is None and first.output == again.output != ""
    assert first.completion_tokens == 12 and first.finish_reason == "length"
    assert first.prompt_tokens is not None and first.cached_tokens == 0
    assert again.cached_tokens is not None and again.cached_tokens > 0, "it keeps the prompt it has just seen"
    assert first.ttft_s is not None and first.latency_s is not None and 0 < first.ttft_s <= first.latency_s
    assert first.model_revision is not None and first.model_revision.startswith("demo@")


def test_more_at_once_than_it_has_slots_all_come_back(server: str) -> None:
    done = ask(server, *map(request, range(12)))
    assert [completion.failure for completion in done] == [None] * 12
    assert len({completion.output for completion in done}) > 1


def test_a_prompt_that_is_too_long_is_refused_by_name(server: str) -> None:
    (done,) = ask(server, request(0, "one two three " * 1000, max_tokens=4))
    assert done.failure is not None
    assert (done.failure.kind, done.failure.retryable, done.output) == ("context_exceeded", False, "")


def test_the_list_of_models_is_read(server: str) -> None:
    assert "lists demo" in asyncio.run(OpenAIEndpoint(spec(server)).check())
    with pytest.raises(ModelUnavailable, match="does not list 'dema'; did you mean demo"):
        asyncio.run(OpenAIEndpoint(spec(server, "dema")).check())


def test_a_server_that_is_not_there_any_more_is_a_lost_connection(tmp_path: Path) -> None:
    """Killed while it answers: text that came is kept."""
    port = free_port()
    command = [str(venv("xllamacpp") / "python"), "-c", _SERVE, str(f16_model(tmp_path)), str(port)]
    url = f"http://127.0.0.1:{port}/v1"

    async def go() -> None:
        engine = OpenAIEndpoint(spec(url))
        await engine.open()
        with running(command, f"{url}/models", tmp_path / "server.log"):
            answers = [asyncio.create_task(engine.complete(request(n, max_tokens=400))) for n in range(3)]
            await asyncio.sleep(0.3)
        for done in await asyncio.gather(*answers):
            assert done.failure is None or done.failure.kind in ("broken_stream", "connection")
        after = await engine.complete(request(9))
        assert after.failure is not None and (after.failure.kind, after.failure.retryable) == (
            "connection",
            True,
        )
        await engine.close()

    asyncio.run(go())
