"""What every language promises, whichever it is."""

from __future__ import annotations

import pytest

from harness.graders import GRADERS
from harness.graders.code import CodeGrader
from harness.graders.execution.measure import size
from harness.graders.execution.syntax import parse, sound, syntax_of
from harness.graders.languages import LANGUAGES
from harness.graders.project import ProjectGrader
from harness.graders.testgen import TestgenGrader
from harness.plugins import load

PROGRAMS = {
    "python": "def same(x):\n    if x:\n        return x\n    return 0\n",
    "rust": "fn same(x: i64) -> i64 {\n    if x > 0 { return x; }\n    0\n}\n",
    "go": "func same(x int) int {\n\tif x > 0 {\n\t\treturn x\n\t}\n\treturn 0\n}\n",
}


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_language_is_whole(name: str) -> None:
    language = LANGUAGES[name]
    assert language.name == name
    for grader, path in language.graders.items():
        cls = load(path)
        assert issubclass(cls, CodeGrader | ProjectGrader | TestgenGrader)
        assert (cls.name, cls.language, GRADERS[grader]) == (grader, name, path)
    assert callable(load(language.linter)) and callable(load(language.runner).command)
    assert language.toolchain is None or callable(load(language.toolchain))
    assert language.file.endswith(language.suffix)


@pytest.mark.parametrize("name", LANGUAGES)
def test_its_syntax_reads_its_programs(name: str) -> None:
    syntax = syntax_of(name)
    program = LANGUAGES[name].example + PROGRAMS[name]
    assert sound(program, syntax)
    assert name in syntax.infos
    assert size(PROGRAMS[name], name)[1] == 2
    assert syntax.without_asides(program, PROGRAMS[name]) == program
    kinds = {node.type for node in parse(PROGRAMS[name], syntax).root_node.children}
    assert kinds - syntax.hoisted
