"""Files of users and of other tools are read within bounds; ours are written so that nobody sees half of one.

A file that is larger than its bound, packed to look small, in another encoding or no file at all ends in
one line that names it. gzip and zstd are unpacked on the way, and a byte order mark is skipped.
"""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from harness.errors import ConfigError

WHOLE = 64 << 20  # bytes of a file that is read at once
LINES = 4 << 30  # bytes of a file that is read line by line
LINE = 32 << 20  # bytes of one line
_PACKED = 100  # real data is packed a few tens of times; only what is made to do harm goes beyond
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@contextmanager
def open_bounded(path: Path, most: int = WHOLE) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked; reading more than ``most`` of them raises ``ConfigError``."""
    try:
        with path.open("rb") as file:
            beginning = file.peek(4)[:4]
            if beginning[:2] == _GZIP:
                unpacked: Any = gzip.GzipFile(fileobj=file)
            elif beginning == _ZSTD:
                unpacked = zstd_stream(file)
            else:
                unpacked = file
            if unpacked is not file:
                most = min(most, max(WHOLE, _PACKED * os.fstat(file.fileno()).st_size))
            yield cast(BinaryIO, io.BufferedReader(_LimitedReader(unpacked, most, str(path)), 1 << 16))
    except IsADirectoryError:
        raise ConfigError(f"{path} is a folder; name a file in it") from None
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from None


def read_bounded(path: Path, most: int = WHOLE) -> bytes:
    """All bytes of a file, unpacked. Raises ``ConfigError``."""
    with open_bounded(path, most) as file:
        return file.read()


def read_text(path: Path, most: int = WHOLE) -> str:
    """All of a UTF-8 file. Raises ``ConfigError`` naming file and line."""
    return _decoded(read_bounded(path, most), str(path), 1)


def read_lines(path: Path, most: int = LINES) -> Iterator[tuple[int, str]]:
    r"""Number and text of each line of a UTF-8 file; a line ends at ``\n``, which it keeps, and nowhere else.

    Raises ``ConfigError`` naming file and line.
    """
    with open_bounded(path, most) as file:
        number = 0
        while line := file.readline(LINE + 1):
            number += 1
            if len(line) > LINE:
                raise ConfigError(f"{path}:{number}: the line is longer than {LINE >> 20} MB")
            yield number, _decoded(line, str(path), number)


def take(stream: Any, most: int, where: str) -> bytes:
    """All that a stream (a member of an archive, say) holds. Raises ``ConfigError`` beyond ``most`` bytes."""
    return io.BufferedReader(_LimitedReader(stream, most, where), 1 << 16).read()


def inside(folder: Path, path: Path) -> Path:
    """The regular file in ``folder`` that ``path`` leads to, links followed.

    Raises ``ValueError`` saying why there is none: what somebody else's file names must not reach
    what lies elsewhere on the machine.
    """
    try:
        root, real = folder.resolve(), path.resolve()
        if not real.is_relative_to(root):
            raise ValueError(f"{path} leads out of the folder {folder}; put the file into it")
        if not real.is_file():
            raise ValueError(f"cannot read {path}: {'no regular file' if real.exists() else 'No such file'}")
    except (OSError, RuntimeError) as error:  # a circle of links, a name that is too long
        raise ValueError(
            f"cannot read {str(path)!r:.90}: {getattr(error, 'strerror', None) or error}"
        ) from None
    return real


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace ``path`` by ``content`` (text as UTF-8). Raises ``OSError``.

    A device or a pipe (``-o /dev/stdout``) is written to, never replaced; a link leads to its file.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _replace(path, data)
    except OSError as error:
        error.filename = str(path)  # a full disk names no file, and other failures the temporary one
        raise


def _replace(path: Path, data: bytes) -> None:
    fd, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A new folder to fill; at the end it becomes ``folder``, so that others see all of it or nothing.

    Where another process was quicker, its folder stays.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        made = Path(temporary) / folder.name
        made.mkdir(mode=0o755)
        yield made
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise


class _LimitedReader(io.RawIOBase):
    """At most so many bytes of a stream; one more is an error."""

    def __init__(self, stream: Any, most: int, where: str) -> None:
        self._stream = stream
        self._most = self._left = most
        self._where = where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise ConfigError(f"{self._where}: holds more than {self._most >> 20} MB; split it")
        buffer[: len(data)] = data
        return len(data)


def zstd_stream(file: Any) -> Any:
    """The unpacked bytes of a stream that is packed with zstd."""
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd")


def _decoded(data: bytes, where: str, line: int) -> str:
    """Text of which the first line is ``line``; a byte order mark is no part of it."""
    if line == 1 and (encoding := _OTHER_ENCODINGS.get(data[:2])):
        raise ConfigError(f"{where}: is {encoding} text; save it as UTF-8")
    try:
        return data.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        line += data.count(b"\n", 0, error.start)
        raise ConfigError(
            f"{where}:{line}: not UTF-8 text (byte {data[error.start]:#04x}); save it as UTF-8"
        ) from None
