"""Templates run in a process of their own, which ends when it takes too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.importers.templates import Job, Unfilled, fill_each

HERE = Path("source.yaml")


def test_each_template_is_filled_or_says_why_not() -> None:
    values = {"a": [1, 2], "b": {"c": "ä\n"}}
    replaced = "{{'aXb' | regex_replace('X+', '-')}}"
    templates = ["{{a[1]}}", "{{b.c}}\n", "{{nothing}}", "{{a | dump}}", "{% if x %}", replaced]
    texts = fill_each([Job(template, values, "") for template in templates], HERE, strict=True)
    assert [text if isinstance(text, str) else text.reason.partition(":")[0] for text in texts] == [
        "2", "ä\n\n", "UndefinedError", "[1, 2]", "TemplateSyntaxError", "a-b",
    ]  # fmt: skip
    assert fill_each([Job("{{nothing.at.all}}", {}, "")], HERE, strict=False) == [""]
    assert fill_each([], HERE, strict=True) == []


@pytest.mark.parametrize(
    "template",
    [
        "{{ cycler.__init__.__globals__.os }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% set x = a.append(1) %}",
        "{{ range(10000000) }}",
        "{% include 'x' %}",
    ],
)
def test_the_sandbox_keeps_templates_from_the_machine(template: str) -> None:
    (text,) = fill_each([Job(template, {"a": []}, "")], HERE, strict=True)
    assert isinstance(text, Unfilled)


LOOP = "{% for a in range(99999) %}"


@pytest.mark.parametrize("template", ["{{ 'x' * 100000000000 }}", LOOP + LOOP + 2 * "{% endfor %}"])
def test_a_template_that_takes_too_much_is_refused(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.importers.templates._CPU_S", 1)
    with pytest.raises(ConfigError, match=r"source\.yaml: the templates take more than 1 second"):
        fill_each([Job(template, {}, "")], HERE, strict=True)
