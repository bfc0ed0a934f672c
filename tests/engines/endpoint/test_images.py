"""Images that are sent to a model: how they lie on the wire, and servers whose model sees none."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest

from harness.drawings import Drawing
from harness.drawings.png import file_of, png
from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.engines.endpoint.refusals import NO_VISION
from harness.records import Completion, ModelSpec
from harness.suites import load_suite
from tests.conftest import WriteSuite
from tests.engines.endpoint.test_openai_api import request, spec
from tests.loopback import Loopback, answer, stream
from tests.runner.test_pipeline import config_of, take

BLANK = Drawing((), 64)


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return str(file_of(BLANK))


def test_an_image_is_a_data_url_before_the_question(shown: str) -> None:
    async def ask(model: ModelSpec) -> Completion:
        engine = OpenAIEndpoint(model)
        await engine.open()
        try:
            return await engine.complete(request(images=(shown,)))
        finally:
            await engine.close()

    with Loopback(stream("7")) as server:
        assert asyncio.run(ask(spec(server))).output == "7"
    image, text = server.calls[0].body["messages"][-1]["content"]
    kind, _, data = image["image_url"]["url"].partition(";base64,")
    assert (kind, base64.b64decode(data)) == ("data:image/png", png(BLANK))
    assert text["type"] == "text"


REFUSALS = {
    "OpenAI": (400, "Invalid content type. image_url is only supported by certain models."),
    "Ollama": (400, "this model does not support image input (ref: b8bd)"),
    "old Ollama": (500, "this model is missing data required for image input"),
    "OpenRouter": (404, "No endpoints found that support image input"),
    "DeepSeek": (400, "messages[0]: unknown variant `image_url`, expected `text` at line 1"),
    "Groq": (400, "'messages.0' : messages[0].content must be a string"),
    "LM Studio": (400, "Model does not support images. Please use a model that does."),
    "llama.cpp": (500, "image input is not supported - hint: you may need the mmproj"),
    "llamafile": (500, "The server was not compiled for multimodal"),
    "vLLM": (400, "gemma is not a multimodal model None"),
    "vLLM, none": (400, "At most 0 image(s) may be provided in one prompt."),
    "Mistral": (400, "Image input is not enabled for this model"),
    "text-only": (400, "Unsupported content part type for text-only server: image_url"),
    "xAI": (400, "Image inputs are not supported by this model."),
    "gateway": (400, "Upstream request failed: [404] No endpoints found that support image input"),
    "FastAPI": (
        422,
        {"detail": [{"loc": ["messages", 0, "content"], "msg": "Input should be a valid string"}]},
    ),
    "inside 200": (200, {"error": {"message": "this model does not support images", "code": 400}}),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_of_images_is_asked_for_once(shown: str, refusal: tuple[int, Any]) -> None:
    status, words = refusal
    body = {"error": {"message": words}} if isinstance(words, str) else words
    seeing = request(images=(shown,))

    async def in_turn(model: ModelSpec) -> list[Completion]:
        engine = OpenAIEndpoint(model)
        await engine.open()
        try:
            return [await engine.complete(one) for one in (seeing, seeing, request())]
        finally:
            await engine.close()

    with Loopback(answer(status, body), stream("x")) as server:
        first, second, plain = asyncio.run(in_turn(spec(server)))
    assert first.failure and (first.failure.kind, first.failure.fatal) == (NO_VISION, False)
    assert not first.failure.retryable and first.failure == second.failure
    assert plain.output == "x" and len(server.calls) == 2


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (
            400,
            "You uploaded an unsupported image. Make sure it is below 20 MB and of a supported format",
            "bad_request",
        ),
        (400, "unsupported image media type", "bad_request"),
        (400, "Could not process image", "bad_request"),
        (400, "Invalid image data: not a valid base64 text", "bad_request"),
        (400, "The image exceeds 8000 pixels and cannot be used", "bad_request"),
        (400, "temperature is not supported by this model", "bad_request"),
        (400, "image was flagged by moderation: not allowed", "moderation"),
        (401, "this key may not send images", "auth"),
        (429, "too many images, not now", "rate_limit"),
        (400, "maximum context length is 8192 tokens, images included, not more", "context_exceeded"),
    ],
)
def test_what_is_wrong_with_a_picture_is_no_refusal(shown: str, status: int, message: str, kind: str) -> None:
    async def ask(model: ModelSpec) -> Completion:
        engine = OpenAIEndpoint(model)
        await engine.open()
        try:
            return await engine.complete(request(images=(shown,)))
        finally:
            await engine.close()

    with Loopback(answer(status, {"error": {"message": message}})) as server:
        done = asyncio.run(ask(spec(server)))
    assert done.failure and done.failure.kind == kind


TASKS = """
- {id: a, prompt: "{how} Which time?", grader: clock, generator: {seed: 1, count: 3, family: clock}}
- id: b
  control: question alone
  prompt: "{how} Which time?"
  grader: clock
  generator: {seed: 1, count: 1, family: clock, shown: nothing}
"""


def test_models_without_vision_are_skipped_with_the_reason(
    tmp_path: Path, write_suite: WriteSuite, shown: str
) -> None:
    refusal = answer(400, {"error": {"message": "this model does not support image input"}})
    suite = load_suite(write_suite(TASKS))
    with Loopback(refusal, stream("4:35")) as blind, Loopback(stream("4:35")) as seeing:
        endpoint = "engine: openai, provider: own, model: m, limits: {concurrency: 1}"
        config = config_of(
            tmp_path,
            f"""models:
- {{id: blind, {endpoint}, base_url: "{blind.url}"}}
- {{id: said, {endpoint}, base_url: "{seeing.url}", vision: false}}
- {{id: sees, {endpoint}, base_url: "{seeing.url}"}}
- {{id: local, engine: llama_cpp, path: nowhere.gguf}}
""",
        )
        rows, _ = take(config, suite, "all,!nop,!random")
    outcomes = {(row.model, row.status, row.error_type) for row in rows if row.task_id != "b-1"}
    assert {(model, status, kind) for model, status, kind in outcomes if status == "skipped"} == {
        ("blind", "skipped", "no_vision"),
        ("said", "skipped", "excluded"),
        ("local", "skipped", "excluded"),
    }
    assert {model for model, status, _ in outcomes if status != "skipped"} == {"sees", "oracle"}
    reasons = {row.model: row.error or "" for row in rows if row.status == "skipped"}
    assert "this model does not support image input" in reasons["blind"]
    assert all("`mmproj` of a local model" in reasons[model] for model in ("said", "local"))
    assert sum("image_url" in str(call.body) for call in blind.calls) == 1  # nothing is sent in vain
    controls = {row.model: row for row in rows if row.task_id == "b-1"}
    assert controls["said"].status == controls["local"].status == "skipped"
    assert controls["sees"].measure == "none" and '"control": "question alone"' in controls["sees"].metrics
