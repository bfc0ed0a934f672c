"""Gateways in a process of their own: ours, and LiteLLM's proxy beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Place:
    """An endpoint, and how many tokens its model has room for."""

    url: str
    window: int | None = None


Chains = Mapping[str, Sequence[Place]]  # by the name that clients ask for: who answers, and who stands in
Start = Callable[[Path, Chains], AbstractContextManager[Started]]


@contextmanager
def ours(folder: Path, chains: Chains) -> Iterator[Started]:
    """The command itself."""
    places = {f"{name}-{at}": each for name, chain in chains.items() for at, each in enumerate(chain)}
    rules = replace(
        rule_set(),
        providers=tuple(Provider(f"p-{name}", "openai", place.url, None) for name, place in places.items()),
        models=tuple(model(name, f"p-{name}", "m", place.window, **PRICES) for name, place in places.items()),
        rules=tuple(
            rule("*" if name == "auto" else name, *(f"{name}-{at}" for at in range(len(chain))))
            for name, chain in chains.items()
        ),
        default_rule=None,
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
def litellm(folder: Path, chains: Chains) -> Iterator[Started]:
    """LiteLLM's proxy, one worker, without logs and a database, as its pages advise for production.

    It is told of the stand-ins for all errors and for long contexts, to ask a model twice, and to wait ten
    seconds for a first token.
    """
    names = {name: [name, *(f"{name}-{at}" for at in range(1, len(chain)))] for name, chain in chains.items()}
    others = [{first: rest} for first, *rest in names.values() if rest]
    models = [
        {
            "model_name": name,
            "litellm_params": {"model": "openai/m", "api_base": place.url, "api_key": "sk-none"},
        }
        for key, chain in chains.items()
        for name, place in zip(names[key], chain, strict=True)
    ]
    config: dict[str, Any] = {
        "model_list": models,
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
