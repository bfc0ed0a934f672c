"""Results that other tools measured, one file a format, named here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from harness.errors import ConfigError
from harness.files import open_bounded
from harness.importers.results.base import (
    AS_WRITTEN,
    JSON,
    YAML,
    Choices,
    ImportedSample,
    ResultsFile,
    mapping,
)
from harness.importers.results.delimited import read_table
from harness.importers.results.inspect_log import open_archive
from harness.importers.results.promptfoo_table import is_promptfoo
from harness.importers.results.remarks import remarks
from harness.importers.results.repeats import numbered, together
from harness.importers.results.table import NEEDED, column_name
from harness.importers.results.totals import is_totals
from harness.plugins import load
from harness.words import counted

RESULTS = {
    "inspect": "harness.importers.results.inspect_log:read",
    "lm-eval": "harness.importers.results.lm_eval:read",
    "promptfoo": "harness.importers.results.promptfoo:read",
    "csv": "harness.importers.results.table:read",
    "totals": "harness.importers.results.totals:read",
}
_LM_EVAL_TOTALS = "totals of lm-eval"  # no format: what is looked for lies beside them
_ENDINGS = (*JSON, *YAML, ".eval", ".csv", ".tsv")
_LOOKED_FOR = (
    "looked for a log of Inspect (.eval, .json), samples_*.jsonl of lm-eval, output of promptfoo (.json, "
    f".jsonl, .yaml, .csv), and a table or JSON objects with {', '.join(NEEDED)} (or suite, model, n)"
)
# The keys of one JSON object tell what it is; the first whose keys are all there.
_KEYS: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(keys.split()), name)
    for keys, name in (
        ("doc_id resps", "lm-eval"),
        ("doc_id arguments", "lm-eval"),
        ("doc_id target", "lm-eval"),
        ("suite task_id model", "csv"),
        ("suite model n score", "totals"),
        ("suite model n passed", "totals"),
        ("eval samples", "inspect"),
        ("eval plan", "inspect"),
        ("results evalId", "promptfoo"),
        ("results stats", "promptfoo"),
        ("results prompts", "promptfoo"),
        ("provider promptIdx", "promptfoo"),
        ("provider testIdx", "promptfoo"),
        ("provider vars", "promptfoo"),
        ("results samples", "lm-eval"),
        ("results configs", _LM_EVAL_TOTALS),
        ("results config_general", _LM_EVAL_TOTALS),
        ("results versions", _LM_EVAL_TOTALS),
        ("results config", "promptfoo"),
        ("results version", "promptfoo"),
        ("table config", "promptfoo"),
        ("head body", "promptfoo"),
        ("prompt canonical_solution declaration", "humanevalpack"),
        ("prompt canonical_solution", "humaneval"),
        ("code test_list", "mbpp"),
    )
)


def read_results(
    path: Path, name: str | None = None, choices: Choices = AS_WRITTEN
) -> Iterator[ImportedSample]:
    """The samples in the file ``path``, in the format ``name`` or the one it looks like, repeats numbered.

    Raises ``ConfigError``, also for a file in which there is no sample.
    """
    source = ResultsFile(path)
    yield from numbered(load(RESULTS[name or _guess(source)])(source, choices), path)


def collect(
    path: Path, name: str | None = None, choices: Choices = AS_WRITTEN, model: str | None = None
) -> list[ImportedSample]:
    """The samples of a file, or of all results files below a folder; ``model`` is the name to give to theirs.

    Raises ``ConfigError``.
    """
    paths = _files_in(path, choices) if path.is_dir() else [path]
    files = [list(read_results(file, name, choices)) for file in paths]
    models = sorted({sample.model for samples in files for sample in samples})
    if model is not None and len(models) > 1:
        raise ConfigError(
            f"{path}: has {len(models)} models ({', '.join(models[:3])} …); --model can name only one"
        )
    if model is not None:
        files = [[replace(sample, model=model) for sample in samples] for samples in files]
    samples = together(files, choices.remark)
    if all(sample.score is None and sample.error is None for sample in samples):
        raise ConfigError(f"{path}: no sample has a score or a verdict; --scorer names the one that counts")
    if totals := sum(sample.total_of is not None for sample in samples):
        choices.remark(
            f"{counted(totals, 'total')} without samples: shown with an interval, compared with nobody"
        )
    for remark in remarks([one for one in samples if one.total_of is None], choices):
        choices.remark(remark)
    return samples


def _files_in(folder: Path, choices: Choices) -> list[Path]:
    kept, other = [], []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
        if hidden or not path.is_file() or not ResultsFile(path).name.endswith(_ENDINGS):
            continue
        try:
            guess(path)
            kept.append(path)
        except ConfigError as error:
            other.append(str(error))
    if not kept:
        why = f"; {other[0]}" if other else ""
        raise ConfigError(f"{folder}: holds no results: {_LOOKED_FOR}{why}")
    for reason in other:
        choices.remark(f"left out: {reason.partition('; say --format')[0]}")
    return kept


def guess(path: Path) -> str:
    """The format of a file. Raises ``ConfigError`` saying what it is instead, or what was looked for."""
    return _guess(ResultsFile(path))


def _guess(source: ResultsFile) -> str:
    path = source.path
    if zipfile.is_zipfile(path):
        return _of_archive(path)
    if source.name.endswith(".eval"):
        raise ConfigError(f"{path}: no complete Inspect log: its end is missing")
    with open_bounded(path) as file:
        beginning = file.read(4)
    if beginning == b"PAR1":
        raise ConfigError(f"{path}: is Parquet; write it as a CSV: DataFrame.to_csv")
    if source.name.endswith(YAML):
        return "promptfoo"
    if not source.is_json:
        columns = read_table(source).columns
        return "promptfoo" if is_promptfoo(columns) else "totals" if is_totals(columns) else "csv"
    return _checked(_named(source), path)


def benchmark_or_results(path: Path) -> str | None:
    """The format, of results or of tasks, that a file of JSON (Lines) or an archive shows, if any."""
    source = ResultsFile(path)
    try:
        if zipfile.is_zipfile(path):
            return _of_archive(path)
        return _named(source) if source.is_json else None
    except ConfigError:
        return None


def _named(source: ResultsFile) -> str | None:
    """The format of which the keys of the first object are."""
    keys = {*mapping(source.first())}
    keys |= {column_name(str(key)) for key in keys}  # of a table, whose titles may be written as people do
    return next((name for wanted, name in _KEYS if wanted <= keys), None)


def _of_archive(path: Path) -> str:
    with open_archive(path) as archive:
        names = archive.namelist()
    if "header.json" in names or "_journal/start.json" in names:
        return "inspect"
    what = "an Excel workbook; save it as CSV" if "xl/workbook.xml" in names else f"no results; {_LOOKED_FOR}"
    raise ConfigError(f"{path}: is {what}")


def _checked(name: str | None, path: Path) -> str:
    if name in RESULTS:
        return str(name)
    if name == _LM_EVAL_TOTALS:
        beside = sorted(path.parent.glob("samples_*.jsonl*"))
        samples = f"{beside[0].name}, or the folder" if beside else "samples_*.jsonl of --log_samples"
        raise ConfigError(f"{path}: holds totals of lm-eval alone; give {samples}")
    if name is not None:
        raise ConfigError(
            f"{path}: holds the tasks of a benchmark, no results: "
            f"harness import {name} {path} --into suites/NAME"
        )
    raise ConfigError(f"{path}: not recognised; say --format {'|'.join(RESULTS)}; {_LOOKED_FOR}")
