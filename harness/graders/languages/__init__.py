"""Everything about the languages that answers are written in: a folder each, and one line here."""

from __future__ import annotations

from harness.graders.languages.base import Language
from harness.graders.languages.go import GO
from harness.graders.languages.python import PYTHON
from harness.graders.languages.rust import RUST

LANGUAGES: dict[str, Language] = {"python": PYTHON, "rust": RUST, "go": GO}
