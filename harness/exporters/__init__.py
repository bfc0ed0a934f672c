"""Exporters: one file a tool, named here. Each turns a rules file into what that tool reads."""

from __future__ import annotations

from collections.abc import Callable

from harness.exporters.base import Exported
from harness.plugins import load
from harness.rules.ruleset import RuleSet

EXPORTERS = {
    "litellm": "harness.exporters.litellm:export",
    "opencode": "harness.exporters.opencode:export",
    "semantic-router": "harness.exporters.semantic_router:export",
    "portkey": "harness.exporters.portkey:export",
    "openrouter": "harness.exporters.openrouter:export",
    "llama-swap": "harness.exporters.llama_swap:export",
    "claude-code-router": "harness.exporters.claude_code_router:export",
    "aider": "harness.exporters.aider:export",
    "langchain": "harness.exporters.langchain:export",
    "markdown": "harness.exporters.markdown:export",
    "env": "harness.exporters.env:export",
}


def export(rules: RuleSet, to: str) -> Exported:
    """``rules`` as the tool ``to`` reads them. ``KeyError`` when there is no such exporter."""
    exporter: Callable[[RuleSet], Exported] = load(EXPORTERS[to])
    return exporter(rules)
