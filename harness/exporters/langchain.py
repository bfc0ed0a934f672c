"""LangChain: a Python module that makes a chat model for each task type, fallbacks included."""

from __future__ import annotations

from harness.exporters.base import NO_KEY, Exported, Route, Target, plan
from harness.rules.ruleset import RuleSet

_HEAD = '''\
"""Chat models by task type, written by harness from measurements. Needs langchain-openai."""

import os

from langchain_openai import ChatOpenAI

# task type → (model, address, variable that holds the key), the first choice first
'''
_TAIL = f'''

def model_for(task_type):
    """A chat model with its fallbacks; the default chain for a task type that has none."""
    first, *others = [_chat(*link) for link in CHAINS.get(task_type) or CHAINS[DEFAULT]]
    return first.with_fallbacks(others) if others else first


def _chat(model, base_url, key):
    return ChatOpenAI(
        model=model,
        base_url=base_url,
        api_key=os.environ[key] if key else {NO_KEY!r},
        timeout=TIMEOUT_S,
        max_retries=RETRIES,
    )
'''


def export(rules: RuleSet) -> Exported:
    """``routed_models.py``: ``model_for(task_type).invoke(…)``."""
    planned = plan(rules)
    lines = ["CHAINS = {", *(line for route in planned.routes for line in _chain(route)), "}"]
    lines += [f"DEFAULT = {planned.fallback.task_type!r}"] if planned.fallback else ["DEFAULT = None"]
    lines += [f"TIMEOUT_S = {rules.policy.timeout_s:g}", f"RETRIES = {rules.policy.retries}"]
    return Exported({"routed_models.py": _HEAD + "\n".join(lines) + "\n" + _TAIL}, planned.losses)


def _chain(route: Route) -> list[str]:
    return [
        f"    {route.task_type!r}: [",
        *(f"        {_link(target)!r}," for target in route.chain),
        "    ],",
    ]


def _link(target: Target) -> tuple[str, str, str | None]:
    return target.model.upstream_name, target.base_url, target.key_env
