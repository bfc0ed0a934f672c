from __future__ import annotations

from collections import Counter
from pathlib import Path

from harness.models.config import load_config
from harness.suites import load_suite
from harness.suites.matrix import task_order, work_items
from tests.conftest import TEN_SUMS, WriteSuite

MODELS = """\
models:
  - {id: a, engine: openai, provider: ollama, model: m}
  - {id: b, engine: openai, provider: ollama, model: n, tags: [big]}
matrix:
  exclude:
    - {models: big, suites: "sm*", reason: too slow}
"""


def config_file(tmp_path: Path, text: str = MODELS) -> Path:
    path = tmp_path / "models.yaml"
    path.write_text(text)
    return path


def test_items_are_grouped_by_model_and_have_stable_distinct_ids(
    write_suite: WriteSuite, tmp_path: Path
) -> None:
    config = load_config(config_file(tmp_path))
    suite = load_suite(write_suite(TEN_SUMS))
    models = config.choose_models("all")
    items = list(work_items(config, models, [suite], repeats=2, seed=7))
    assert [item.model.id for item in items] == [m.id for m in models for _ in range(20)]
    assert len({item.sample_id for item in items}) == len(items)
    assert items == list(work_items(config, models, [suite], repeats=2, seed=7))
    assert {item.seed for item in items} == {7, 8}


def test_an_excluded_pair_carries_its_reason_and_baselines_always_run(
    write_suite: WriteSuite, tmp_path: Path
) -> None:
    config = load_config(config_file(tmp_path))
    suite = load_suite(write_suite(TEN_SUMS))
    reasons = {
        item.model.id: item.skip and item.skip.reason
        for item in work_items(config, config.choose_models("all"), [suite])
    }
    assert reasons == {"a": None, "b": "too slow", "oracle": None, "nop": None, "random": None}


def test_include_crosses_out_everything_else(write_suite: WriteSuite, tmp_path: Path) -> None:
    text = MODELS[: MODELS.index("matrix")] + "matrix: {include: [{models: a, suites: small}]}\n"
    config = load_config(config_file(tmp_path, text))
    suite = load_suite(write_suite(TEN_SUMS))
    excluded = {i.model.id for i in work_items(config, config.choose_models("a,b"), [suite]) if i.skip}
    assert excluded == {"b"}


def test_a_limit_takes_a_fair_sample_that_larger_limits_extend(write_suite: WriteSuite) -> None:
    groups = "".join(
        TEN_SUMS.replace("id: sum", f"id: {category}").replace("count: 10", "count: 12")
        + f"  category: {category}\n  difficulty: beginner\n"
        for category in ("x", "y", "z")
    )
    order = task_order(load_suite(write_suite(groups)))
    assert len(order) == 36
    for size in (3, 6, 12):
        assert set(Counter(task.category for task in order[:size]).values()) == {size // 3}
