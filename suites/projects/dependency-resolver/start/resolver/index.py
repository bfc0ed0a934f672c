"""The index of all releases, and requirements."""

from typing import NamedTuple

from resolver.ranges import Range
from resolver.versions import Version, read_version


class Requirement(NamedTuple):
    """That a package, if it is there, is in a range; and that it is there, unless this is optional."""

    name: str
    range: Range
    optional: bool = False

    def __str__(self):
        """As ``read_requirements`` reads it."""
        return f"{self.name}{'?' if self.optional else ''} {self.range}"


class Release(NamedTuple):
    """A package in one version."""

    name: str
    version: Version
    requirements: tuple
    withdrawn: bool = False


class Index:
    """All releases."""

    def __init__(self, releases):
        self._releases = {}
        for release in releases:
            self._releases.setdefault(release.name, {})[release.version] = release

    def versions(self, name):
        """The versions of a package, the highest first; none of an unknown one."""
        return sorted(self._releases.get(name, ()), reverse=True)

    def release(self, name, version):
        """One release; ``KeyError`` if there is none."""
        return self._releases[name][version]


def read_requirements(text):
    """The requirements in a text, one a line: ``name ^1.2``, ``name? <2``."""
    return [_requirement(line) for line in text.splitlines() if line.strip()]


def read_index(text):
    """Releases, each a line ``name version`` or ``name version withdrawn`` with indented requirements below."""
    releases = []
    for line in text.splitlines():
        if not line.strip():
            continue
        if line[0] == " ":
            last = releases[-1]
            releases[-1] = last._replace(requirements=(*last.requirements, _requirement(line)))
        else:
            name, version, *more = line.split()
            releases.append(Release(name, read_version(version), (), more == ["withdrawn"]))
    return Index(releases)


def _requirement(line):
    name, _, text = line.strip().partition(" ")
    return Requirement(name.removesuffix("?"), Range(text.strip() or "*"), name.endswith("?"))
