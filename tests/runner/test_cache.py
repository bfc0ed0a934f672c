from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ResultsError
from harness.messages import Message
from harness.records import Completion, Failure, ModelSpec, Quota, Request
from harness.runner.cache import AnswerCache, default_path, key_of

SPEC = ModelSpec("m", "openai", "groq", base_url="http://x", model="x", params={"reasoning_effort": "low"})
REQUEST = Request("s", "suite", "task", (Message("user", "Hi"),), seed=1, stop=("END",))


@pytest.mark.parametrize(
    "change",
    [
        {"messages": (Message("system", "Hi"),)},
        {"messages": (Message("user", "Hi"), Message("user", ""))},
        {"seed": 2},
        {"temperature": 0.1},
        {"top_p": 0.9},
        {"max_tokens": 1},
        {"stop": ()},
    ],
)
def test_whatever_changes_the_answer_changes_the_key(change: dict[str, Any]) -> None:
    assert key_of(SPEC, "r", replace(REQUEST, **change)) != key_of(SPEC, "r", REQUEST)


@pytest.mark.parametrize(
    "change",
    [{"model": "y"}, {"base_url": "http://y"}, {"params": {}}, {"engine": "llama_cpp"}, {"context": 9}],
)
def test_whoever_answers_is_in_the_key(change: dict[str, Any]) -> None:
    assert key_of(replace(SPEC, **change), "r", REQUEST) != key_of(SPEC, "r", REQUEST)
    assert key_of(SPEC, "another file", REQUEST) != key_of(SPEC, "r", REQUEST)


@pytest.mark.parametrize("change", [{"sample_id": "t"}, {"task_id": "t"}, {"repeat": 4}, {"timeout_s": 9.0}])
def test_what_is_no_part_of_the_question_is_not(change: dict[str, Any]) -> None:
    assert key_of(SPEC, "r", replace(REQUEST, **change)) == key_of(SPEC, "r", REQUEST)


def test_an_answer_comes_back_as_a_replay_with_its_times(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "deep" / "answers.sqlite")
    done = Completion(
        "yes\ud800", "stop", 3, 4, queue_s=9.0, ttft_s=0.1, latency_s=0.5, attempts=3, quota=Quota(1)
    )
    cache.put("k", done)
    cache.close()
    again = AnswerCache(tmp_path / "deep" / "answers.sqlite")
    assert again.get("k") == replace(done, queue_s=0.0, attempts=1, quota=None, timing="replayed")
    assert again.get("other") is None
    again.close()


def test_failures_are_not_kept(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "a.sqlite")
    cache.put("k", Completion(failure=Failure("timeout", "late")))
    assert cache.get("k") is None
    cache.close()


def test_a_damaged_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("this is no database, however long one looks at it" * 100)
    with pytest.raises(ResultsError, match=r"a\.sqlite cannot be used: .*; delete it, or leave --cache out"):
        AnswerCache(tmp_path / "a.sqlite")


def test_it_lies_where_caches_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_path() == tmp_path / "harness" / "answers.sqlite"
