"""The shipped schema accepts what is written; what is wrong is refused in both ways, by line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from harness.errors import ConfigError
from harness.jsontext import parse
from harness.paths import DATA
from harness.rules.file import load_rules, to_yaml
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.exporters.sample import rule_set

SCHEMA = Draft202012Validator(parse((DATA / "routing_rules.schema.json").read_bytes()))


def test_it_is_a_schema_and_accepts_our_own_files() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)
    SCHEMA.validate(yaml.safe_load(to_yaml(rule_set())))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("quality: 0.9", "quality: 1.4", "'quality' must be from 0 to 1, not 1.4"),
        ("n: 120", "n: -3", "'n' must be 0 or more, not -3"),
        ("timeout_s: 300.0", "timeout_s: -1", "'timeout_s' must be 0 or more, not -1"),
        ("margin: 0.1", "margin: -1.5", "'margin' must be from -1 to 1, not -1.5"),
        ("id: tiny", "id: ''", "'id' must have 1 or more characters, not 0"),
        ("generated_at: '2026-11", "generated_at: '2026-13", "'generated_at' must be a date such as 2026-11"),
        ("generated_at: '", "generated_at: 'on ", "'generated_at' must be a date such as 2026-11-20"),
        ("api_key_env: OUR", "api_key_env: 0OUR", "'api_key_env' must be the name of a variable"),
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
        load_rules(tmp_path / "rules.yaml")
    done = harness("rules", "check", "rules.yaml")
    assert done.code == 1
    assert f"rules.yaml:{line}: {complaint}" in done.err
