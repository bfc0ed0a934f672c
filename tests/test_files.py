from __future__ import annotations

import gzip
import os
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest

from harness.errors import ConfigError
from harness.files import inside, read_bounded, read_lines, read_text, take, write_atomically


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    write_atomically(path, "one")
    write_atomically(path, b"two")
    assert [(entry.name, entry.read_bytes()) for entry in path.parent.iterdir()] == [("file", b"two")]


def test_a_link_stays_a_link_to_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_atomically(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "text"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, "text")
        assert pipe.is_fifo()
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        write_atomically(tmp_path, "text")


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd])
def test_text_is_unpacked_and_has_no_byte_order_mark(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "text"
    path.write_bytes(pack("\ufeffdé\r\n\u2028\n".encode()))  # type: ignore[operator]
    assert read_text(path) == "dé\r\n\u2028\n"
    assert list(read_lines(path)) == [(1, "dé\r\n"), (2, "\u2028\n")]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd])
def test_a_bound_holds_unpacked(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "large"
    path.write_bytes(pack(bytes(3 << 20)))  # type: ignore[operator]
    assert len(read_bounded(path)) == 3 << 20
    with pytest.raises(ConfigError, match="large: holds more than 2 MB; split it"):
        read_bounded(path, 2 << 20)


def test_a_bomb_ends_early_whatever_bound_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(bytes(65 << 20), 1))
    with pytest.raises(ConfigError, match="holds more than 64 MB"):
        read_bounded(path, 1 << 40)


def test_a_member_of_an_archive_is_bounded() -> None:
    assert take(BytesIO(b"abc"), 3, "log.eval: header.json") == b"abc"
    with pytest.raises(ConfigError, match=r"^log\.eval: header\.json: holds more than 0 MB"):
        take(BytesIO(b"abcd"), 3, "log.eval: header.json")


def test_a_line_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.files.LINE", 10)
    (tmp_path / "lines").write_text("short\n" + "long" * 10)
    with pytest.raises(ConfigError, match="lines:2: the line is longer"):
        list(read_lines(tmp_path / "lines"))


@pytest.mark.parametrize(
    ("name", "words"),
    [(".", "is a folder; name a file in it"), ("none", "cannot read .*none: No such file or directory")],
)
def test_what_is_no_file_is_named(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_text(tmp_path / name)


def test_names_lead_to_regular_files_inside_a_folder_only(tmp_path: Path) -> None:
    folder = tmp_path / "suite"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "a.png").write_bytes(b"")
    (tmp_path / "secret").write_text("")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path)
    (folder / "circle").symlink_to(folder / "circle")
    (folder / "near").symlink_to("pictures/a.png")
    os.mkfifo(folder / "pipe")
    for name in ("pictures/a.png", "near", "pictures/../pictures/a.png"):
        assert inside(folder, folder / name) == (folder / "pictures" / "a.png").resolve()
    outside = ("link", "up/secret", "../secret", str(tmp_path / "secret"), "/etc/passwd", "up")
    for name in (*outside, "circle", "pipe", "pictures", "none", "a" * 5000, "a\0b", "/dev/zero", ""):
        with pytest.raises(ValueError, match=r"leads out|is no regular file|does not exist|cannot read|null"):
            inside(folder, folder / name)
