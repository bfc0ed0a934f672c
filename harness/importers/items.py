"""Items of any file that holds some: JSON Lines, one JSON list or object, CSV, Parquet; packed or not.

An item is a ``FileSection``: it knows file and line (in Parquet, the row). ``fields`` says under which keys
the source has what an importer asks for by its own names; ``a.b`` is ``b`` of the object ``a``.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import open_bounded, read_bounded
from harness.filesections import FileSection, section_of
from harness.importers.base import TaskEntry, task_id
from harness.importers.jsonl import read_items
from harness.importers.results.base import MOST, ResultsFile
from harness.importers.results.delimited import read_table
from harness.words import counted

ENDINGS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_TABLES = (".csv", ".tsv")
_LONGEST = 1_000_000  # characters of one value


def files_of(source: Path) -> list[Path]:
    """The file itself, or all files of items below a folder. Raises ``ConfigError`` where there is none."""
    if not source.is_dir():
        return [source]
    files = [
        path
        for path in sorted(source.rglob("*"))
        if path.is_file()
        and ResultsFile(path).name.lower().endswith(ENDINGS)
        and not any(part.startswith(".") for part in path.relative_to(source).parts)
    ]
    if not files:
        raise ConfigError(f"{source}: holds no file of items ({', '.join(ENDINGS)})")
    return files


def stem_of(path: Path) -> str:
    """A file's name without its endings, as ids of tasks begin with it."""
    return task_id(path.name.partition(".")[0]) or "item"


def items_of(path: Path, fields: Mapping[str, str] | None = None) -> list[FileSection]:
    """The items of one file, under our names. Raises ``ConfigError`` naming file and line."""
    file = ResultsFile(path)
    with open_bounded(path, MOST) as stream:
        beginning = stream.read(4)
    if beginning == b"PAR1":
        items = _of_parquet(path)
    elif file.name.lower().endswith(_TABLES):
        items = _of_table(file)
    else:
        items = read_items(path)
    return [renamed(item, fields or {}) for item in items]


def renamed(item: FileSection, fields: Mapping[str, str]) -> FileSection:
    """The item under our names too. Raises ``ConfigError`` where it lacks a key that the user named."""
    for name, key in fields.items():
        value: Any = item
        for part in [key] if key in item else key.split("."):
            if not isinstance(value, Mapping) or part not in value:
                raise ConfigError(
                    f"{item.where()}: {key!r} is missing; there are {', '.join(item) or 'no keys'}"
                )
            value = value[part]
        item[name] = value
        item.lines = {**item.lines, name: item.line}
    return item


def read_all(source: Path, fields: Mapping[str, str]) -> Iterator[tuple[Path, list[FileSection]]]:
    """Every file of a source with its items. Raises ``ConfigError``."""
    for path in files_of(source):
        yield path, items_of(path, fields)


def first_key(item: FileSection, keys: Sequence[str]) -> str:
    """The first of ``keys`` that an item has. Raises ``ConfigError`` naming what there is."""
    for key in keys:
        if key in item:
            return key
    raise ConfigError(
        f"{item.where()}: {' or '.join(map(repr, keys))} is missing; there are "
        f"{', '.join(item) or 'no keys'}; name one with --field {keys[0]}=KEY"
    )


def text_in(item: FileSection, *keys: str) -> str:
    """What the first of ``keys`` that an item has says, as text. Raises ``ConfigError``."""
    key = first_key(item, keys)
    text = as_text(item[key], item.where(key), key)
    if text is None:
        raise ConfigError(f"{item.where(key)}: {key!r} is empty")
    return text


def as_text(value: Any, where: str, key: str) -> str | None:
    """A scalar as text; ``None`` where it is missing, as pandas and spreadsheets have it too.

    Raises ``ConfigError`` for what is no scalar, and for a text that is too long.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return None if not math.isfinite(value) else str(int(value)) if value.is_integer() else repr(value)
    if value is None or isinstance(value, int):
        return None if value is None else str(value)
    if not isinstance(value, str):
        kind = "a list" if isinstance(value, list) else "an object"
        raise ConfigError(f"{where}: {key!r} must be text, not {kind}")
    if len(value) > _LONGEST:
        raise ConfigError(f"{where}: {key!r} has more than {_LONGEST:,} characters")
    return value if value.strip() else None


def texts_in(item: FileSection, *keys: str) -> list[str]:
    """The same of a value that may be a list: at least one text."""
    key = first_key(item, keys)
    values = item[key] if isinstance(item[key], list) else [item[key]]
    texts = [text for value in values if (text := as_text(value, item.where(key), key)) is not None]
    if not texts:
        raise ConfigError(f"{item.where(key)}: {key!r} is empty")
    return list(dict.fromkeys(texts))


@dataclass(frozen=True, slots=True)
class Draft:
    """A task before it has its id: the ``name`` that the source gives, or ``stem`` and a number."""

    where: str
    stem: str
    entry: TaskEntry
    name: str | None = None


def named(drafts: Iterable[Draft]) -> tuple[tuple[TaskEntry, ...], dict[str, str]]:
    """The tasks with their ids, and what is left out: items that repeat or contradict others.

    Raises ``ConfigError`` where two items have one id.
    """
    drafts = list(drafts)
    answers: dict[str, set[str]] = {}
    for draft in drafts:
        answers.setdefault(_question(draft.entry), set()).add(_answer(draft.entry))
    tasks: list[TaskEntry] = []
    places: dict[str, str] = {}
    taken: set[str] = set()
    asked: set[str] = set()
    numbers: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for draft in drafts:
        numbers[draft.stem] += 1
        question = _question(draft.entry)
        if question in asked or len(answers[question]) > 1:
            counts["repeated" if question in asked else "contradicting"] += 1
            continue
        asked.add(question)
        name = draft.name or f"{draft.stem}-{numbers[draft.stem]:04d}"
        if name in places:
            raise ConfigError(f"{draft.where}: the id {name!r:.80} is taken at {places[name]}")
        places[name] = draft.where
        identity = task_id(name) or f"item-{len(places)}"
        identity = identity if identity not in taken else f"{identity}-{len(places)}"
        taken.add(identity)
        tasks.append({"id": identity, **draft.entry})
    left_out = {}
    if repeated := counts["repeated"]:
        left_out[counted(repeated, "item")] = "there before, word for word"
    if contradicting := counts["contradicting"]:
        left_out[f"{contradicting} items that ask what others ask"] = "their answers contradict one another"
    return tuple(tasks), left_out


def _question(entry: TaskEntry) -> str:
    return json.dumps([entry.get(key) for key in ("prompt", "messages", "vars", "system")], sort_keys=True)


def _answer(entry: TaskEntry) -> str:
    return json.dumps([entry["reference"], entry["grader"]], sort_keys=True)


def _of_table(file: ResultsFile) -> list[FileSection]:
    table = read_table(file)
    twice = [name for name, count in Counter(table.columns).items() if name and count > 1]
    if twice:
        raise ConfigError(f"{file.path}:1: two columns are called {twice[0]!r}")
    items = []
    for where, cells in table.rows:
        line = int(where.rpartition(":")[2])
        cells_by_name = {name: cell for name, cell in zip(table.columns, cells, strict=True) if name}
        items.append(section_of(cells_by_name, file.path, line))
    if not items:
        raise ConfigError(f"{file.path}:1: the file holds no items")
    return items


def _of_parquet(path: Path) -> list[FileSection]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_table(pa.BufferReader(read_bounded(path, MOST))).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise ConfigError(f"{path}: not readable as Parquet: {str(error).splitlines()[0]:.200}") from None
    return [section_of(row, path, number) for number, row in enumerate(rows, 1)]
