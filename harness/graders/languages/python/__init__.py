"""Python."""

from __future__ import annotations

from harness.graders.languages.base import Language

PYTHON = Language(
    name="python",
    suffix=".py",
    graders={
        "python": "harness.graders.languages.python.cases:PythonTests",
        "python_asserts": "harness.graders.languages.python.asserts:PythonAsserts",
        "python_project": "harness.graders.languages.python.project:PythonProject",
        "python_testgen": "harness.graders.languages.python.testgen:PythonTestgen",
    },
    toolchain=None,
    syntax="harness.graders.languages.python.syntax:SYNTAX",
    docs="harness.graders.languages.python.docs:DOCS",
    linter="harness.graders.languages.python.lint:ruff",
    apis="harness.graders.languages.python.apis:read_apis",
    runner="harness.graders.languages.python.runner:PYTEST",
    example='"""Example:\n\n```python\nexample()\n```\n"""\n\n',
    file="answer.py",
)
