"""The ``judge:`` of ``models.yaml``: which model compares answers, and whose answers it must not compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

from harness.errors import ConfigError
from harness.fieldtypes import Between
from harness.filesections import FileSection, expect_section, read_record, section_of
from harness.models.enginekinds import ENGINES
from harness.names import nearest
from harness.records import ModelSpec

# Names under which one maker's models go: a judge favours them all.
_HOUSES = (
    frozenset({"gpt", "chatgpt", "o", "davinci"}),
    frozenset({"gemini", "gemma", "palm"}),
    frozenset({"mistral", "mixtral", "codestral", "ministral", "magistral", "devstral", "pixtral"}),
    frozenset({"llama", "codellama"}),
    frozenset({"qwen", "qwq", "qvq"}),
    frozenset({"command", "aya"}),
)
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class JudgeSpec:
    """Who compares answers, of which suites, and how long it may think."""

    model: str
    suites: str = "writing"
    max_tokens: Annotated[int, Between(16, 100_000)] = 1024


def read_judge(root: FileSection, models: Mapping[str, ModelSpec]) -> JudgeSpec | None:
    """The judge that a file names: the id of a model, or a mapping with ``model``. Raises ``ConfigError``."""
    value = root.get("judge")
    if value is None:
        return None
    if isinstance(value, str):
        value = section_of({"model": value}, root.file, int(root.where("judge").rpartition(":")[2]))
    section = expect_section(
        value, root.where("judge"), "'judge' (the id of a model, or model: ID with options)"
    )
    spec = read_record(JudgeSpec, section, "'judge'")
    where = section.where("model")
    if spec.model not in models or models[spec.model].baseline:
        raise ConfigError(f"{where}: the judge {spec.model!r:.60} is no model{nearest(spec.model, models)}")
    model = models[spec.model]
    kind = ENGINES[model.engine]
    if kind.edits or kind.routes:
        raise ConfigError(
            f"{where}: the judge {spec.model!r} must be a model that answers, not {model.engine}"
        )
    if model.family is None:
        raise ConfigError(
            f"{where}: the judge {spec.model!r} needs a 'family': models of the same one are left out"
        )
    return spec


def are_kin(one: ModelSpec, other: ModelSpec) -> bool:
    """Whether two models are of one family, or of one maker, as far as their families and names tell.

    A distilled model is kin of both of its parents, if its name has them.
    """
    return bool(_family(one) & _names(other) or _family(other) & _names(one))


def _family(spec: ModelSpec) -> frozenset[str]:
    """The first word of a family, with those of the same maker."""
    first = _LETTERS.search((spec.family or "").lower())
    if first is None:
        return frozenset()
    house = next((house for house in _HOUSES if first[0] in house), frozenset[str]())
    return house | {first[0]}


def _names(spec: ModelSpec) -> frozenset[str]:
    """The words of a model's family, id, name and file."""
    file = PurePath(spec.path).name if spec.path else None
    texts = (spec.family, spec.id, spec.model, spec.hf, spec.package, file)
    return frozenset(_LETTERS.findall(" ".join(text for text in texts if text).lower()))
