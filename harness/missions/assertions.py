"""What must hold after a mission: the files that it wrote, what commands say, what it printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness.errors import ConfigError, HarnessError
from harness.files import read_text
from harness.missions.commands import CommandRunner, failure, printed
from harness.missions.definition import Assertion
from harness.missions.placeholders import filled
from harness.patterns import first_match

Stamp = tuple[int, int] | None  # when a file was last written, and its size
_WALL_S, _OUTPUT_MB = 600.0, 16  # of a command that asserts


def stamps(assertions: tuple[Assertion, ...], folder: Path, values: Mapping[str, str | None]) -> list[Stamp]:
    """How the files of assertions lie there before a mission."""
    return [None if each.file is None else _stamp(_path(each, folder, values)) for each in assertions]


def broken(
    assertions: tuple[Assertion, ...], before: list[Stamp], output: str, runner: CommandRunner, folder: Path,
    values: Mapping[str, str | None],
) -> str | None:  # fmt: skip
    """The first assertion that does not hold, in words; ``None`` if all do."""
    for assertion, stamp in zip(assertions, before, strict=True):
        if (flaw := _broken(assertion, stamp, output, runner, folder, values)) is not None:
            return flaw
    return None


def _broken(
    assertion: Assertion, before: Stamp, output: str, runner: CommandRunner, folder: Path,
    values: Mapping[str, str | None],
) -> str | None:  # fmt: skip
    if assertion.file is not None:
        path = _path(assertion, folder, values)
        after = _stamp(path)
        if after is None:
            return f"there is no file {_shown(path, folder)}"
        if after == before and not assertion.earlier:
            return f"{_shown(path, folder)} was there before and was not written"
        try:
            return _text_flaw(assertion, read_text(path), _shown(path, folder))
        except ConfigError as error:  # larger than its bound, or no text
            return str(error) if _about_text(assertion) else None
    if assertion.command:
        argv = filled(assertion.command, values)
        try:
            done = runner.run(argv, wall_s=_WALL_S, output_mb=_OUTPUT_MB)
        except HarnessError as error:
            return str(error)
        flaw = failure(done, _WALL_S, _OUTPUT_MB)
        return (
            f"{argv[0]} {flaw[1]}"
            if flaw
            else _text_flaw(assertion, printed(done), f"what {argv[0]} printed")
        )
    return _text_flaw(assertion, output, "the output")


def _text_flaw(assertion: Assertion, text: str, what: str) -> str | None:
    if assertion.contains is not None and assertion.contains not in text:
        return f"{what} does not contain {assertion.contains!r:.90}"
    if assertion.matches is not None and first_match(assertion.matches, text) is None:
        return f"{what} does not match '{assertion.matches:.90}'"
    if assertion.lacks is not None and (match := first_match(assertion.lacks, text)) is not None:
        return f"{what} has {match!r:.90}"
    return None


def _about_text(assertion: Assertion) -> bool:
    return any((assertion.contains, assertion.matches, assertion.lacks))


def _path(assertion: Assertion, folder: Path, values: Mapping[str, str | None]) -> Path:
    return folder / filled([assertion.file or ""], values)[0]


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _shown(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
