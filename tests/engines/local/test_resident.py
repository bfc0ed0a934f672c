from __future__ import annotations

import asyncio
import struct
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import pytest

from harness.engines.local import native
from harness.engines.local.library import may_repack
from harness.engines.local.llama_cpp import LlamaCpp
from harness.engines.local.native import NativeModel, Placement
from harness.engines.local.slots import valid_text
from harness.errors import ModelUnavailable
from harness.messages import Message
from harness.records import LOOP, ModelSpec, Request
from tests.engines.local.asking import PROMPTS, ask, patched, request, resident, together


@pytest.fixture
def safe_llama(monkeypatch: pytest.MonkeyPatch) -> None:
    """``llama_cpp.Llama`` itself cannot be told not to repack weights."""
    from llama_cpp import llama_cpp

    default = llama_cpp.llama_model_default_params

    def parameters() -> Any:
        params = default()
        params.use_extra_bufts = may_repack()
        return params

    monkeypatch.setattr(llama_cpp, "llama_model_default_params", parameters)


def chat(path: Path, requests: Sequence[Request]) -> list[str]:
    """What llama-cpp-python's own chat completion says, with the file's own template."""
    from llama_cpp import Llama

    llama = Llama(
        str(path),
        n_ctx=512,
        n_threads=1,
        n_threads_batch=1,
        chat_format="chat_template.default",
        flash_attn=path.stem == "demo-m",  # whose heads are large enough for it
        verbose=False,
    )
    texts = []
    for one in requests:
        answer: Any = llama.create_chat_completion(
            [{"role": "user", "content": one.messages[0].content}],
            max_tokens=one.max_tokens,
            temperature=one.temperature,
            top_p=one.top_p,
            top_k=40,
            min_p=0.05,
            seed=one.seed,
        )
        texts.append(answer["choices"][0]["message"]["content"])
    llama.close()
    return texts


def with_template(path: Path, target: Path, template: str) -> Path:
    """A copy with another chat template, not longer than the one in the file."""
    data = path.read_bytes()
    at = data.index(b"tokenizer.chat_template") + len(b"tokenizer.chat_template") + 4  # the type
    (length,) = struct.unpack("<Q", data[at : at + 8])
    padded = template.encode() + b"{#" + b" " * (length - len(template.encode()) - 4) + b"#}"
    assert len(padded) == length
    target.write_bytes(data[: at + 8] + padded + data[at + 8 + length :])
    return target


@pytest.mark.usefixtures("safe_llama")
def test_greedy_and_seeded_texts_are_those_of_llama_cpp_python(demo_models: list[Path]) -> None:
    for path in demo_models:
        requests = [request(prompt) for prompt in PROMPTS]
        requests += [
            request(prompt, temperature=0.9, top_p=0.9, seed=seed) for seed in (1, 2) for prompt in PROMPTS
        ]
        assert [done.output for done in ask(path, *requests)] == chat(path, requests)


def test_a_seed_repeats_a_text_and_another_seed_gives_another(demo: Path) -> None:
    hot = [request(temperature=2.0, seed=seed) for seed in (*range(8), *range(8))]
    texts = [done.output for done in ask(demo, *hot)]
    assert texts[:8] == texts[8:]
    assert len(set(texts)) > 1


def test_tokens_and_times_add_up(demo: Path) -> None:
    done = ask(demo, request(max_tokens=3, temperature=2.0, seed=1))[0]
    assert done.failure is None and done.started_at
    assert done.prompt_tokens and done.completion_tokens and done.completion_tokens <= 3
    assert done.ttft_s is not None and done.latency_s is not None and done.prefill_s is not None
    assert 0 < done.prefill_s <= done.ttft_s <= done.latency_s


def test_a_token_limit_ends_the_answer(demo: Path) -> None:
    whole, short = ask(demo, request(), request(max_tokens=2))
    assert (short.finish_reason, short.completion_tokens) == ("length", 2)
    assert whole.output.startswith(short.output) and (whole.completion_tokens or 0) > 2


def test_a_stop_string_cuts_wherever_its_tokens_begin(demo: Path) -> None:
    text = ask(demo, request(PROMPTS[2]))[0].output
    stops = {text[i : i + size] for size in (1, 2, 3, 7) for i in range(len(text) - size)}
    done = ask(demo, *(request(PROMPTS[2], stop=("never", stop)) for stop in sorted(stops)))
    for stop, one in zip(sorted(stops), done, strict=True):
        assert (one.output, one.finish_reason) == (text[: text.index(stop)], "stop")


def test_a_prompt_that_is_too_long_is_a_failure_with_the_counts(demo: Path) -> None:
    long, after = ask(demo, request("far too long " * 60), request(), n_ctx=64)
    assert long.failure and long.failure.kind == "context_exceeded" and not long.failure.retryable
    assert (
        long.prompt_tokens
        and str(long.prompt_tokens) in long.failure.message
        and "64" in long.failure.message
    )
    assert after.failure is None


def test_an_answer_ends_where_the_context_does(demo: Path) -> None:
    free = ask(demo, request())[0]
    assert free.prompt_tokens
    tight = ask(demo, request(), n_ctx=free.prompt_tokens + 1)[0]
    assert (tight.finish_reason, tight.completion_tokens) == ("length", 1)
    assert free.output.startswith(tight.output)


def test_what_a_prompt_shares_with_the_one_before_is_reused_and_said(demo: Path) -> None:
    fresh, again, other = ask(demo, request(), request(), request("What is 17 plus 26?"))
    alone = ask(demo, request("What is 17 plus 26?"))[0]
    assert fresh.cached_tokens == 0 and fresh.prompt_tokens
    assert again.cached_tokens == fresh.prompt_tokens - 1
    assert other.cached_tokens and 0 < other.cached_tokens < fresh.prompt_tokens
    assert (again.output, other.output) == (fresh.output, alone.output)


def test_a_prompt_longer_than_a_batch_gives_the_same_text(demo: Path) -> None:
    whole = ask(demo, request(PROMPTS[1]))[0]
    pieces = ask(demo, request(PROMPTS[1]), n_batch=8)[0]
    assert (whole.output, whole.prompt_tokens) == (pieces.output, pieces.prompt_tokens)


def test_a_deadline_is_a_failure(demo: Path) -> None:
    late, after = ask(demo, request(timeout_s=1e-9), request())
    assert late.failure and late.failure.kind == "timeout" and late.finish_reason is None
    assert after.failure is None


def test_text_is_cut_at_whole_characters() -> None:
    text = "né €5 😀!"
    data = text.encode()
    for length in range(len(data) + 1):
        shown = valid_text(bytearray(data[:length]))
        assert text.startswith(shown) and len(data[:length]) - len(shown.encode()) <= 3
    assert valid_text(bytearray(b"a\xffb")) == "a\ufffdb"


@pytest.mark.parametrize("share", [0.0001, 0.01, 0.5, 0.999])
def test_a_file_cut_short_is_said_in_one_line(demo: Path, tmp_path: Path, share: float) -> None:
    data = demo.read_bytes()
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ModelUnavailable, match="download it again") as caught:
        ask(cut)
    assert "\n" not in str(caught.value) and str(cut) in str(caught.value)


def test_a_template_without_system_prompts_gets_it_in_the_first_question(demo: Path, tmp_path: Path) -> None:
    refusing = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        "{{ m.role + ': ' + m.content + '\n' }}{% endfor %}"
    )
    model = NativeModel(with_template(demo, tmp_path / "other.gguf", refusing), Placement())
    system, user = Message("system", "Be brief."), Message("user", "Hello")
    joined = model.vocabulary.prompt([Message("user", "Be brief.\n\nHello")])
    assert model.vocabulary.prompt([system, user]) == joined
    with pytest.raises(ValueError, match="no system"):
        model.vocabulary.prompt([user, system])
    model.close()


def test_a_broken_template_is_said_when_the_model_is_opened(demo: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="chat template is broken"):
        ask(with_template(demo, tmp_path / "broken.gguf", "{% for m in %}"))


def test_without_a_template_chatml_is_spoken(demo: Path, tmp_path: Path) -> None:
    bare = patched(demo, tmp_path / "bare.gguf", b"tokenizer.chat_template", b"tokenizer.chat_xxxxxxxx")
    (own,), (chatml,) = ask(demo, request()), ask(bare, request())
    assert own.output == chatml.output
    assert (own.notes["template"], chatml.notes["template"]) == ("own", "chatml")


def test_a_base_model_continues_plain_text(demo: Path, tmp_path: Path) -> None:
    bare = patched(demo, tmp_path / "bare.gguf", b"tokenizer.chat_template", b"tokenizer.chat_xxxxxxxx")
    base = patched(bare, tmp_path / "base.gguf", b"<|im_start|>", b"<|xx_start|>")
    assert ask(base, request())[0].notes["template"] == "none"
    for path, placement in ((base, Placement()), (demo, Placement(template="none"))):
        model = NativeModel(path, placement)
        assert (
            model.vocabulary.render(request("Hi").messages) == "Hi\n\nAnswer:"
            and model.vocabulary.template.stop == ()
        )
        model.close()


def test_a_prompt_begins_with_one_mark_of_the_beginning(demo: Path, tmp_path: Path) -> None:
    """Whether the template, the tokenizer or both write it; where none does, none is there."""
    key = b"tokenizer.ggml.add_bos_token\x07\x00\x00\x00"
    adding = patched(demo, tmp_path / "adding.gguf", key + b"\x00", key + b"\x01")
    body = "{% for m in messages %}{{ m.role + m.content }}{% endfor %}"
    for mark in ("", "{{ bos_token }}"):
        for base, expected in ((demo, bool(mark)), (adding, True)):
            model = NativeModel(with_template(base, tmp_path / "other.gguf", mark + body), Placement())
            assert model.vocabulary.prompt(request().messages).count(0) == expected, (mark, base)
            model.close()


def test_what_a_template_loses_is_said_when_the_model_is_opened(demo: Path, tmp_path: Path) -> None:
    lossy = with_template(demo, tmp_path / "lossy.gguf", "{% for m in messages %}{{ m.text }}{% endfor %}")
    spec = ModelSpec("m", "llama_cpp", "local", path=str(lossy))

    async def opened(**params: Any) -> None:
        engine = LlamaCpp(replace(spec, params=params))
        try:
            await engine.open()
        finally:
            await engine.close()

    with pytest.raises(
        ModelUnavailable, match=r"lossy\.gguf: its chat template writes nothing; .*template: c"
    ):
        asyncio.run(opened())
    asyncio.run(opened(template="chatml"))
    with pytest.raises(
        ModelUnavailable, match="'template' must be one of own, chatml, none, not the text 'mine'"
    ):
        asyncio.run(opened(template="mine"))


def test_an_answer_that_repeats_itself_is_ended_early(demo: Path, tmp_path: Path) -> None:
    grammar = tmp_path / "loop.gbnf"
    grammar.write_text('root ::= "This goes on and on. " root\n')
    with resident(demo, {"grammar": str(grammar)}) as model:
        (done,) = together(model, [request(max_tokens=900)])
    assert done.finish_reason == LOOP and done.failure is None
    assert done.completion_tokens is not None and 200 <= done.completion_tokens < 450
    assert done.notes["loop_saved_tokens"] == 900 - done.completion_tokens


def test_a_batch_may_take_a_minute_for_each_token(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stalled = []
    with resident(demo) as model:

        def decode(_: object, batch: Any) -> int:
            began = perf_counter()
            for seconds in (59, 61, 8 * 59, 8 * 61):
                with monkeypatch.context() as patch:
                    patch.setattr(native, "perf_counter", lambda at=began + seconds: at)
                    stalled.append((batch.n_tokens, seconds, model.stalled))
            return 0

        with monkeypatch.context() as patch:
            patch.setattr(model.model.lib, "llama_decode", decode)
            for tokens in (1, 8):
                model.model.decode(None, SimpleNamespace(n_tokens=tokens))
        assert not model.stalled
    assert [(tokens, seconds) for tokens, seconds, stands in stalled if stands] == [
        (1, 61), (1, 472), (1, 488), (8, 488)
    ]  # fmt: skip
