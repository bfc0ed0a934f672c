"""The shipped schema is the record's, accepts what is written, and refuses what is wrong, by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.rules.file import to_yaml
from harness.rules.schema import build_schema, check_schema, shipped_schema
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.exporters.sample import rule_set


def test_the_shipped_schema_is_that_of_the_records() -> None:
    assert shipped_schema() == build_schema()  # else: write harness/data/routing_rules.schema.json anew


def test_it_is_a_schema_and_accepts_our_own_files(tmp_path: Path) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(shipped_schema())
    file = tmp_path / "rules.yaml"
    file.write_text(to_yaml(rule_set()))
    check_schema(file)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("quality: 0.9", "quality: 1.4", "'rules.0.evidence.quality': 1.4 is greater than the maximum of 1"),
        ("n: 120", "n: -3", "'rules.0.evidence.n': -3 is less than the minimum of 0"),
        ("timeout_s: 300.0", "timeout_s: -1", "'rules.3.policy.timeout_s': -1 is less than the minimum of 0"),
        ("temperature: 0.2", "temperature: hot", "'temperature' must be a number, not the text 'hot'"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_its_line(
    tmp_path: Path, harness: Harness, old: str, new: str, complaint: str
) -> None:
    text = to_yaml(rule_set())
    assert old in text
    (tmp_path / "rules.yaml").write_text(text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(ConfigError, match=f"rules.yaml:{line}: "):
        check_schema(tmp_path / "rules.yaml")
    done = harness("rules", "check", "rules.yaml")
    assert done.code == 1
    assert f"rules.yaml:{line}: {complaint}" in done.err
