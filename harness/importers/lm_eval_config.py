"""A task file of lm-evaluation-harness as it is written: with what it includes, and without code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import inside
from harness.filesections import FileSection, convert, expect_section
from harness.importers.items import files_of, items_of
from harness.yamlfile import read_yaml

_INCLUDES = 10  # files at most, one in another
_LOCAL = ("json", "csv", "parquet", "text")  # loaders of files
_HARMLESS = ("aggregation", "doc_to_decontamination_query")  # what code there does is not imported
_SPLITS = ("test_split", "validation_split", "training_split")
_OTHER_KINDS = ("use_prompt", "doc_to_image", "doc_to_audio", "class")


_TYPES: Mapping[str, Any] = {  # of what is read; what is not there, or empty, is no mistake
    **dict.fromkeys(("task", "description", "target_delimiter", "fewshot_delimiter", "output_type"), str),
    **dict.fromkeys((*_SPLITS, "fewshot_split"), str),
    **dict.fromkeys(("dataset_kwargs", "fewshot_config", "generation_kwargs"), Mapping[str, Any]),
    **dict.fromkeys(("metric_list", "filter_list"), tuple[Mapping[str, Any], ...]),
    "num_fewshot": int,
}


class Code(str):
    """``!function module.name``, of which nothing is run."""

    __slots__ = ()


def read_config(source: Path) -> FileSection:
    """The keys of a task file and of those it includes.

    Raises ``ConfigError`` for what cannot be imported.
    """
    config = _included(source, source.parent.resolve().parent, ())
    if not config.get("task") or isinstance(config["task"], list):
        raise ConfigError(
            f"{config.where('task')}: 'task' must name one task; import the files of a group one by one"
        )
    for key in _OTHER_KINDS:
        if config.get(key) is not None:
            raise ConfigError(f"{config.where(key)}: {key!r} is not imported")
    for key, value in config.items():
        for code in _code_in(value) if key not in _HARMLESS else ():
            raise ConfigError(
                f"{config.where(key)}: {key!r} runs code ({code}), which is not imported; "
                "make data of its results and name their field"
            )
    for key, hint in _TYPES.items():
        if config.get(key) is not None:
            convert(config[key], hint, config, key)
        else:
            config.pop(key, None)
    return config


def _included(path: Path, root: Path, above: Sequence[Path]) -> FileSection:
    if path in above or len(above) == _INCLUDES:
        raise ConfigError(f"{path}: is included in itself, or more than {_INCLUDES} deep")
    config = expect_section(read_yaml(path, tags={"!function": Code}), f"{path}:1", "a task of lm-eval")
    if "include" not in config:
        return config
    included = convert(config["include"], str, config, "include")
    try:
        behind = inside(root, path.parent / included)
    except ValueError as error:
        raise ConfigError(f"{config.where('include')}: 'include': {error}") from None
    return config.over(_included(behind, root, (*above, path)))


def _code_in(value: Any) -> Iterator[Code]:
    if isinstance(value, Code):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _code_in(inner) if key not in _HARMLESS else ()
    elif isinstance(value, list):
        for inner in value:
            yield from _code_in(inner)


@dataclass(frozen=True, slots=True)
class Documents:
    """What a task asks about, and what its examples may be taken from."""

    asked: list[FileSection]
    shown: list[FileSection]


def read_documents(config: FileSection, data: Path | None) -> Documents:
    """The documents of a task: in files beside it, or in ``data``. Raises ``ConfigError``."""
    if data is not None:
        return Documents([item for path in files_of(data) for item in items_of(path)], [])
    where, path = config.where("dataset_path"), config.get("dataset_path")
    if path not in _LOCAL:
        raise ConfigError(
            f"{where}: 'dataset_path': the data of {path!r:.80} are not here; "
            "get them as JSON, CSV or Parquet, and name the file with --data"
        )
    files = config.get("dataset_kwargs", {}).get("data_files")
    splits = dict(files) if isinstance(files, dict) else {"train": files}
    key = next((key for key in _SPLITS if config.get(key) in splits), None)
    if files is None or key is None:
        raise ConfigError(
            f"{where}: 'dataset_kwargs' must have 'data_files' of a split: {', '.join(_SPLITS)}"
        )
    shown = config.get("fewshot_split")
    return Documents(
        _documents(splits[config[key]], config), _documents(splits[shown], config) if shown in splits else []
    )


def _documents(names: Any, config: FileSection) -> list[FileSection]:
    where = config.where("dataset_kwargs")
    items: list[FileSection] = []
    for name in names if isinstance(names, list) else [names]:
        if not isinstance(name, str) or "://" in name:
            raise ConfigError(
                f"{where}: 'data_files': {name!r:.80} is not a file beside the task; use --data"
            )
        try:
            items += items_of(inside(config.file.parent, config.file.parent / name))
        except ValueError as error:
            raise ConfigError(f"{where}: 'data_files': {error}; or name it with --data") from None
    return items
