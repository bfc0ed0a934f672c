"""How alike two models are, and what one of two passes: known tables, repeats, mistakes, spelling."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from harness.analysis.likeness import Likeness, Likenesses, read_likenesses
from harness.analysis.views import install
from harness.resultrow import ResultRow
from tests.rows import answers, database


def of(kind: str, model: str, *passes: str) -> list[ResultRow]:
    """The answers of a model to tasks of a type, and the second ones."""
    given = {"suite": kind, "task_type": kind}
    return [
        one for k, passed in enumerate(passes) for one in answers(model, passed, repeat=k, seed=k, **given)
    ]


def saying(kind: str, model: str, passed: str, texts: Sequence[str], name: str) -> list[ResultRow]:
    rows = zip(of(kind, model, passed), texts, strict=True)
    return [replace(one, output=text, metrics=json.dumps({name: text})) for one, text in rows]


def scenes() -> Iterator[ResultRow]:
    """Every scene is a task type."""
    yield from of("known", "a", "1" * 25 + "0" * 25)
    yield from of("known", "b", "1" * 20 + "0" * 5 + "1" * 10 + "0" * 15)
    yield from answers("oracle", "1" * 50, baseline=True, suite="known", task_type="known")
    yield from [*of("some", "a", "1100x-1"), *of("some", "b", "10101-x"), *of("alone", "a", "1")]
    yield from [*of("all passed", "a", "1111"), *of("all passed", "b", "1111")]
    rng = random.Random(7)
    for model in "ab":
        yield from of("noisy", model, *("".join("01"[rng.random() < 0.7] for _ in range(300)) for _ in "12"))
    yield from of("skills", "a", *["1" * 60 + "0" * 40] * 2)
    yield from of("skills", "b", *["0" * 40 + "1" * 60] * 2)
    yield from [*of("alike", "a", "1" * 60 + "0" * 40), *of("alike", "b", "1" * 58 + "0" * 42)]
    yield from [*of("worse", "a", "1" * 60 + "0" * 40), *of("worse", "b", "1" * 48 + "0" * 52)]
    for name in ("label", "answer", "tests"):
        yield from saying(name, "a", "00001", ["7", "8", "9", "x", "5"], name)
        yield from saying(name, "b", "00011", ["7", "8", "1", "x", "5"], name)
        yield from of(name, "c", "00000")  # whose answers cannot be compared
    for model in "ab":  # where scores count, nothing is passed or failed
        yield from answers(model, "0001", suite="essays", task_type="essays", measure="score", score=0.5)
    yield from saying("spelling", "a", "11", ["abcd", "same text"], "answer")
    yield from saying("spelling", "b", "11", ["ABCe", "same text"], "answer")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Likenesses, Likenesses]:
    """What is read of few answers, and of very many."""
    with database(tmp_path_factory.mktemp("results"), scenes()) as con, pytest.MonkeyPatch.context() as patch:
        install(con, ("suite",), percentiles=False)
        few = read_likenesses(con)
        patch.setattr("harness.analysis.facts._MOST", 5)
        return few, read_likenesses(con)


@pytest.fixture
def every(both: tuple[Likenesses, Likenesses]) -> Likenesses:
    return both[0]


def pair_of(every: Likenesses, kind: str | None, a: str = "a", b: str = "b") -> Likeness:
    (pair,) = (one for one in every.of_type(kind) if (one.model_a, one.model_b) == (a, b))
    return pair


def test_a_known_table(every: Likenesses) -> None:
    """20 both, 5 and 10 one alone, 15 neither: agreement .7, by chance .5, kappa .4."""
    pair = pair_of(every, "known")
    assert (pair.both_pass, pair.only_a, pair.only_b, pair.neither) == (20, 5, 10, 15)
    assert (pair.n, pair.agree, pair.either) == (50, 0.7, 0.7)
    assert pair.kappa == pytest.approx(0.4) and pair.kappa_low == pytest.approx(0.1244, abs=1e-3)
    assert (pair.better, pair.rescued, pair.complement) == ("b", 5, "unknown")
    assert not any("oracle" in (one.model_a, one.model_b) for one in every.pairs)


def test_only_tasks_that_both_answered_count(every: Likenesses) -> None:
    pair = pair_of(every, "some")
    assert (pair.n, pair.both_pass, pair.only_a, pair.only_b, pair.neither) == (4, 1, 1, 1, 1)
    assert every.of_type("alone") == [] and "alone" not in every.task_types
    overall = pair_of(every, None)
    assert overall.n == sum(pair_of(every, kind).n for kind in every.task_types)


def test_where_scores_count_nobody_passes_or_fails(every: Likenesses) -> None:
    assert every.of_type("essays") == [] and "essays" not in every.task_types


def test_all_passed_or_none_says_nothing_beyond_chance(every: Likenesses) -> None:
    pair = pair_of(every, "all passed")
    assert (pair.kappa, pair.kappa_low, pair.kappa_high, pair.alike) == (None, -1, 1, False)


def test_two_noisy_models_of_one_kind_do_not_complement_each_other(every: Likenesses) -> None:
    """What one of two equal models at .7 passes is .91: as much as a model's own second answer."""
    pair = pair_of(every, "noisy")
    assert pair.either == pytest.approx(0.91, abs=0.04) and abs(pair.kappa or 0) < 0.2
    assert pair.repeated == 300 and pair.rescued_by_repeat == pytest.approx(63, abs=20)
    assert pair.complement == "noise" and not pair.alike
    assert {one.model_a for one in every.own if one.task_type == "noisy"} == {"a", "b"}


def test_models_with_other_skills_complement_each_other(every: Likenesses) -> None:
    pair = pair_of(every, "skills")
    assert (pair.either, pair.rescued_by_repeat, pair.complement, pair.alike) == (1.0, 0, "more", False)


def test_models_of_which_none_is_better_and_that_agree_are_interchangeable(every: Likenesses) -> None:
    pair = pair_of(every, "alike")
    assert pair.alike and pair.kappa == pytest.approx(0.958, abs=0.01)
    worse = pair_of(every, "worse")
    assert worse.kappa_low > 0.6 and not worse.alike


@pytest.mark.parametrize("name", ["label", "answer", "tests"])
def test_the_same_mistake(every: Likenesses, name: str) -> None:
    pair = pair_of(every, name)
    assert (pair.both_wrong, pair.same_wrong) == (3, 2)
    assert pair_of(every, name, "a", "c").both_wrong == 0


def test_spelling_is_the_share_of_common_trigrams(every: Likenesses) -> None:
    assert pair_of(every, "spelling").text_similarity == pytest.approx(
        (1 / 3 + 1) / 2
    )  # abc of abc, bcd, bce


def test_of_very_many_answers_only_verdicts_are_compared(both: tuple[Likenesses, Likenesses]) -> None:
    few, many = both
    assert [replace(one, both_wrong=None, same_wrong=None, text_similarity=None) for one in few.pairs] == [
        *many.pairs
    ]


def test_the_most_alike_come_first() -> None:
    pairs = tuple(Likeness(None, "a", f"m{k}", 10, 5, 0, 0, 5, k / 10) for k in (2, 9, 5))
    assert [pair.kappa for pair in Likenesses(pairs, ()).of_type(None)] == [0.9, 0.5, 0.2]
