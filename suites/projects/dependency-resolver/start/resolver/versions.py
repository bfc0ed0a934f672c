"""Versions: ``1.4.0``, or ``1.4.0-rc.2`` for one that comes before it."""

import re
from typing import NamedTuple

STAGES = ("alpha", "beta", "rc", "")
_FORM = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-(alpha|beta|rc)\.(\d+))?")


class Version(NamedTuple):
    """Three numbers, and how near to the release it is: they compare in this order."""

    major: int
    minor: int
    patch: int
    stage: int = STAGES.index("")
    step: int = 0

    @property
    def numbers(self):
        """The three numbers."""
        return self[:3]

    @property
    def early(self):
        """Whether it comes before the release of its numbers."""
        return STAGES[self.stage] != ""

    def __str__(self):
        """As ``read_version`` reads it."""
        text = f"{self.major}.{self.minor}.{self.patch}"
        return f"{text}-{STAGES[self.stage]}.{self.step}" if self.early else text


def read_version(text):
    """The version in a text, numbers that lack being 0; raises ``ValueError`` for what is none."""
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f"not a version: {text}")
    major, minor, patch, stage, step = match.groups()
    return Version(int(major), int(minor or 0), int(patch or 0), STAGES.index(stage or ""), int(step or 0))


def given_numbers(text):
    """How many of the three numbers a text has."""
    return text.partition("-")[0].count(".") + 1
