"""Trees and files out of git's object stores, read without running anything that a repository names.

Only git's plumbing is used, in an empty repository of ours that looks into other people's objects: no
configuration of a user or of a repository is read, so there are no hooks, filters, drivers or helpers, and no
protocol is allowed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from harness.errors import RepositoryError

FILE, EXECUTABLE, LINK, SUBMODULE = "100644", "100755", "120000", "160000"
_AT_ONCE = 1 << 20  # bytes
_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.attributesFile": "/dev/null",
    "protocol.allow": "never",
    "safe.directory": "*",  # whose a repository is matters where its configuration is used
    "gc.auto": "0",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, link or submodule of a tree: its mode in six digits, and the id of what it holds."""

    mode: str
    id: str


@dataclass(frozen=True)
class Git:
    """Git commands in the bare repository ``folder``, which is ours, on the store ``objects``."""

    folder: Path
    objects: Path

    def output(self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """What a command prints. Raises ``RepositoryError`` with git's own words."""
        done = subprocess.run(
            self._command(arguments), input=stdin, capture_output=True, env=self._env() | dict(env or {})
        )
        if done.returncode != 0:
            raise RepositoryError(f"git {arguments[0]} failed: {_last_line(done.stderr)}")
        return done.stdout

    def stream(self, *arguments: str) -> Iterator[bytes]:
        """What a command prints, cut at NUL, as it comes; leaving early ends the command."""
        with (
            tempfile.TemporaryFile() as words,
            subprocess.Popen(
                self._command(arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words,
                env=self._env(),
            ) as process,
        ):  # fmt: skip
            assert process.stdout is not None
            try:
                rest = b""
                while data := process.stdout.read1(_AT_ONCE):  # type: ignore[attr-defined]
                    *whole, rest = (rest + data).split(b"\0")
                    yield from whole
                if process.wait() != 0:
                    words.seek(0)
                    raise RepositoryError(f"git {arguments[0]} failed: {_last_line(words.read())}")
            finally:
                process.kill()

    def entries(self, tree: str) -> dict[str, Entry]:
        """Everything in a tree but its folders, by path. Bytes of paths that are no UTF-8 are surrogates.

        Raises ``RepositoryError`` where a path leads out of the tree.
        """
        entries = {}
        for line in self.output("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, identity = about.decode().split(" ")
            path = os.fsdecode(name)
            if any(part in ("", ".", "..") or part.lower() == ".git" for part in path.split("/")):
                raise RepositoryError(f"the tree {tree} has a path that leads out of it: {path!a:.90}")
            entries[path] = Entry(mode, identity)
        return entries

    def read(self, ids: Iterable[str]) -> dict[str, bytes]:
        """What files hold, by id."""
        return {identity: stream.read(size) for identity, size, stream in self._contents(ids)}

    def write(self, entries: Mapping[str, Entry], folder: Path) -> None:
        """Write files and links into a folder that is empty; a submodule becomes an empty folder.

        Links come last, so that nothing is written through one.
        """
        files = [(path, entry) for path, entry in entries.items() if entry.mode in (FILE, EXECUTABLE)]
        for parent in sorted({path.rpartition("/")[0] for path in entries}):
            (folder / parent).mkdir(parents=True, exist_ok=True)
        contents = self._contents(entry.id for _, entry in files)
        for (path, entry), (_, size, stream) in zip(files, contents, strict=True):
            mode = 0o755 if entry.mode == EXECUTABLE else 0o644
            with os.fdopen(
                os.open(f"{folder}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb"
            ) as file:
                _copy(stream, file, size)
        for path in (path for path, entry in entries.items() if entry.mode == SUBMODULE):
            (folder / path).mkdir()
        links = {path: entry.id for path, entry in entries.items() if entry.mode == LINK}
        targets = self.read(links.values())
        for path, identity in links.items():
            (folder / path).symlink_to(os.fsdecode(targets[identity]))

    def add_file(self, data: bytes) -> str:
        """Store what a file holds; its id."""
        return self.output("hash-object", "-w", "--stdin", stdin=data).decode().strip()

    def add_tree(self, entries: Mapping[str, Entry]) -> str:
        """Store a tree of files that are stored already; its id."""
        lines = [
            f"{entry.mode} {entry.id}\t".encode() + os.fsencode(path) + b"\0"
            for path, entry in entries.items()
        ]
        with tempfile.TemporaryDirectory(prefix="harness-git-") as temporary:
            index = {"GIT_INDEX_FILE": str(Path(temporary) / "index")}
            self.output("update-index", "-z", "--index-info", stdin=b"".join(lines), env=index)
            return self.output("write-tree", env=index).decode().strip()

    def take(self, other: Git, trees: Iterable[str]) -> None:
        """Store trees of another repository with all that they hold and that is not stored yet."""
        wanted = "".join(f"{tree}\n" for tree in trees).encode()
        listed = other.output("rev-list", "--objects", "--stdin", stdin=wanted)
        names = b"".join(line.split(b" ", 1)[0] + b"\n" for line in listed.splitlines())
        checked = self.output("cat-file", "--batch-check", stdin=names)
        lacking = [line.split(b" ")[0] for line in checked.splitlines() if line.endswith(b" missing")]
        if lacking:
            pack = other.output("pack-objects", "--stdout", "-q", stdin=b"\n".join(lacking) + b"\n")
            self.output("index-pack", "--stdin", stdin=pack)

    def _contents(self, ids: Iterable[str]) -> Iterator[tuple[str, int, IO[bytes]]]:
        """The id and size of each file, and where its bytes can be read, all of which must be, at once."""
        with tempfile.TemporaryFile() as wanted:
            wanted.writelines(f"{identity}\n".encode() for identity in ids)
            wanted.seek(0)
            with subprocess.Popen(
                self._command(("cat-file", "--batch")), stdin=wanted, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=self._env(),
            ) as process:  # fmt: skip
                assert process.stdout is not None
                try:
                    while line := process.stdout.readline().decode():
                        words = line.split()
                        if len(words) != 3:
                            raise RepositoryError(
                                f"an object is missing (a partial clone?): {line.strip():.90}"
                            )
                        yield words[0], int(words[2]), process.stdout
                        process.stdout.read(1)
                finally:
                    process.kill()

    def _command(self, arguments: Iterable[str]) -> list[str]:
        return [*_git(), f"--git-dir={self.folder}", *arguments]

    def _env(self) -> dict[str, str]:
        return {**_environment(), "GIT_OBJECT_DIRECTORY": str(self.objects)}


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Somebody's history: their objects, seen from a repository of ours, and the newest commit."""

    git: Git
    head: str
    top: Path  # of the working tree; of a bare repository its own folder
    shallow: bool


@contextmanager
def borrowed(path: Path) -> Iterator[Borrowed]:
    """The history of the repository at ``path`` (a working tree, a folder in one, or a bare repository).

    Raises ``RepositoryError`` where there is none.
    """
    if not path.is_dir():
        remote = "; clone it first" if ":" in str(path) else ""
        raise RepositoryError(f"{path}: there is no such folder{remote}")
    about = _rev_parse(path, "--git-common-dir", "--show-object-format", "--is-shallow-repository")
    if about is None:
        raise RepositoryError(f"{path}: is no git repository")
    theirs = (path / about[0]).resolve()
    head = _rev_parse(path, "--verify", "-q", "HEAD^{commit}")
    if head is None:
        raise RepositoryError(f"{path}: the repository has no commits")
    top = _rev_parse(path, "--show-toplevel")
    with tempfile.TemporaryDirectory(prefix="harness-git-") as temporary:
        _init(Path(temporary), about[1])
        shallow = about[2] == "true"
        if shallow:
            shutil.copyfile(theirs / "shallow", Path(temporary) / "shallow")
        git = Git(Path(temporary), theirs / "objects")
        yield Borrowed(git, head[0], Path(top[0]) if top else theirs, shallow)


def store(objects: Path, identity: str) -> Git:
    """The store in a folder of ours, in which ``identity`` names an object."""
    if not objects.is_dir():
        raise RepositoryError(f"{objects}: there is no such folder; the suite is not whole")
    return Git(Path(_frame("sha256" if len(identity) == 64 else "sha1").name), objects.resolve())


def new_store(objects: Path, identity: str) -> Git:
    """The same, made where there is none yet."""
    (objects / "pack").mkdir(parents=True, exist_ok=True)
    return store(objects, identity)


@cache
def _frame(object_format: str) -> tempfile.TemporaryDirectory[str]:
    """An empty repository that looks into any store; it goes when the process ends."""
    frame = tempfile.TemporaryDirectory(prefix="harness-git-")
    _init(Path(frame.name), object_format)
    return frame


def _init(folder: Path, object_format: str) -> None:
    Git(folder, folder / "objects").output(
        "init", "-q", "--bare", "--template=", f"--object-format={object_format}", str(folder)
    )


def _rev_parse(path: Path, *questions: str) -> list[str] | None:
    done = subprocess.run(
        [*_git(), "-C", str(path), "rev-parse", *questions], capture_output=True, env=_environment()
    )
    return os.fsdecode(done.stdout).rstrip("\n").split("\n") if done.returncode == 0 else None


def _git() -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise RepositoryError("git is not installed; apt-get install git")
    return [program, *(word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}"))]


def _environment() -> dict[str, str]:
    """Nothing of the user's: no configuration, no helper, no other repository."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }


def _copy(stream: IO[bytes], file: IO[bytes], size: int) -> None:
    while size:
        data = stream.read(min(size, _AT_ONCE))
        if not data:
            raise RepositoryError("git ended before all of a file was read")
        file.write(data)
        size -= len(data)


def _last_line(words: bytes) -> str:
    lines = words.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"
