"""Texts with a label each: tables, objects, or a JSON object of splits with ``[text, label]`` pairs.

One label may stand for all that fits no other (``--out-of-scope``; ``oos`` and the like are known by their
names): the prompt says so, and its tasks are a category of their own, so that a page tells both kinds of
mistakes apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection, section_of
from harness.importers.base import ImportedSuite, finished
from harness.importers.items import Draft, files_of, items_of, named, renamed, stem_of, text_in
from harness.importers.questions import name_of

TEXT = ("text", "sentence", "utterance", "query", "message", "input", "content")
LABEL = ("label_text", "label", "intent", "category", "class", "sentiment", "target")
_SPLIT = "split"
_TEST = ("test", "testing", "eval", "validation", "valid", "val", "dev")  # the first that there is
_OUT_OF_SCOPE = re.compile(
    r"oos|out[ _-]?of[ _-]?scope|none(?:[ _-]of[ _-](?:these|the[ _-]above))?", re.IGNORECASE
)


def read(
    source: Path, fields: Mapping[str, str], split: str | None = None, out_of_scope: str | None = None
) -> ImportedSuite:
    """The tasks of a file, or of all files below a folder. Raises ``ConfigError``."""
    texts = [
        (path, item, text_in(item, *TEXT), text_in(item, *LABEL).strip())
        for path in files_of(source)
        for item in _of_split(_pairs(path, fields), split, path)
    ]
    labels = sorted({label for *_, label in texts})
    beyond = _beyond(labels, out_of_scope, source)
    labels = [label for label in labels if label != beyond] + ([beyond] if beyond else [])
    if len(labels) < 2:
        raise ConfigError(f"{source}: all texts have the label {labels[0]!r:.60}; there must be two at least")
    drafts = [
        Draft(
            item.where(),
            stem_of(path),
            {
                "vars": {"text": text},
                "category": "out-of-scope" if label == beyond else "in-scope" if beyond else "label",
                "grader": {"label": {"labels": labels}},
                "reference": label,
                "wrong": [labels[(labels.index(label) + 1) % len(labels)]],
            },
            name_of(item),
        )
        for path, item, text, label in texts
    ]
    tasks, left_out = named(drafts)
    rest = f"If none of the others fits, the label is {beyond}.\n" if beyond else ""
    prompt = (
        "Give the text its label. Answer with one label only.\n"
        f"Labels: {', '.join(labels)}\n{rest}Text: {{text}}\nLabel:"
    )
    return finished(
        ImportedSuite(
            language="en",
            description=f"Texts sorted into {len(labels)} labels, imported from {source.name}.",
            tasks=tuple({key: value for key, value in task.items() if key != "grader"} for task in tasks),
            max_tokens=32,
            left_out=left_out,
            category="classification",
            role="triage",
            defaults={"prompt": prompt, "grader": {"label": {"labels": labels}}},
        ),
        source,
    )


def _pairs(path: Path, fields: Mapping[str, str]) -> Iterator[FileSection]:
    """The items of a file; of an object of splits, each list's pairs or objects with their split's name."""
    items = items_of(path)
    if len(items) > 1 or not any(isinstance(value, list) for value in items[0].values()):
        yield from (renamed(item, fields) for item in items)
        return
    for name, values in items[0].items():
        for number, value in enumerate(values if isinstance(values, list) else (), 1):
            where = f"{items[0].where(name)}: {name} {number}"
            yield _pair(value, name, where, fields, items[0])


def _pair(value: Any, split: str, where: str, fields: Mapping[str, str], whole: FileSection) -> FileSection:
    if isinstance(value, FileSection):
        item = renamed(value, fields)
    elif isinstance(value, list) and len(value) == 2:
        item = section_of({TEXT[0]: value[0], LABEL[0]: value[1]}, whole.file, whole.line)
    else:
        raise ConfigError(f"{where}: must be [text, label], or an object")
    item[_SPLIT] = split
    return item


def _of_split(items: Iterator[FileSection], split: str | None, path: Path) -> Sequence[FileSection]:
    """The items of one split, with those out of scope there (``oos_test``); all where nothing is split."""
    listed = list(items)
    names = list(dict.fromkeys(str(item[_SPLIT]) for item in listed if _SPLIT in item))
    if not names and split is None:
        return listed
    wanted = split or next((name for name in _TEST if name in names), None)
    if wanted is None:
        raise ConfigError(f"{path}: say which split is meant: --split {'|'.join(names)}")
    chosen = [one for one in listed if str(one.get(_SPLIT)) in (wanted, f"oos_{wanted}")]
    if not chosen:
        raise ConfigError(f"{path}: has no split {wanted!r}; there are {', '.join(names) or 'none'}")
    return chosen


def _beyond(labels: Sequence[str], named: str | None, source: Path) -> str | None:
    """The label of what fits no other, if there is one."""
    if named is None:
        return next((label for label in labels if _OUT_OF_SCOPE.fullmatch(label)), None)
    if named not in labels:
        raise ConfigError(f"{source}: no text has the label {named!r}; there are {', '.join(labels[:12])}")
    return named
