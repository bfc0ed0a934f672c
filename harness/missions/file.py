"""``missions.yaml`` → a ``MissionFile``; every complaint names file, line and key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from harness.credentials import refuse_keys
from harness.errors import ConfigError
from harness.filesections import FileSection, expect_section, read_record
from harness.missions.definition import COMPARED, Assertion, Mission, MissionFile, Phase, Template
from harness.missions.placeholders import names_in
from harness.names import nearest
from harness.yamlfile import read_yaml

_COMMANDS = ("command", "cpu_command", "load", "unload")
_BESIDE_A_MODEL = ("mission", "id", "name", "task_type")  # which ``load`` has no values for


def load_missions(path: Path) -> MissionFile:
    """Read a missions file. Raises ``ConfigError``, for references that lead nowhere too."""
    refuse_keys(path)
    root = expect_section(read_yaml(path), f"{path}:1", "a missions file")
    sections = list(_mission_sections(root))
    for section in sections:
        if type(section.get("id")) is int:  # as they are mostly numbered
            section["id"] = str(section["id"])
    places = {str(section.get("id")): section.where() for section in sections}
    file = read_record(MissionFile, root, "a missions file", path=path, places=places, named=(), alone=False)
    phases = tuple(_with_defaults(phase) for phase in file.phases)
    file = replace(file, phases=phases, named=tuple(_named(file, root)))
    _check_names(file, root, sections)
    _check_templates(file, root)
    for mission, section in zip(file.missions, sections, strict=True):
        _check_mission(mission, section, file)
    return file


def _mission_sections(root: FileSection) -> Iterator[FileSection]:
    """The sections of all missions, as far as the file has its form; ``read_record`` reports the rest."""
    for phase in _sections(root.get("phases")):
        yield from _sections(phase.get("missions"))


def _sections(value: object) -> list[FileSection]:
    return [one for one in value if isinstance(one, FileSection)] if isinstance(value, list) else []


def _named(file: MissionFile, root: FileSection) -> Iterator[tuple[str, str]]:
    """Models with the places at which they are named, but for those of missions."""
    for key in ("residents", "fallbacks", "last_resort", "baseline"):
        value = getattr(file, key)
        for model in (value,) if isinstance(value, str) else value or ():
            yield model, root.where(key)
    for key in ("special_cases", "expect"):
        for section in root.get(key, ()):
            for part in ("model", "against"):
                if section.get(part) is not None:
                    yield section[part], section.where(part)


def _with_defaults(phase: Phase) -> Phase:
    """The phase with missions that say themselves what it says for all of them."""
    return replace(
        phase,
        missions=tuple(
            replace(
                mission,
                task_type=mission.task_type or (None if mission.suite else phase.task_type),
                template=mission.template or (None if mission.suite else phase.template),
                model=mission.model or phase.model,
                because=mission.because or (None if mission.model else phase.because),
            )
            for mission in phase.missions
        ),
    )


def _check_names(file: MissionFile, root: FileSection, sections: Sequence[FileSection]) -> None:
    """Ids and phases are there once; what phases, special cases and expectations name is there."""
    if not file.missions:
        raise ConfigError(f"{root.where('phases')}: no phase has a mission")
    _once((mission.id for mission in file.missions), sections, "id", "mission")
    _once((phase.name for phase in file.phases), root["phases"], "name", "phase")
    for phase, section in zip(file.phases, root["phases"], strict=True):
        if phase.template is not None:
            _expect(phase.template, file.templates, section, "template", "template")
    for special, section in zip(file.special_cases, root.get("special_cases", ()), strict=True):
        if not special.words and special.printed is None:
            raise ConfigError(
                f"{section.where()}: a special case needs 'words' of a mission's name, or a pattern that a "
                "failure 'printed'"
            )
    for expected, section in zip(file.expect, root.get("expect", ()), strict=True):
        if expected.phase is not None:
            _expect(expected.phase, [phase.name for phase in file.phases], section, "phase", "phase")
        if (expected.measure == "speed") != (expected.against is not None):
            raise ConfigError(
                f"{section.where()}: 'against' names the model that a speed is compared with, there alone"
            )
        if expected.measure in COMPARED and file.baseline is None:
            raise ConfigError(
                f"{section.where('measure')}: {expected.measure!r} compares with one model for all; name it "
                "in 'baseline' of the file"
            )


def _once(names: Iterable[str], sections: Sequence[FileSection], key: str, what: str) -> None:
    seen: set[str] = set()
    for name, section in zip(names, sections, strict=True):
        if name.lower() in seen:  # files are named by them, on systems too that know no case
            raise ConfigError(f"{section.where(key)}: the {what} {name!r} is there twice; rename one")
        seen.add(name.lower())


def _check_templates(file: MissionFile, root: FileSection) -> None:
    for name, template in file.templates.items():
        section = root["templates"][name]
        if not template.command:
            raise ConfigError(f"{section.where()}: the template {name!r} lacks 'command': [program, …]")
        for key in _COMMANDS:
            names = _placeholders(getattr(template, key), section, key)
            if key in ("load", "unload") and (of_mission := names & {*_BESIDE_A_MODEL}):
                raise ConfigError(
                    f"{section.where(key)}: {key!r} is about a model and not about a mission: "
                    f"{{{min(of_mission)}}} stands for nothing in it"
                )
        for arguments in template.validation:
            _placeholders(arguments, section, "validation")


def _check_mission(mission: Mission, section: FileSection, file: MissionFile) -> None:
    if mission.template is not None:
        _expect(mission.template, file.templates, section, "template", "template")
    elif mission.suite is None:
        raise ConfigError(
            f"{section.where()}: mission {mission.id!r} has nothing to run: name a 'template', "
            "or a 'suite' and a 'task'"
        )
    if (mission.suite is None) != (mission.task is None):
        raise ConfigError(f"{section.where()}: mission {mission.id!r} needs both, 'suite' and 'task'")
    if mission.suite is not None and mission.task_type is not None:
        raise ConfigError(f"{section.where('task_type')}: 'task_type' is that of the suite; leave it out")
    if mission.task_type is None and mission.suite is None and mission.model is None:
        raise ConfigError(
            f"{section.where()}: nothing says which model mission {mission.id!r} is for: name a "
            "'task_type', or a 'model'"
        )
    template = file.template_of(mission)
    if template is None and mission.assertions:
        raise ConfigError(
            f"{section.where('assertions')}: assertions are for commands; the suite's grader judges a task"
        )
    if template is not None and mission.file is None and mission.suite is None and _uses_file(template):
        raise ConfigError(
            f"{section.where()}: the template {mission.template!r} has {{mission}}, but mission "
            f"{mission.id!r} names no 'file'"
        )
    for assertion, part in zip(mission.assertions, section.get("assertions", ()), strict=True):
        _check_assertion(assertion, part)


def _check_assertion(assertion: Assertion, section: FileSection) -> None:
    about_text = (assertion.contains, assertion.matches, assertion.lacks)
    if assertion.file is not None and assertion.command:
        raise ConfigError(
            f"{section.where('command')}: an assertion is of a 'file' or of a 'command'; not both"
        )
    if assertion.file is None and not assertion.command and not any(about_text):
        raise ConfigError(
            f"{section.where()}: an assertion says nothing: it needs a 'file', a 'command', or what the "
            "output 'contains', 'matches' or 'lacks'"
        )
    _placeholders(assertion.command, section, "command")
    _placeholders((assertion.file or "",), section, "file")


def _placeholders(arguments: Iterable[str], section: FileSection, key: str) -> set[str]:
    try:
        return {name for text in arguments for name in names_in(text)}
    except ValueError as error:
        raise ConfigError(f"{section.where(key)}: {key!r}: {error}") from None


def _uses_file(template: Template) -> bool:
    texts = (
        *template.command,
        *template.cpu_command,
        *(text for each in template.validation for text in each),
    )
    return any("mission" in names_in(text) for text in texts)


def _expect(name: str, names: Collection[str], section: FileSection, key: str, what: str) -> None:
    if name not in names:
        raise ConfigError(f"{section.where(key)}: {key!r} names the {what} {name!r}{nearest(name, names)}")
