"""Models on this machine behind the gateway: streamed, whole, in JSON, several at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from openai import BadRequestError, OpenAI

from harness.engines.local import placing
from harness.results.observations import read_observations
from harness.rules.ruleset import Provider
from harness.serve.gateway import Gateway, GatewayOptions
from tests.exporters.sample import model, rule
from tests.loopback import Loopback, answer
from tests.serve.gateways import serving, write_rules

SCHEMA = {
    "type": "object",
    "properties": {"label": {"enum": ["yes", "no"]}},
    "required": ["label"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def client(demo: Path, folder: Path) -> Iterator[OpenAI]:
    """The ``openai`` package before a gateway with a broken endpoint and, behind it, a toy."""
    with Loopback(answer(503, {"error": {"message": "down"}})) as broken:
        rules = write_rules(
            folder / "rules.yaml",
            broken,
            models=(model("toy", "here", "toy", gguf_path=str(demo)),),
            providers=(Provider("here", "llama_cpp", None, None),),
            rules=(rule("code", "toy"), rule("*", "m1", "toy", priority=0)),
        )
        with serving(rules) as (url, _):
            yield OpenAI(base_url=f"{url}/v1", api_key="any", max_retries=0)


def test_streamed_and_whole_say_the_same(client: OpenAI) -> None:
    asked: dict[str, Any] = {"model": "code", "messages": [{"role": "user", "content": "2 + 3 ="}]}
    asked |= {"temperature": 0, "max_tokens": 24}
    whole = client.chat.completions.create(**asked)
    parts = list(client.chat.completions.create(**asked, stream=True, stream_options={"include_usage": True}))
    text = "".join(part.choices[0].delta.content or "" for part in parts if part.choices)
    assert text == whole.choices[0].message.content != ""
    assert len(parts) > 3  # it grew
    assert parts[-1].usage == whole.usage and whole.usage.completion_tokens > 0
    assert whole.choices[0].finish_reason == [p.choices[0].finish_reason for p in parts if p.choices][-1]


def test_it_stands_in_for_an_endpoint_that_is_down(client: OpenAI, folder: Path) -> None:
    answered = client.chat.completions.with_raw_response.create(
        model="auto", messages=[{"role": "user", "content": "Hello"}], max_tokens=4
    )
    assert answered.headers["x-harness-model"] == "toy"
    assert answered.headers["x-harness-attempts"] == "3"


FORMS: tuple[Any, ...] = (
    {"type": "json_object"},
    {"type": "json_schema", "json_schema": {"name": "label", "schema": SCHEMA}},
)


@pytest.mark.parametrize("form", FORMS, ids=["object", "schema"])
def test_json_and_schemas_are_obeyed(client: OpenAI, form: Any) -> None:
    asked: dict[str, Any] = {"messages": [{"role": "user", "content": "yes or no?"}], "max_tokens": 200}
    done = client.chat.completions.create(model="toy", seed=3, **asked, response_format=form)
    text = done.choices[0].message.content or ""
    if form["type"] == "json_schema":
        assert json.loads(text)["label"] in ("yes", "no")
    elif done.choices[0].finish_reason == "stop":  # a toy may write white space until the end
        json.loads(text)
    assert text


def test_texts_go_on(client: OpenAI) -> None:
    done = client.completions.create(model="toy", prompt="one two three", max_tokens=5, temperature=0)
    assert done.choices[0].text and done.usage is not None and done.usage.completion_tokens == 5


def test_several_at_once_are_each_answered(client: OpenAI) -> None:
    def ask(number: int) -> str:
        stream = client.chat.completions.create(
            model="toy", messages=[{"role": "user", "content": f"{number} + 1 ="}], stream=True, max_tokens=8,
            temperature=0,
        )  # fmt: skip
        return "".join(part.choices[0].delta.content or "" for part in stream)

    alone = [ask(number) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == alone


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
        ({"n": 2}, "n"),
        ({"logprobs": True}, "logprobs"),
        ({"presence_penalty": 0.5}, "presence_penalty"),
        ({"temperature": "hot"}, "temperature"),
        ({"max_tokens": -1}, "max_tokens"),
        ({"stop": 7}, "stop"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages"),
        ({"response_format": {"type": "json_schema"}}, "response_format"),
    ],
)
def test_what_it_cannot_do_is_refused(client: OpenAI, more: dict[str, object], param: str) -> None:
    body = {"model": "toy", "messages": [{"role": "user", "content": "x"}], **more}
    with pytest.raises(BadRequestError) as refused:
        client.post("/chat/completions", body=body, cast_to=object)
    assert refused.value.param == param


def test_an_answer_for_nobody_is_not_written(client: OpenAI, folder: Path) -> None:
    stream = client.chat.completions.create(
        model="toy", messages=[{"role": "user", "content": "Tell me a story"}], stream=True, max_tokens=900
    )
    next(iter(stream))
    stream.close()
    done = client.chat.completions.create(
        model="toy", messages=[{"role": "user", "content": "Hi"}], max_tokens=2
    )
    assert done.usage is not None


@pytest.mark.parametrize("room", [True, False])
def test_models_are_loaded_before_the_first_request_as_far_as_memory_goes(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: bool
) -> None:
    files = {"toy": str(demo), "gone": str(tmp_path / "gone.gguf"), "unnamed": str(demo)}
    rules = write_rules(
        tmp_path / "rules.yaml",
        models=tuple(model(name, "here", name, gguf_path=file) for name, file in files.items()),
        providers=(Provider("here", "llama_cpp", None, None),),
        rules=(rule("*", "toy", "gone", priority=0),),
    )
    if not room:
        monkeypatch.setattr(placing, "free_memory", lambda: 1_000_000)
    lines: list[str] = []

    async def preloaded() -> tuple[str, ...]:
        gateway = Gateway(GatewayOptions(rules, tmp_path / "results", preload=True))
        await gateway.preload(lines.append)
        loaded = gateway.local.loaded()
        await gateway.close()
        return loaded

    assert asyncio.run(preloaded()) == (("toy",) if room else ())
    assert ("toy is in memory" if room else "toy is not preloaded") in lines[0]
    assert room or "GB are free" in lines[0]
    assert "gone is not preloaded: model gone: there is no file" in lines[1] and len(lines) == 2


def test_calls_are_observed(client: OpenAI, folder: Path) -> None:
    client.chat.completions.create(model="code", messages=[{"role": "user", "content": "Hi"}], max_tokens=3)
    calls = read_observations(folder / "results")
    last = [call for call in calls if call.task_category == "code"][-1]
    assert last.success and last.model == "toy" and last.completion_tokens and last.ttft_ms is not None
