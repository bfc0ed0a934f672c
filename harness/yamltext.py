"""Values as YAML that every reader of YAML understands alike, and with nothing hidden in it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from harness.unseen import UNSEEN

# What some reader of YAML takes for a number, a date, a time or a truth value, and another for text (1e3,
# 0o17, 1_000, 1,000, 12:30, 2026-01-01, =): quoted wherever it is text.
_RESEMBLES = re.compile(
    r"[-+]?(?:\d[\d_,]*\.?|\.\d)[\d_]*(?:[eE][-+]?[\d_]+)?|[-+]?0[xXoObB][\da-fA-F_]*|[-+]?\d+(?::\d+)+(?:\.\d*)?"
    r"|\d{4}-\d\d?-\d\d?\b.*|[-+]?\.(?i:inf|nan)|[=~]|<<"
)


def yaml_text(value: Any, width: int = 110) -> str:
    """``value`` as YAML: the same on every machine, with libyaml or without, and nothing hidden in it.

    Every reader of YAML, of version 1.1 or 1.2, gets the same text for what is text here.
    """
    shape: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": width}
    text: str = yaml.dump(value, Dumper=_QuickDumper, **shape)
    if "\\" in text:  # libyaml escapes more, and breaks such lines elsewhere
        text = yaml.dump(value, Dumper=_Dumper, **shape)
    if UNSEEN.search(text):
        text = yaml.dump(value, Dumper=_Dumper, **(shape | {"allow_unicode": False}))
    return text


class _Dumper(yaml.SafeDumper):
    """PyYAML's own, which quotes what YAML 1.1 says is no text, and here also what resembles it."""


class _QuickDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The same with libyaml, where there is one."""


for _dumper in (_Dumper, _QuickDumper):
    _dumper.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(f"(?:{_RESEMBLES.pattern})$"), None)
