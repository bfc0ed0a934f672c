"""A rules file is the same text on every machine, with libyaml or without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.rules.file import load_rules, to_yaml
from tests.exporters.sample import rule_set

TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(["5 %", "it's", "日本語", "#", "a: b", "🎉", "\\"])
).map(" ".join)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_the_text_does_not_depend_on_libyaml(text: str) -> None:
    rules = replace(rule_set(), machine=text, models=(), rules=rule_set().rules[:1])
    fast = to_yaml(rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeDumper", raising=False)
        assert to_yaml(rules) == fast


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rules = replace(rule_set(), machine="8 cores, it's 🎉 \\ # not: a comment")
    (tmp_path / "rules.yaml").write_text(to_yaml(rules), "utf-8")
    assert load_rules(tmp_path / "rules.yaml").machine == rules.machine


def test_marks_that_nobody_sees_are_written_as_numbers(tmp_path: Path) -> None:
    names = ("evil\u202etxt.exe", "two\u200bwords", "tag\U000e0041")
    for name in names:
        rules = replace(rule_set(), machine=name)
        text = to_yaml(rules)
        assert name not in text
        assert "\\" in text
        (tmp_path / "rules.yaml").write_text(text, "utf-8")
        assert load_rules(tmp_path / "rules.yaml").machine == name
