"""A gateway in a thread of its own, before servers of the loopback interface."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.rules.file import to_yaml
from harness.rules.ruleset import CallPolicy, Provider, RoutedModel, Rule
from harness.serve.gateway import Gateway, GatewayOptions
from harness.serve.server import make_server
from harness.serve.upstream import Limits
from tests.exporters.sample import model, rule, rule_set
from tests.loopback import Loopback

QUICK = Limits(first_s=0.5, idle_s=0.5)
KEY_ENV = "HARNESS_TEST_UPSTREAM_KEY"


def write_rules(
    path: Path,
    *servers: Loopback,
    contexts: tuple[int | None, ...] = (),
    policy: CallPolicy | None = None,
    rules: tuple[Rule, ...] | None = None,
    models: tuple[RoutedModel, ...] = (),
    providers: tuple[Provider, ...] = (),
    key_env: str | None = None,
) -> Path:
    """Rules by which ``m1`` answers, and behind it ``m2`` …, each at its own server; prices are known."""
    names = [f"m{i}" for i in range(1, len(servers) + 1)]
    windows = contexts or (None,) * len(servers)
    prices: dict[str, Any] = {"price_in_per_1m": 1.0, "price_out_per_1m": 2.0}
    made = replace(
        rule_set(),
        providers=(
            *(Provider(f"p{name}", "openai", s.url, key_env) for name, s in zip(names, servers, strict=True)),
            *providers,
        ),
        models=(
            *(
                model(name, f"p{name}", f"up-{name}", window, **prices)
                for name, window in zip(names, windows, strict=True)
            ),
            *models,
        ),
        rules=rules or (rule("code", *names), rule("*", *names, priority=0)),
        default_rule="*" if rules is None or any(rule.id == "*" for rule in rules) else None,
        baseline=None,
        role_map={},
        policy=policy or CallPolicy(cooldown_s=0.2, timeout_s=5.0),
    )
    path.write_text(to_yaml(made), "utf-8")
    return path


@contextmanager
def serving(
    rules: Path, limits: Limits = QUICK, tell: Callable[[str], None] = lambda line: None, **options: Any
) -> Iterator[tuple[str, Gateway]]:
    """A gateway that answers by a rules file: its address and itself."""
    gateway = Gateway(GatewayOptions(rules, rules.parent / "results", limits=limits, **options), tell)
    server = make_server(gateway, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert server.started
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", gateway
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()
