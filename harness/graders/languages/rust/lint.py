"""What clippy says of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from harness.graders.execution.linting import BrokenRules, json_lines, missing, printed
from harness.graders.languages.rust.toolchain import NEWEST, toolchain
from harness.sandbox.base import Sandbox

_COMPILER_ERROR = "E"  # E0308: rustc's errors are numbered, lints have names


def clippy(folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, BrokenRules]:
    """A ``Linter``."""
    rust = toolchain()
    driver = rust.rustc.with_name("clippy-driver")
    if not driver.is_file():
        raise missing("rust", "clippy", "rustup component add clippy")
    flags = "--crate-type=lib --emit=metadata --error-format=json --cap-lints=warn -Adead_code -o out.rmeta"
    command = f'"{driver}" --sysroot "{driver.parent.parent}" {flags} $name --edition='
    rules: dict[str, BrokenRules] = {}
    for edition in NEWEST:
        left = [name for name in names if name not in rules]
        for name, output in printed(command + edition, folder, left, sandbox, rust.readonly) if left else ():
            codes = [code for line in json_lines(output) if (code := (line.get("code") or {}).get("code"))]
            if (
                not any(code.startswith(_COMPILER_ERROR) for code in codes)
                and b'"level":"error"' not in output
            ):
                rules[name] = Counter(codes)
    return rules
