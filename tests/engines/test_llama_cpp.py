from __future__ import annotations

import asyncio
import struct
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from harness.engines.decode import Decoder, Limits, Sampling, valid_text
from harness.engines.llama_cpp import LlamaCpp
from harness.engines.native import NativeModel, Placement, may_repack
from harness.errors import ModelUnavailable
from harness.records import Completion, Message, ModelSpec, Request

PROMPTS = (
    "What is 17 plus 25?",
    "Is this review positive or negative? The soup was cold and the waiter rude.",
    "Write a Python function that returns the larger of two numbers.",
    "Wie spät ist es? 🕰️ — naïve café",
)


def request(prompt: str = PROMPTS[0], **changes: Any) -> Request:
    values: dict[str, Any] = {"messages": (Message("user", prompt),), "max_tokens": 40, **changes}
    return Request("1", "suite", "task", **values)


def spec(path: Path, **changes: Any) -> ModelSpec:
    return ModelSpec("demo", "llama_cpp", "local", path=str(path), **changes)


def ask(model: ModelSpec, *requests: Request) -> list[Completion]:
    """One after the other."""

    async def go() -> list[Completion]:
        engine = LlamaCpp(model)
        await engine.open()
        try:
            return [await engine.complete(one) for one in requests]
        finally:
            await engine.close()

    return asyncio.run(go())


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

    own = "chat_template.default"
    llama = Llama(str(path), n_ctx=512, n_threads=1, n_threads_batch=1, chat_format=own, verbose=False)
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


def patched(path: Path, target: Path, old: bytes, new: bytes) -> Path:
    """A copy in which the first ``old`` is ``new``."""
    data = path.read_bytes()
    assert old in data
    target.write_bytes(data.replace(old, new, 1))
    return target


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
        assert [done.output for done in ask(spec(path), *requests)] == chat(path, requests)


def test_a_seed_repeats_a_text_and_another_seed_gives_another(demo: Path) -> None:
    hot = [request(temperature=2.0, seed=seed) for seed in (*range(8), *range(8))]
    texts = [done.output for done in ask(spec(demo), *hot)]
    assert texts[:8] == texts[8:]
    assert len(set(texts)) > 1


def test_tokens_and_times_add_up(demo: Path) -> None:
    done = ask(spec(demo), request(max_tokens=3, temperature=2.0, seed=1))[0]
    assert done.failure is None and done.started_at
    assert done.prompt_tokens and done.completion_tokens and done.completion_tokens <= 3
    assert done.ttft_s is not None and done.latency_s is not None and done.prefill_s is not None
    assert 0 < done.prefill_s <= done.ttft_s <= done.latency_s


def test_a_token_limit_ends_the_answer(demo: Path) -> None:
    whole, short = ask(spec(demo), request(), request(max_tokens=2))
    assert (short.finish_reason, short.completion_tokens) == ("length", 2)
    assert whole.output.startswith(short.output) and whole.finish_reason == "stop"


def test_a_stop_string_cuts_wherever_its_tokens_begin(demo: Path) -> None:
    text = ask(spec(demo), request(PROMPTS[2]))[0].output
    stops = {text[i : i + size] for size in (1, 2, 3, 7) for i in range(len(text) - size)}
    done = ask(spec(demo), *(request(PROMPTS[2], stop=("never", stop)) for stop in sorted(stops)))
    for stop, one in zip(sorted(stops), done, strict=True):
        assert (one.output, one.finish_reason) == (text[: text.index(stop)], "stop")


def test_a_prompt_that_is_too_long_is_a_failure_with_the_counts(demo: Path) -> None:
    long, after = ask(spec(demo, context=64), request("far too long " * 60), request())
    assert long.failure and long.failure.kind == "context_exceeded" and not long.failure.retryable
    assert (
        long.prompt_tokens
        and str(long.prompt_tokens) in long.failure.message
        and "64" in long.failure.message
    )
    assert after.failure is None


def test_an_answer_ends_where_the_context_does(demo: Path) -> None:
    free = ask(spec(demo), request())[0]
    assert free.prompt_tokens
    tight = ask(spec(demo, params={"n_ctx": free.prompt_tokens + 1}), request())[0]
    assert (tight.finish_reason, tight.completion_tokens) == ("length", 1)
    assert free.output.startswith(tight.output)


def test_what_a_prompt_shares_with_the_one_before_is_reused_and_said(demo: Path) -> None:
    fresh, again, other = ask(spec(demo), request(), request(), request("What is 17 plus 26?"))
    alone = ask(spec(demo), request("What is 17 plus 26?"))[0]
    assert fresh.cached_tokens == 0 and fresh.prompt_tokens
    assert again.cached_tokens == fresh.prompt_tokens - 1
    assert other.cached_tokens and 0 < other.cached_tokens < fresh.prompt_tokens
    assert (again.output, other.output) == (fresh.output, alone.output)


def test_a_prompt_longer_than_a_batch_gives_the_same_text(demo: Path) -> None:
    whole = ask(spec(demo), request(PROMPTS[1]))[0]
    pieces = ask(spec(demo, params={"n_batch": 8}), request(PROMPTS[1]))[0]
    assert (whole.output, whole.prompt_tokens) == (pieces.output, pieces.prompt_tokens)


def test_a_deadline_is_a_failure(demo: Path) -> None:
    late, after = ask(spec(demo), request(timeout_s=1e-9), request())
    assert late.failure and late.failure.kind == "timeout" and late.finish_reason is None
    assert after.failure is None


def test_an_interrupted_answer_keeps_the_text_so_far(demo: Path) -> None:
    model = NativeModel(demo, Placement())
    prompt = model.prompt(request(PROMPTS[2]).messages)
    looks = iter([False] * 4 + [True])
    limits = Limits(40, (), perf_counter() + 60, lambda: next(looks))
    decoder = Decoder(model)
    part = decoder.generate(prompt, Sampling(), limits)
    whole = decoder.generate(prompt, Sampling(), Limits(40, (), perf_counter() + 60, lambda: False))
    model.close()
    assert part.reason == "cancelled" and part.tokens == 4  # one look is spent on the prompt
    assert part.text and whole.text.startswith(part.text) and whole.text != part.text


def test_a_cancelled_request_does_not_hold_up_the_others(demo: Path) -> None:
    async def go() -> Completion:
        engine = LlamaCpp(spec(demo))
        await engine.open()
        tasks = [asyncio.create_task(engine.complete(request(max_tokens=400))) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks[:2]:
            task.cancel()
        done = await tasks[2]
        await engine.close()
        return done

    assert asyncio.run(go()).failure is None


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
        ask(spec(cut))
    assert "\n" not in str(caught.value) and str(cut) in str(caught.value)


def test_files_that_are_no_models_are_refused(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<html>404</html>")
    strange = patched(demo, tmp_path / "strange.gguf", b"llama", b"zebra")
    for model, complaint in (
        (spec(tmp_path / "page.gguf"), "not a GGUF file"),
        (spec(strange), "architecture 'zebra'"),
        (spec(tmp_path / "none.gguf"), "there is no file"),
        (spec(tmp_path), "there is no file"),
        (ModelSpec("demo", "llama_cpp", "local"), "`path` must name"),
    ):
        with pytest.raises(ModelUnavailable, match=complaint):
            ask(model)


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"n_ctxx": 5}, "unknown key 'n_ctxx'; known: .*n_ctx"),
        ({"n_ctx": 0}, "n_ctx must be a whole number from 1"),
        ({"n_threads": 1.5}, "n_threads must be a whole number"),
        ({"n_batch": True}, "n_batch must be a whole number"),
        ({"min_p": "a"}, "min_p must be a number"),
    ],
)
def test_wrong_parameters_are_named(demo: Path, params: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ModelUnavailable, match=complaint):
        ask(spec(demo, params=params))


def test_parameters_of_the_request_are_no_business_of_the_engine(demo: Path) -> None:
    params = {"temperature": 0.0, "top_p": 1.0, "max_tokens": 4, "timeout_s": 9, "n_threads": 1, "top_k": 5}
    assert ask(spec(demo, params=params), request())[0].failure is None


def test_a_template_without_system_prompts_gets_it_in_the_first_question(demo: Path, tmp_path: Path) -> None:
    refusing = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        "{{ m.role + ': ' + m.content + '\n' }}{% endfor %}"
    )
    model = NativeModel(with_template(demo, tmp_path / "other.gguf", refusing), Placement())
    system, user = Message("system", "Be brief."), Message("user", "Hello")
    joined = model.prompt([Message("user", "Be brief.\n\nHello")])
    assert model.prompt([system, user]) == joined
    with pytest.raises(ValueError, match="no system"):
        model.prompt([user, system])
    model.close()


def test_a_broken_template_is_said_when_the_model_is_opened(demo: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="chat template is broken"):
        ask(spec(with_template(demo, tmp_path / "broken.gguf", "{% for m in %}")))


def test_without_a_template_chatml_is_spoken(demo: Path, tmp_path: Path) -> None:
    bare = patched(demo, tmp_path / "bare.gguf", b"tokenizer.chat_template", b"tokenizer.chat_xxxxxxxx")
    assert ask(spec(bare), request())[0].output == ask(spec(demo), request())[0].output


def test_nothing_reaches_the_terminal(demo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ask(spec(demo), request())
    assert capfd.readouterr() == ("", "")


def test_hugging_face_models(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = ModelSpec("demo", "llama_cpp", "local", hf="owner/repo/sub/file.gguf")
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ModelUnavailable, match="pip install huggingface_hub"):
        ask(model)
    hub = types.ModuleType("huggingface_hub")
    asked = []

    def download(repository: str, file: str) -> str:
        asked.append((repository, file))
        return str(demo)

    hub.hf_hub_download = download  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    assert ask(model, request())[0].failure is None
    assert asked == [("owner/repo", "sub/file.gguf")]
    with pytest.raises(ModelUnavailable, match=r"owner/repo/file\.gguf"):
        ask(ModelSpec("demo", "llama_cpp", "local", hf="file.gguf"))


def test_asking_a_closed_model_is_a_mistake_of_the_caller(demo: Path) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        asyncio.run(LlamaCpp(spec(demo)).complete(request()))
