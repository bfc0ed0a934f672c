"""Providers with an OpenAI-compatible endpoint: where they are, and how they differ.

What is written here is what their documentation or their error messages say; a
difference that is missing costs one refused request, from which the engine
learns (see ``openai_api``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Quirks:
    """How a provider's dialect differs from the plain one.

    ``seed`` and ``max_tokens`` are the names under which the provider takes them;
    ``None`` leaves the parameter out. ``cost`` is the key in ``usage`` under which
    it tells what the request cost, in USD. ``body`` is sent with every request.
    """

    max_tokens: str = "max_tokens"
    seed: str | None = "seed"
    stream_usage: bool = True  # understands stream_options.include_usage
    cost: str = "cost"
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider by name. Without ``api_key_env`` it is asked without a key (a local server)."""

    base_url: str
    api_key_env: str | None = None
    quirks: Quirks = field(default_factory=Quirks)


PRESETS = {
    "openrouter": Preset(
        "https://openrouter.ai/api/v1",
        "OPENROUTER_API_KEY",
        Quirks(body={"usage": {"include": True}}),
    ),
    "deepinfra": Preset(
        "https://api.deepinfra.com/v1/openai", "DEEPINFRA_API_KEY", Quirks(cost="estimated_cost")
    ),
    "groq": Preset("https://api.groq.com/openai/v1", "GROQ_API_KEY"),
    "cerebras": Preset("https://api.cerebras.ai/v1", "CEREBRAS_API_KEY"),
    "gemini": Preset("https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"),
    # Anthropic ignores seeds; its documentation lists them so.
    "anthropic": Preset("https://api.anthropic.com/v1", "ANTHROPIC_API_KEY", Quirks(seed=None)),
    "replicate": Preset("https://openai-proxy.replicate.com/v1", "REPLICATE_API_TOKEN"),
    # Mistral refuses keys it does not know (422) and always sends usage in the last chunk.
    "mistral": Preset(
        "https://api.mistral.ai/v1", "MISTRAL_API_KEY", Quirks(seed="random_seed", stream_usage=False)
    ),
    "together": Preset("https://api.together.xyz/v1", "TOGETHER_API_KEY"),
    # OpenAI's reasoning models refuse max_tokens; all of its models take the newer name.
    "openai": Preset(
        "https://api.openai.com/v1", "OPENAI_API_KEY", Quirks(max_tokens="max_completion_tokens")
    ),
    "ollama": Preset("http://localhost:11434/v1"),
    "vllm": Preset("http://localhost:8000/v1"),
    "lmstudio": Preset("http://localhost:1234/v1"),
    "llama-server": Preset("http://localhost:8080/v1"),
}
