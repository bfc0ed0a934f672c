"""The local engine against other ways of doing the same with the same file."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from harness.engines.local.library import may_repack
from harness.engines.local.llama_cpp import LlamaCpp
from harness.records import ModelSpec, Request
from scripts.bench.pairs import paired

CLIENTS = 8
CONTEXT = 1024  # tokens a slot, on both sides
_FLASH = (
    -1,
    0,
)  # as llama.cpp chooses, or off: which is better depends on the model, and the better one counts
Requests = Callable[[], Sequence[Request]]


def against_server(
    path: Path, clients: int, asked: Requests, rounds: int, read: bool = False
) -> dict[str, Any]:
    """Tokens a CPU second: our engine and its process, and the process of xllamacpp's server.

    Of our side this process counts too, of the other it does not: there it is only the client. Written tokens
    count, or with ``read`` those of the prompts.
    """
    if find_spec("xllamacpp") is None:
        return {"skipped": "xllamacpp is not installed; pip install xllamacpp"}
    if not Path("/proc/self/stat").exists():
        return {"skipped": "the system does not say what another process computes (no /proc)"}
    params = {"n_slots": clients, "n_ctx": CONTEXT, "n_threads": 1}
    spec = ModelSpec("ours", "llama_cpp", "local", path=str(path), params=params)
    with asyncio.Runner() as runner, ExitStack() as stack:
        rivals = [stack.enter_context(_rival(path, clients, flash)) for flash in _FLASH]
        engine = LlamaCpp(spec)
        runner.run(engine.open())
        ours = (os.getpid(), engine.pid)

        def ask_rival(address: str, pid: int) -> float:
            return _rate((pid,), lambda: _ask_server(address, clients, asked(), read))

        try:
            address, pid = max(rivals, key=lambda rival: ask_rival(*rival))
            return paired(
                lambda: _rate(ours, lambda: runner.run(_ask_engine(engine, clients, asked(), read))),
                lambda: ask_rival(address, pid),
                rounds,
            )
        finally:
            runner.run(engine.close())


def _rate(processes: Sequence[int], ask: Callable[[], int]) -> float:
    """The tokens that ``ask`` counts by the CPU seconds of ``processes``."""
    before = sum(map(_cpu_s, processes))
    tokens = ask()
    return tokens / (sum(map(_cpu_s, processes)) - before)


def _cpu_s(pid: int) -> float:
    """User and system time: fields 14 and 15, counted after the name, which may hold spaces."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _ask_engine(engine: LlamaCpp, clients: int, requests: Sequence[Request], read: bool) -> int:
    left = iter(requests)

    async def client() -> int:
        done = [await engine.complete(request) for request in left]
        return sum((one.prompt_tokens if read else one.completion_tokens) or 0 for one in done)

    return sum(await asyncio.gather(*(client() for _ in range(clients))))


def _ask_server(address: str, clients: int, requests: Sequence[Request], read: bool) -> int:
    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(lambda at: _client(address, requests[at::clients], read), range(clients)))


def _client(address: str, requests: Sequence[Request], read: bool) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    tokens = 0
    for request in requests:
        messages = [{"role": one.role, "content": one.content} for one in request.messages]
        body = {"messages": messages, "temperature": 0, "max_tokens": request.max_tokens}
        connection.request(
            "POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"}
        )
        usage = json.load(connection.getresponse())["usage"]
        tokens += usage["prompt_tokens" if read else "completion_tokens"]
    connection.close()
    return tokens


@contextmanager
def _rival(path: Path, clients: int, flash: int) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "scripts.bench.rival_server", str(path), str(clients), str(flash)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process.pid
        process.communicate()


@contextmanager
def echoing(path: Path) -> Iterator[Any]:
    """``llama_cpp.Llama`` with all logits, which ``echo`` with ``logprobs`` needs."""
    import llama_cpp
    from llama_cpp import llama_cpp as native

    default = native.llama_model_default_params

    def parameters() -> Any:
        params = default()
        params.use_extra_bufts = may_repack()
        return params

    with mock.patch.object(native, "llama_model_default_params", parameters):
        llama = llama_cpp.Llama(
            str(path), n_ctx=1024, n_threads=1, n_threads_batch=1, logits_all=True, verbose=False
        )
    yield llama
    llama.close()


def echoed(llama: Any, prompts: Sequence[str], labels: Sequence[str]) -> float:
    """Questions a CPU second: each label after each prompt, whole, its log-probability from the echo."""
    start = time.thread_time()
    for prompt in prompts:
        for label in labels:
            done = llama.create_completion(
                prompt + label, max_tokens=1, temperature=0, echo=True, logprobs=1
            )["choices"][0]["logprobs"]
            sum(
                value
                for at, value in zip(done["text_offset"], done["token_logprobs"], strict=True)
                if value is not None and at >= len(prompt)
            )
    return len(prompts) / (time.thread_time() - start)
