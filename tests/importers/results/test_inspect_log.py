"""Logs of Inspect: packed as it packs them, with scores as its scorers give them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from harness.errors import ConfigError
from harness.importers.results import collect, read_results
from harness.importers.results.base import Choices, ImportedSample

HEAD = {"status": "success", "eval": {"task": "mine/kilns", "model": "openai/gpt-4o-mini"}, "plan": {}}


def sample(number: int, value: object, **more: Any) -> dict[str, Any]:
    return {"id": number, "epoch": 1, "input": f"{number}?", "scores": {"judge": {"value": value}}, **more}


def log(
    path: Path, samples: list[dict[str, Any]], *, zstd: bool = False, head: str = "header.json", **about: Any
) -> Path:
    """An ``.eval`` file; its members are packed as Inspect does (a zip that Python alone cannot write)."""
    members = {head: {**HEAD, **about}} | {f"samples/{s['id']}_epoch_{s['epoch']}.json": s for s in samples}
    with zipfile.ZipFile(path, "w") as archive:
        for name, value in members.items():
            raw = json.dumps(value).encode()
            packed = pa.compress(raw, "zstd", asbytes=True) if zstd else raw
            archive.writestr(name, packed)
            if zstd:
                info = archive.getinfo(name)
                info.compress_type, info.file_size, info.CRC = 93, len(raw), zipfile.crc32(raw)  # type: ignore[attr-defined]
    return path


def scores(path: Path, choices: Choices = Choices()) -> list[tuple[bool | None, float | None]]:  # noqa: B008
    return [(one.passed, one.score) for one in read_results(path, choices=choices)]


def test_members_packed_with_zstd_are_as_others(tmp_path: Path) -> None:
    samples = [sample(1, "C"), sample(2, "I", output={"completion": "x" * 100_000})]
    plain, packed = log(tmp_path / "a.eval", samples), log(tmp_path / "b.eval", samples, zstd=True)
    assert list(read_results(packed)) == list(read_results(plain))


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ("C", 1.0), ("P", 0.5), ("I", 0.0), ("N", 0.0), (True, 1.0), (False, 0.0), ("yes", 1.0), ("No", 0.0),
        ("TRUE", 1.0), ("false", 0.0), (1, 1.0), (0.85, 0.85), ("0.85", 0.85), ("1", 1.0), ("85%", 0.85),
        ("7/10", 0.7), ("pass", 1.0), ("incorrect", 0.0),
        (float("nan"), None), (None, None), ("", None), ("rather good", None), ([1, 0], None),
    ],
)  # fmt: skip
def test_scores_of_every_form_are_read(tmp_path: Path, value: object, score: float | None) -> None:
    path = log(tmp_path / "log.eval", [sample(1, value)])
    assert scores(path) == [(None if score is None else score == 1.0, score)]


@pytest.mark.parametrize("value", [8, "8", 1.5])
def test_a_scale_that_is_not_known_has_to_be_said(tmp_path: Path, value: object) -> None:
    path = log(tmp_path / "log.eval", [sample(1, 1), sample(2, value)])
    with pytest.raises(
        ConfigError,
        match=r"log\.eval: samples/2_epoch_1\.json: the score .* is more than 1; say .* --scale 10",
    ):
        scores(path)
    assert scores(path, Choices(scale=10)) == [(False, 0.1), (False, float(value) / 10)]  # type: ignore[arg-type]
    assert scores(path, Choices(scale=10, pass_at=0.15))[1][0] is True
    with pytest.raises(ConfigError, match=r"is not within 0 to 1\.2"):
        scores(path, Choices(scale=1.2))


def test_a_score_below_zero_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the score -1 is not within 0 to 1"):
        scores(log(tmp_path / "log.eval", [sample(1, -1)]))


def test_invalidated_samples_do_not_count_and_are_told(tmp_path: Path) -> None:
    path = log(tmp_path / "log.eval", [sample(1, "C"), sample(2, "C", invalidation={"author": "me"})])
    remarks: list[str] = []
    (kept,) = read_results(path, choices=Choices(remark=remarks.append))
    assert kept.task_id == "1"
    assert remarks == [f"{path}: 1 invalidated samples are left out"]


def test_of_several_scorers_one_counts_as_the_user_says(tmp_path: Path) -> None:
    both = {"judge": {"value": 0.2}, "parts": {"value": {"fact": 1, "style": 0}}}
    path = log(tmp_path / "log.eval", [sample(1, 0, scores=both)])
    remarks: list[str] = []
    (first,) = read_results(path, choices=Choices(remark=remarks.append))
    assert (first.score, first.grader) == (0.2, "judge")
    assert "of the scorers judge, parts the first counts; another: --scorer NAME" in remarks[0]
    assert scores(path, Choices(scorer="parts.fact")) == [(True, 1.0)]
    with pytest.raises(
        ConfigError, match=r"several values; choose one: --scorer parts\.fact or --scorer parts\.style"
    ):
        scores(path, Choices(scorer="parts"))
    with pytest.raises(ConfigError, match="no scorer 'jugde'; there are judge, parts"):
        scores(path, Choices(scorer="jugde"))


def test_the_headline_scorer_counts_before_the_first(tmp_path: Path) -> None:
    both = {"judge": {"value": 0}, "match": {"value": "C"}}
    about = {**HEAD["eval"], "headline_metric": {"scorer": "match"}}  # type: ignore[dict-item]
    path = log(tmp_path / "log.eval", [sample(1, 0, scores=both)], eval=about)
    assert [one.grader for one in read_results(path)] == ["match"]


def test_epochs_are_repeats_and_a_retried_log_repeats_nothing(tmp_path: Path) -> None:
    first = [sample(1, "C", uuid="a"), {**sample(1, "I", uuid="b"), "epoch": 2}]
    log(tmp_path / "1.eval", first, status="error")
    log(tmp_path / "2.eval", [*first, sample(2, "C", uuid="c")])
    log(tmp_path / "3.eval", [sample(2, "C", uuid="d")])
    remarks: list[str] = []
    samples = collect(tmp_path, choices=Choices(remark=remarks.append))
    assert [(one.task_id, one.repeat) for one in samples] == [("1", 0), ("1", 1), ("2", 0), ("2", 1)]
    assert any("1.eval: the evaluation ended as 'error'" in line for line in remarks)
    assert "2 samples are in several files; each is taken once" in remarks


def test_tokens_of_a_cache_belong_to_the_prompt_and_an_agents_calls_are_added(tmp_path: Path) -> None:
    usage = {"input_tokens": 5, "input_tokens_cache_read": 4, "output_tokens": 2, "total_tokens": 11}
    whole = {key: 3 * value for key, value in usage.items()}
    one = sample(1, "C", output={"usage": usage, "time": 0.5})
    two = sample(
        2,
        "C",
        output={"usage": usage, "time": 0.5},
        working_time=4,
        model_usage={"openai/gpt-4o-mini": whole},
    )
    first, second = read_results(log(tmp_path / "log.eval", [one, two]))
    figures = [(s.prompt_tokens, s.completion_tokens, s.cached_tokens, s.latency_s) for s in (first, second)]
    assert figures == [(9, 2, 4, 0.5), (27, 6, 12, 4)]


def test_a_log_of_a_run_that_broke_off_is_read(tmp_path: Path) -> None:
    remarks: list[str] = []
    path = log(tmp_path / "log.eval", [sample(1, "C")], head="_journal/start.json", status=None)
    (one,) = read_results(path, choices=Choices(remark=remarks.append))
    assert one.passed is True
    assert "ended as 'started'" in remarks[0]


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    path = log(tmp_path / "log.eval", [sample(1, "C")], zstd=True)
    raw = path.read_bytes()
    second = raw.index(b"\x28\xb5\x2f\xfd", raw.index(b"\x28\xb5\x2f\xfd") + 4)
    path.write_bytes(raw[: second + 9] + bytes(20) + raw[second + 29 :])
    with pytest.raises(ConfigError, match=r"log\.eval: samples/1_epoch_1\.json: "):
        list(read_results(path))
    cut = log(tmp_path / "cut.eval", [sample(1, "C")])
    with zipfile.ZipFile(cut, "a") as archive:
        archive.writestr("samples/2_epoch_1.json", '{"id": 2, "epoch": 1, "scores": {"ju')
    with pytest.raises(ConfigError, match=r"cut\.eval: samples/2_epoch_1\.json:1: not valid JSON"):
        list(read_results(cut))
    (tmp_path / "half.eval").write_bytes(raw[: len(raw) // 2])
    with pytest.raises(ConfigError, match=r"half\.eval: no complete Inspect log: its end is missing"):
        list(read_results(tmp_path / "half.eval"))


def test_a_member_that_is_packed_to_look_small_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.importers.results.inspect_log.MOST", 1 << 20)
    path = log(tmp_path / "log.eval", [sample(1, "C", metadata={"x": "y" * (2 << 20)})], zstd=True)
    with pytest.raises(ConfigError, match=r"samples/1_epoch_1\.json: holds more than 1 MB"):
        list(read_results(path))


def test_text_that_is_kept_apart_is_put_back(tmp_path: Path) -> None:
    message = {
        "content": [{"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "attachment://abc"}]
    }
    one = sample(1, "C", output={"choices": [{"message": message}]}, attachments={"abc": "a long answer"})
    samples: list[ImportedSample] = list(read_results(log(tmp_path / "log.eval", [one])))
    assert samples[0].output == "a long answer"
