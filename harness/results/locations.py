"""Where results lie: a local folder, or object storage.

Object storage is read through Arrow, which comes with clients for it. DuckDB reads its Parquet files as one
Arrow dataset: only the columns that a query uses are fetched. ``objects_of`` is for writing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from harness.errors import ResultsError
from harness.results.connections import SCHEMES, file_system_of, read_refusal
from harness.results.objects import Objects, objects_at
from harness.results.parts import covered_by, current, is_merged

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as ds
    import pyarrow.fs

AT_ONCE = 16  # parts read side by side


class Storage:
    """Everything below one address ``s3://BUCKET/FOLDER`` (``gs://``, ``az://``), listed once."""

    def __init__(self, url: str) -> None:
        """Nothing is asked before something is read."""
        self.url = url.rstrip("/")
        self._root = self.url.partition("://")[2]
        self._fragments: dict[PurePosixPath, ds.ParquetFileFragment] = {}

    @cached_property
    def _system(self) -> pyarrow.fs.FileSystem:
        return file_system_of(self.url)

    @cached_property
    def sizes(self) -> dict[PurePosixPath, int]:
        """The bytes of each file, by its path below the address, in order. Raises ``ResultsError``."""
        from pyarrow import fs

        with self._reading():
            system = self._system
            try:
                entries = system.get_file_info(fs.FileSelector(self._root, recursive=True))
            except FileNotFoundError:  # the bucket is there
                return {}
        files = sorted((file.path, file.size) for file in entries if file.is_file)
        return {PurePosixPath(path).relative_to(self._root): size for path, size in files}

    def forget(self) -> None:
        """List again before anything else is read."""
        self.__dict__.pop("sizes", None)
        self._fragments.clear()

    def read(self, path: PurePosixPath) -> bytes:
        """All of a file. Raises ``ResultsError``."""
        with self._reading(), self._system.open_input_file(f"{self._root}/{path}") as file:
            content: bytes = file.read()
        return content

    def table(self, path: PurePosixPath, columns: Sequence[str] | None) -> pa.Table:
        """A Parquet file, or some columns of it. Raises ``ResultsError``."""
        with self._reading():
            return self._fragment(path).to_table(columns=columns)

    def schemas(self, paths: Sequence[PurePosixPath]) -> dict[PurePosixPath, pa.Schema | str]:
        """The schemas of Parquet files, read side by side; in place of one, why it cannot be read."""

        def schema(path: PurePosixPath) -> pa.Schema | str:
            try:
                return self._fragment(path).physical_schema
            except (OSError, ValueError) as error:
                return str(self.unreadable(error))

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(paths, pool.map(schema, paths), strict=True))

    def dataset(self, paths: Sequence[PurePosixPath]) -> ds.Dataset:
        """Parquet files as one, with the columns of all. Raises ``ResultsError``."""
        import pyarrow as pa
        import pyarrow.dataset as ds

        with self._reading():
            parts = [self._fragment(path) for path in paths]
            schema = pa.unify_schemas([part.physical_schema for part in parts], promote_options="permissive")
            return ds.FileSystemDataset(parts, schema, ds.ParquetFileFormat(), self._system)

    def _fragment(self, path: PurePosixPath) -> ds.ParquetFileFragment:
        """A file, of which Arrow keeps the footer once it is read."""
        import pyarrow.dataset as ds

        if path not in self._fragments:
            size, form = self.sizes[path], ds.ParquetFileFormat()
            self._fragments[path] = form.make_fragment(f"{self._root}/{path}", self._system, file_size=size)
        return self._fragments[path]

    def unreadable(self, error: Exception) -> ResultsError:
        """The message of a storage client, in one line, with what to check."""
        return read_refusal(self.url, error)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            raise self.unreadable(error) from error


@dataclass(frozen=True)
class Remote:
    """A folder or a file in a storage: as much of ``pathlib.Path`` as reading results takes."""

    storage: Storage
    path: PurePosixPath = field(default_factory=PurePosixPath)

    def __str__(self) -> str:
        return f"{self.storage.url}/{self.path}" if self.path.parts else self.storage.url

    def __truediv__(self, name: str) -> Remote:
        return Remote(self.storage, self.path / name)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.name

    @property
    def parent(self) -> Remote:
        """The folder that it is in."""
        return Remote(self.storage, self.path.parent)

    def glob(self, pattern: str) -> Iterator[Remote]:
        """The files that match; ``*`` stays within a folder."""
        wanted = self.path / pattern
        for path in self.storage.sizes:
            if len(path.parts) == len(wanted.parts) and path.match(str(wanted)):
                yield Remote(self.storage, path)

    def exists(self) -> bool:
        """Whether it is a file."""
        return self.path in self.storage.sizes

    is_file = exists

    def with_suffix(self, suffix: str) -> Remote:
        """The file beside it with another suffix."""
        return Remote(self.storage, self.path.with_suffix(suffix))

    def read_bytes(self) -> bytes:
        """All of the file. Raises ``ResultsError``."""
        return self.storage.read(self.path)

    def read_text(self, encoding: str) -> str:
        """All of the file as text. Raises ``ResultsError``."""
        return self.read_bytes().decode(encoding)


ResultsLocation = Path | Remote


def location_of(address: str) -> ResultsLocation:
    """The place that an address or a path means. Raises ``ValueError``."""
    if "://" not in address:
        return Path(address)
    if not address.startswith(SCHEMES) or address.endswith("://") or ":///" in address:
        raise ValueError(f"{address} is neither a local folder nor s3://BUCKET/FOLDER (gs://, az://)")
    return Remote(Storage(address))


def relist(results: ResultsLocation) -> None:
    """Have what a storage holds listed again: somebody changed it meanwhile."""
    if isinstance(results, Remote):
        results.storage.forget()


def objects_of(results: ResultsLocation) -> Objects:
    """The same place to write to. Raises ``ResultsError`` where what that takes is not installed."""
    return objects_at(results if isinstance(results, Path) else str(results))


def parts_of(folder: ResultsLocation, pattern: str = "part-*.parquet") -> list[Any]:
    """The parts of a run that count, in order. They are places as the folder is one."""
    parts = sorted((part for part in folder.glob(pattern) if part.is_file()), key=str)
    if not any(is_merged(part.name) for part in parts):
        return parts
    covers = {part.name: covered_by(part.name, _metadata(part)) for part in parts}
    counted = current(covers)
    return [part for part in parts if part.name in counted]


def _metadata(part: ResultsLocation) -> Mapping[bytes, bytes] | None:
    """What the footer of a part that may have the rows of others says beside its columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not is_merged(part.name):
        return None
    if isinstance(part, Remote):
        schema = part.storage.schemas([part.path])[part.path]
        return None if isinstance(schema, str) else cast("Mapping[bytes, bytes] | None", schema.metadata)
    try:
        return cast("Mapping[bytes, bytes] | None", pq.read_metadata(part).metadata)
    except (OSError, pa.ArrowException):  # whoever reads its rows will say so
        return None
