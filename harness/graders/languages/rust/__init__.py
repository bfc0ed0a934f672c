"""Rust."""

from __future__ import annotations

from harness.graders.languages.base import Language

RUST = Language(
    name="rust",
    suffix=".rs",
    graders={
        "rust": "harness.graders.languages.rust.cases:RustTests",
        "rust_asserts": "harness.graders.languages.rust.asserts:RustAsserts",
        "rust_project": "harness.graders.languages.rust.project:RustProject",
        "rust_testgen": "harness.graders.languages.rust.testgen:RustTestgen",
    },
    toolchain="harness.graders.languages.rust.toolchain:toolchain",
    syntax="harness.graders.languages.rust.syntax:SYNTAX",
    docs="harness.graders.languages.rust.docs:DOCS",
    linter="harness.graders.languages.rust.lint:clippy",
    apis="harness.graders.languages.rust.apis:read_apis",
    runner="harness.graders.languages.rust.runner:CARGO_TEST",
    example="//! Example:\n//!\n//! ```\n//! example();\n//! ```\n\n",
    file="src/lib.rs",
)
