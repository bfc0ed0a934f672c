"""Small files under names, in a folder that several machines see or in a bucket.

Whoever reads sees a whole file or none. A file is created where there is none, or put in the place of the
version that the writer has read: two writers never undo each other's work without knowing it. That somebody
else was quicker is a value; a folder or bucket that cannot be reached raises ``ResultsError``.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from harness.errors import ResultsError
from harness.results.connections import SCHEMES, client_of, is_missing_bucket, refusal

if TYPE_CHECKING:
    from obstore.store import ObjectStore as Client

_TRIES = 5  # of a file that neither is there nor can be created: somebody creates or deletes it just now
_LOOK_AT = {
    "s3": "check AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gs": "check GOOGLE_APPLICATION_CREDENTIALS",
    "az": "check AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing says of a file. ``tag`` names the version, ``modified`` is in seconds since 1970.

    The time is by the clock of whoever keeps the files, and comparable with no other.
    """

    name: str
    size: int
    tag: str
    modified: float


@dataclass(frozen=True, slots=True)
class Stored:
    """A version of a file with its content; ``tag`` and ``modified`` are as in ``Listed``."""

    content: bytes
    tag: str
    modified: float


class Objects(Protocol):
    """Files under names ``FOLDER/NAME``. Names with a part that begins with a dot are not for use."""

    def get(self, name: str) -> Stored | None:
        """The file, or ``None`` where there is none. Raises ``ResultsError``."""
        ...

    def put(self, name: str, content: bytes, over: str | None = None) -> str | None:
        """Create the file, or replace the version ``over`` of it; returns the tag of the new version.

        ``None``, and nothing is written, where there is a file already, or another version by now. After a
        broken connection that may be the writer's own doing. Raises ``ResultsError``.
        """
        ...

    def list(self, folder: str = "") -> Iterator[Listed]:
        """Every file in a folder and below, in the order of their names. Raises ``ResultsError``."""
        ...

    def delete(self, name: str) -> None:
        """Delete the file; it need not be there. Raises ``ResultsError``."""
        ...


def objects_at(location: Path | str) -> Objects:
    """The files below a folder, or below ``s3://BUCKET/FOLDER``, ``gs://…`` or ``az://…``."""
    if isinstance(location, str) and location.startswith(SCHEMES):
        return Bucket(location)
    return Folder(Path(location))


def put_once(objects: Objects, name: str, content: bytes) -> None:
    """Create a file whose name is used for this content alone. An earlier try, or others, may have done it.

    Raises ``ResultsError``, also where it is there with other content.
    """
    for _ in range(_TRIES):
        if objects.put(name, content) is not None:
            return
        stored = objects.get(name)
        if stored is not None:
            if stored.content != content:
                raise ResultsError(f"{name} is there already, with other content; move it away")
            return
    raise ResultsError(f"{name} can neither be written nor read; is it being deleted?")


def put_over(objects: Objects, name: str, content: bytes) -> None:
    """Write a file, whatever is there. Raises ``ResultsError``."""
    for _ in range(_TRIES):
        stored = objects.get(name)
        if stored is not None and stored.content == content:
            return
        if objects.put(name, content, over=None if stored is None else stored.tag) is not None:
            return
    raise ResultsError(f"{name} is written by others all the time; try again")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine or of a file server. It must have hard links and locks, as NFS has."""

    root: Path

    def get(self, name: str) -> Stored | None:
        """As in ``Objects``."""
        with self._reaching():
            try:
                with (self.root / name).open("rb") as file:
                    about = os.fstat(file.fileno())
                    return Stored(file.read(), _tag(about), about.st_mtime)
            except FileNotFoundError:
                return None

    def put(self, name: str, content: bytes, over: str | None = None) -> str | None:
        """As in ``Objects``."""
        path = self.root / name
        with self._reaching():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            try:
                with temporary.open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                    tag = _tag(os.fstat(file.fileno()))
                return tag if self._move(temporary, path, over) else None
            finally:
                temporary.unlink(missing_ok=True)

    def _move(self, temporary: Path, path: Path, over: str | None) -> bool:
        """Give the file its name, where the condition holds."""
        if over is None:
            with suppress(FileExistsError):
                path.hardlink_to(temporary)
                return True
            return False
        with _locked(path.parent):
            try:
                if _tag(path.stat()) != over:
                    return False
            except FileNotFoundError:
                return False
            temporary.replace(path)
            return True

    def list(self, folder: str = "") -> Iterator[Listed]:
        """As in ``Objects``."""
        with self._reaching():
            yield from sorted(self._walk(folder), key=lambda listed: listed.name)

    def _walk(self, folder: str) -> Iterator[Listed]:
        try:
            entries = os.scandir(self.root / folder)
        except FileNotFoundError:
            return
        with entries:
            for entry in entries:
                name = f"{folder}/{entry.name}" if folder else entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from self._walk(name)
                elif entry.is_file(follow_symlinks=False):
                    with suppress(FileNotFoundError):  # deleted meanwhile
                        about = entry.stat()
                        yield Listed(name, about.st_size, _tag(about), about.st_mtime)

    def delete(self, name: str) -> None:
        """As in ``Objects``."""
        with self._reaching():
            (self.root / name).unlink(missing_ok=True)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ResultsError(f"cannot use {self.root}: {error.strerror}; check the folder") from error


def _tag(about: os.stat_result) -> str:
    """A file is replaced, never written to: a version is another file."""
    return f"{about.st_ino:x}-{about.st_mtime_ns:x}-{about.st_size:x}"


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; it is let go of when the process ends, however that comes about."""
    lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


class Bucket:
    """What lies below an address in S3, Google's or Azure's storage (or below ``memory:///``, for tests)."""

    def __init__(self, url: str, client: Client | None = None) -> None:
        """Nothing is asked before something is read. Raises ``ResultsError`` without ``obstore``."""
        self.url = url.rstrip("/")
        self._client = client or client_of(self.url)

    def get(self, name: str) -> Stored | None:
        """As in ``Objects``."""
        import obstore

        with self._reaching():
            try:
                answer = obstore.get(self._client, name)
                content = bytes(answer.bytes())
            except FileNotFoundError as error:
                if is_missing_bucket(error):
                    raise
                return None
            return Stored(content, _version(answer.meta), answer.meta["last_modified"].timestamp())

    def put(self, name: str, content: bytes, over: str | None = None) -> str | None:
        """As in ``Objects``."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with self._reaching():
            try:
                mode: Any = "create" if over is None else _condition(over)
                return _version(obstore.put(self._client, name, content, mode=mode, use_multipart=False))
            except (AlreadyExistsError, PreconditionError):
                return None
            except FileNotFoundError as error:
                if over is None or is_missing_bucket(error):
                    raise
                return None

    def list(self, folder: str = "") -> Iterator[Listed]:
        """As in ``Objects``."""
        import obstore

        with self._reaching():
            for page in obstore.list(self._client, folder or None):
                for entry in page:
                    changed = entry["last_modified"].timestamp()
                    yield Listed(entry["path"], entry["size"], _version(entry), changed)

    def delete(self, name: str) -> None:
        """As in ``Objects``."""
        import obstore

        with self._reaching(), suppress(FileNotFoundError):
            obstore.delete(self._client, name)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError) as error:
            raise refusal(self.url, error) from error


def _version(about: Any) -> str:
    """Which version it is: by its e-tag, or by the number that Google gives it."""
    return f"{about['e_tag'] or ''} {about['version'] or ''}"


def _condition(tag: str) -> dict[str, str]:
    """The same as a condition."""
    e_tag, _, version = tag.partition(" ")
    return {key: value for key, value in (("e_tag", e_tag), ("version", version)) if value}
