"""Many prompts side by side: the same texts, nothing left behind."""

from __future__ import annotations

import json
import random
import resource
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from harness.engines.local.batch import LOOKED_AT, Batcher
from harness.engines.local.native import NativeModel, Placement
from harness.engines.local.resident import Prepared, Resident
from harness.engines.local.sampling import Sampling
from harness.engines.local.slots import Generation, Job, shared
from harness.errors import ModelUnavailable
from harness.messages import Message
from harness.records import Request
from harness.suites import find_suites, load_suite
from tests.engines.local.asking import PROMPTS, request, resident, together

MIX = {"classification": 44, "math": 24, "codegen": 12}


def questions() -> list[Request]:
    """80, every fourth of them sampled."""
    tasks = [task for name, n in MIX.items() for task in load_suite(find_suites()[name]).tasks[:n]]
    return [
        Request(str(i), "s", task.id, task.messages, seed=i, temperature=0.8 * (i % 4 == 3), max_tokens=16)
        for i, task in enumerate(tasks)
    ]


def test_texts_are_the_same_alone_and_together(demo_models: list[Path]) -> None:
    asked = questions()
    equal = 0
    for path in demo_models:
        with resident(path, n_slots=1, n_ctx=1024) as one, resident(path, n_slots=8, n_ctx=1024) as many:
            alone = together(one, asked)
            crowd = together(many, asked)
        assert len(alone) == 80 and all(done.timing == "measured" for done in alone)
        assert sum(done.timing == "contended" for done in crowd) > 70
        equal += sum(a.output == b.output for a, b in zip(alone, crowd, strict=True))
    assert equal >= 0.99 * 240


def held(model: Resident) -> None:
    """Each slot is free, and llama.cpp holds of its sequence what the slot says."""
    batcher = model._batcher
    assert not batcher.busy and not batcher._active and not model._asked
    for slot in batcher._slots:
        assert slot.job is None and slot.chain is None
        last = model.model.lib.llama_memory_seq_pos_max(model.model.memory, slot.seq)
        assert last == len(slot.kept) - 1


def storm(model: Resident, rng: random.Random, count: int) -> dict[str, int]:
    """``count`` requests of all sorts, some of them cancelled at any moment. How many ended how."""
    ends: dict[str, int] = {"cancelled": 0}
    waiting: set[int] = set()
    left = iter(range(count))
    more = True
    while more or waiting:
        while more and len(waiting) < 12:
            key = next(left, None)
            if key is None:
                more = False
                break
            asked = request(
                " ".join(rng.choices(PROMPTS, k=rng.randint(1, 3))),
                max_tokens=rng.randint(1, 24),
                temperature=rng.choice([0.0, 1.5]),
                seed=key,
                stop=rng.choice([(), ("e",), ("never",)]),
                timeout_s=rng.choice([60.0, 60.0, 60.0, 0.003]),
                choices=rng.choice([(), (), (), ("yes", "not at all", "no")]),
            )
            prepared = model.prepare(asked)
            assert isinstance(prepared, Prepared)
            model.submit(key, prepared)
            waiting.add(key)
        if waiting and rng.random() < 0.1:
            key = rng.choice(sorted(waiting))
            model.cancel(key)
            waiting.remove(key)
            ends["cancelled"] += 1
        for key, done in model.step():
            waiting.remove(key)
            how = done.failure.kind if done.failure else str(done.finish_reason)
            ends[how] = ends.get(how, 0) + 1
    return ends


def test_what_a_window_no_longer_sees_is_computed_again(demo: Path) -> None:
    model = NativeModel(demo, Placement(n_slots=1))
    assert model.window == 0 and model.reusable([1, 2, 3], [1, 2, 4, 5]) == 2
    model.window = 4
    assert model.reusable([1, 2, 3], [1, 2, 4, 5]) == 2, "nothing has left the window"
    assert model.reusable([1, 2, 3], [1, 2, 4, 5, 6]) == 0
    assert model.reusable([1, 2, 4, 5, 6, 7], [1, 2, 4, 5, 6]) == 5, "it goes on where the other ended"
    model.close()


def test_a_thousand_requests_leave_nothing_behind(demo: Path) -> None:
    rng = random.Random(5)
    with resident(demo, n_slots=6, n_ctx=256) as model:
        before = together(model, [request()])[0].output
        storm(model, rng, 250)
        held(model)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ends = storm(model, rng, 1000)
        held(model)
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 4096  # KB
        assert sum(ends.values()) == 1000
        assert min(ends[how] for how in ("cancelled", "stop", "length", "timeout")) > 10
        assert together(model, [request()])[0].output == before


def test_a_prefix_of_many_is_computed_once(demo: Path) -> None:
    story = "The cat sat on the mat and looked at the dog. " * 8
    asked = [
        request(prompt, messages=(Message("system", story), Message("user", prompt)))
        for prompt in PROMPTS * 8
    ]
    with resident(demo, n_slots=4, n_ctx=1024) as many, resident(demo, n_slots=1, n_ctx=1024) as one:
        crowd = together(many, asked)
        alone = together(one, asked)
    assert [done.output for done in crowd] == [done.output for done in alone]
    computed = sum((done.prompt_tokens or 0) - (done.cached_tokens or 0) for done in crowd)
    whole = crowd[0].prompt_tokens or 0
    assert computed < 2 * whole + len(asked) * 60
    assert sum(done.cached_tokens == 0 for done in crowd) == 1


def test_prompts_alike_meet_and_nobody_waits_for_ever(demo: Path) -> None:
    stories = ["The cat sat on the mat. " * 6, "A dog ran to the tree. " * 6]
    asked = [
        request(
            messages=(Message("system", stories[number % 2 if number else 1]), Message("user", f"{number}?"))
        )
        for number in range(8)
    ]
    with resident(demo, n_slots=2, n_ctx=1024) as model:
        mixed = together(model, asked)
        assert sum(done.cached_tokens == 0 for done in mixed) <= 2  # either story is computed once
        lone = model.prepare(request("Hello"))
        assert isinstance(lone, Prepared)
        crowd = [model.prepare(one) for one in asked[1::2] * 20]
        for key, one in enumerate([crowd[0], lone, *crowd[1:]]):
            assert isinstance(one, Prepared)
            model.submit(key, one)
        ended = [key for _ in iter(lambda: model.busy, False) for key, _ in model.step()]
    assert 4 < ended.index(1) < 2 * LOOKED_AT


def test_shared_beginnings() -> None:
    rng = random.Random(3)
    for _ in range(300):
        a = [rng.randint(0, 1) for _ in range(rng.randint(0, 9))]
        b = [rng.randint(0, 1) for _ in range(rng.randint(0, 9))]
        slow = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        assert shared(a, b) == slow


def test_busy_time_is_shared_and_not_counted_twice(demo: Path) -> None:
    with resident(demo, n_slots=4) as model:
        began = perf_counter()
        done = together(model, [request(seed=i, temperature=1.0) for i in range(40)])
        wall = perf_counter() - began
    assert 0 < sum(one.busy_s or 0 for one in done) <= wall
    assert sum(one.latency_s or 0 for one in done) > sum(one.busy_s or 0 for one in done)


def test_a_grammar_makes_json_of_whatever_is_sampled(demo: Path) -> None:
    asked = [request(temperature=1.5, seed=seed, max_tokens=120) for seed in range(6)]
    with resident(demo, {"grammar": "json"}) as model:
        done = together(model, asked)
    ended = [one for one in done if one.finish_reason == "stop"]
    assert ended
    for one in ended:
        json.loads(one.output)


def test_a_grammar_that_is_none_is_refused(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.gbnf").write_text("root ::= (")
    with (
        pytest.raises(ModelUnavailable, match="grammar"),
        resident(demo, {"grammar": str(tmp_path / "bad.gbnf")}),
    ):
        pass


def test_a_penalty_keeps_from_repeating(demo: Path) -> None:
    asked = [request(PROMPTS[2], max_tokens=60)]
    with resident(demo) as plain, resident(demo, {"repeat_penalty": 50.0}) as harsh:
        a, b = together(plain, asked)[0], together(harsh, asked)[0]
    assert a.output != b.output


def log_likelihood(model: NativeModel, prompt: list[int], answer: list[int]) -> float:
    """Computed whole, in one batch, by another route than the engine's."""
    lib, tokens = model.lib, prompt + answer
    lib.llama_memory_clear(model.memory, True)
    batch = lib.llama_batch_init(len(tokens), 0, 1)
    for i, token in enumerate(tokens):
        batch.token[i], batch.pos[i], batch.n_seq_id[i], batch.logits[i] = token, i, 1, True
        batch.seq_id[i][0] = 0
    batch.n_tokens = len(tokens)
    assert lib.llama_decode(model.context, batch) == 0
    size = lib.llama_vocab_n_tokens(model.vocab)
    logits = np.ctypeslib.as_array(lib.llama_get_logits(model.context), (len(tokens), size)).astype(float)
    lib.llama_batch_free(batch)
    rows = logits[len(prompt) - 1 : -1]
    rows = rows - np.log(np.exp(rows).sum(axis=1, keepdims=True))
    return float(sum(rows[i, token] for i, token in enumerate(answer)))


def test_scores_are_those_of_each_choice_computed_whole(demo_models: list[Path]) -> None:
    choices = ("positive", "negative", "4", "an answer of several tokens", "positive or not")
    for path in demo_models:
        with resident(path, n_slots=4) as model:
            mixed = together(model, [request(prompt, choices=choices) for prompt in PROMPTS])
            again = together(model, [request(PROMPTS[0], choices=choices)])[0]
            assert again.scores == pytest.approx(mixed[0].scores, rel=0.005, abs=0.02)
            held(model)
        native = NativeModel(path, Placement(n_slots=1))
        for prompt, done in zip(PROMPTS, mixed, strict=True):
            tokens = native.vocabulary.prompt(request(prompt).messages)
            whole = [log_likelihood(native, tokens, native.vocabulary.answer(choice)) for choice in choices]
            assert done.scores == pytest.approx(whole, rel=0.005, abs=0.02)
            assert done.output == choices[whole.index(max(whole))]
        native.close()


def test_a_refused_batch_fails_its_jobs_and_spoils_nothing(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = NativeModel(demo, Placement(n_slots=2))
    batcher = Batcher(model)
    prompt = model.vocabulary.prompt(request().messages)

    def run() -> list[str | None]:
        for key in range(3):
            batcher.add(key, Job(prompt, Sampling(), 8))
        ended: dict[int, Generation] = {}
        while batcher.busy:
            ended.update(batcher.step())
        return [ended[key].failure or ended[key].text for key in range(3)]

    good = run()
    real = model.lib.llama_decode
    with monkeypatch.context() as patch:
        patch.setattr(model.lib, "llama_decode", lambda context, batch: -3)
        assert run() == ["llama_decode returned -3"] * 3
    assert model.lib.llama_decode is real and run() == good
    model.close()
