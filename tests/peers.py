"""Asking real servers that somebody else wrote: they serve the smallest demo model.

As F16, since a llama.cpp that repacks quantised weights dies on some processors (see
``harness.engines.local.library``).
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from harness import paths
from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.messages import Message
from harness.records import Completion, ModelSpec, Request


def f16_model(folder: Path) -> Path:
    """A copy of the demo model without quantised weights."""
    import llama_cpp

    small, model = paths.BUILTIN_MODELS / "demo-xs.gguf", folder / "demo-f16.gguf"
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize = llama_cpp.LLAMA_FTYPE_MOSTLY_F16, True
    assert llama_cpp.llama_model_quantize(str(small).encode(), str(model).encode(), params) == 0
    return model


def spec(url: str, model: str = "demo") -> ModelSpec:
    return ModelSpec("peer", "openai", "llama-server", base_url=url, model=model)


def ask(url: str, *requests: Request) -> list[Completion]:
    async def go() -> list[Completion]:
        engine = OpenAIEndpoint(spec(url))
        await engine.open()
        try:
            return list(await asyncio.gather(*map(engine.complete, requests)))
        finally:
            await engine.close()

    return asyncio.run(go())


def request(number: int, prompt: str = "What is {} plus 4?", **changes: object) -> Request:
    given = {"max_tokens": 12, "seed": 1, **changes}
    return Request(f"{number}", "s", "t", (Message("user", prompt.format(number)),), **given)  # type: ignore[arg-type]
