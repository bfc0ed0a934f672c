"""Go."""

from __future__ import annotations

from harness.graders.languages.base import Language

GO = Language(
    name="go",
    suffix=".go",
    graders={
        "go": "harness.graders.languages.go.cases:GoTests",
        "go_asserts": "harness.graders.languages.go.asserts:GoAsserts",
        "go_project": "harness.graders.languages.go.project:GoProject",
        "go_testgen": "harness.graders.languages.go.testgen:GoTestgen",
    },
    toolchain="harness.graders.languages.go.toolchain:toolchain",
    syntax="harness.graders.languages.go.syntax:SYNTAX",
    docs="harness.graders.languages.go.docs:DOCS",
    linter="harness.graders.languages.go.lint:vet",
    apis="harness.graders.languages.go.apis:read_apis",
    runner="harness.graders.languages.go.runner:GO_TEST",
    example="// Example:\n//\n// ```go\n// example()\n// ```\n\n",
    file="answer.go",
)
