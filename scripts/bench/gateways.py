"""Gateways in a process of their own, before one endpoint or two: ours, and LiteLLM's proxy beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from harness.rules.file import to_yaml
from harness.rules.ruleset import CallPolicy, Provider
from scripts.bench.gateway_client import Caller
from tests.exporters.sample import model, rule, rule_set
from tests.external.tools import ROOT, free_port, running

PRICES = {"price_in_per_1m": 1.0, "price_out_per_1m": 2.0}
KEY = "sk-test-0000000000"  # LiteLLM's proxy does not start without one


@dataclass(frozen=True, slots=True)
class Started:
    """A server of chats: its address, and its process where it has one that is looked at."""

    url: str
    pid: int = 0

    async def caller(self, *, streamed: bool = True) -> Caller:
        """A client that is connected."""
        return await Caller.connected(self.url, KEY, streamed=streamed)

    def cpu_s(self) -> float:
        """User and system time: fields 14 and 15, counted after the name, which may hold spaces."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mib(self) -> float:
        """What of its memory is resident."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


Start = Callable[..., AbstractContextManager[Started]]


@contextmanager
def ours(folder: Path, *endpoints: str, windows: Sequence[int | None] = ()) -> Iterator[Started]:
    """The command itself: the first endpoint answers, the others stand in."""
    names = [f"m{number}" for number in range(len(endpoints))]
    contexts = windows or [None] * len(names)
    rules = replace(
        rule_set(),
        providers=tuple(
            Provider(f"p{n}", "openai", url, None) for n, url in zip(names, endpoints, strict=True)
        ),
        models=tuple(model(n, f"p{n}", "m", size, **PRICES) for n, size in zip(names, contexts, strict=True)),
        rules=(rule("*", *names, priority=0),),
        baseline=None,
        role_map={},
        policy=CallPolicy(),
    )
    (folder / "rules.yaml").write_text(to_yaml(rules), "utf-8")
    port = free_port()
    command = [sys.executable, "-m", "harness", "serve", "--rules", str(folder / "rules.yaml")]
    command += ["--port", str(port), "--results", str(folder / "results")]
    with _started(command, port, "/health", folder) as started:
        yield started


@contextmanager
def litellm(folder: Path, *endpoints: str, windows: Sequence[int | None] = ()) -> Iterator[Started]:
    """LiteLLM's proxy, one worker, without logs and a database, as its pages advise for production.

    It is told of the stand-ins for all errors and for long contexts, to ask a model twice, and to wait ten
    seconds for a first token.
    """
    names = ["auto", *(f"m{number}" for number in range(1, len(endpoints)))]
    others = [{"auto": names[1:]}] if names[1:] else []
    config: dict[str, Any] = {
        "model_list": [
            {
                "model_name": name,
                "litellm_params": {"model": "openai/m", "api_base": url, "api_key": "sk-none"},
            }
            for name, url in zip(names, endpoints, strict=True)
        ],
        "litellm_settings": {"set_verbose": False, "callbacks": [], "json_logs": False},
        "router_settings": {
            "num_retries": 1,
            "fallbacks": others,
            "context_window_fallbacks": others,
            "stream_timeout": 10,
            "timeout": 120,
        },
        "general_settings": {"master_key": KEY},
    }
    (folder / "litellm.yaml").write_text(yaml.safe_dump(config), "utf-8")
    port = free_port()
    command = [str(_LITELLM / "litellm"), "--config", str(folder / "litellm.yaml"), "--num_workers", "1"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    quiet = {"LITELLM_LOG": "ERROR", "LITELLM_MODE": "PRODUCTION", "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    with _started(command, port, "/health/liveliness", folder, **quiet, LITELLM_TELEMETRY="False") as started:
        yield started


def gateways() -> dict[str, Start]:
    """Ours, and LiteLLM's proxy where ``make test-external`` has installed it."""
    starts: dict[str, Start] = {"ours": ours}
    if (_LITELLM.parent / "ready").exists():
        starts["litellm"] = litellm
    return starts


_LITELLM = ROOT / "litellm" / "bin"


@contextmanager
def _started(command: Sequence[str], port: int, ready: str, folder: Path, **env: str) -> Iterator[Started]:
    base = f"http://127.0.0.1:{port}"
    with running(command, f"{base}{ready}", folder / "gateway.log", env=env) as pid:
        yield Started(f"{base}/v1", pid)
