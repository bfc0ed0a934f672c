from __future__ import annotations

import pytest

from harness.errors import SandboxUnavailable
from harness.graders.languages import LANGUAGES
from harness.graders.lint import lint
from harness.sandbox.base import Sandbox

ANSWERS = {  # clean, with something to say of, not a program
    "rust": (
        "pub fn first(xs: &[i64]) -> Option<i64> { xs.first().copied() }",
        "pub fn first(xs: &[i64]) -> Option<i64> { return xs.get(0).map(|x| x.clone()); }",
        'pub fn first(xs: &[i64]) -> Option<i64> { "none" }',
    ),
    "go": (
        "func Say(x int) int { return x }",
        'import "fmt"\n\nfunc Say(x int) string { return fmt.Sprintf("%s", x) }',
        'func Say(x int) int { return "none" }',
    ),
    "python": ("def same(x):\n    return x\n", "import os\n\n\ndef same(x):\n    return x\n", "def same(x:"),
}
BROKEN = {"rust": "clippy::needless_return", "go": "printf", "python": "F401"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_linter_says_is_counted_by_rule(sandbox: Sandbox, language: str) -> None:
    try:
        clean, noted, refused = lint(language, ANSWERS[language], sandbox)
    except SandboxUnavailable as missing:
        pytest.skip(str(missing))
    assert clean == {}
    assert noted is not None
    assert noted[BROKEN[language]] == 1
    assert refused is None


def test_one_that_is_told_too_much_spoils_nothing_for_the_others(sandbox: Sandbox) -> None:
    endless, noted = lint("python", ["import os\n" * 5000, ANSWERS["python"][1]], sandbox)
    assert endless is None
    assert noted is not None
    assert noted["F401"] == 1


def test_a_missing_linter_is_named_with_what_installs_it(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: None)
    with pytest.raises(SandboxUnavailable, match="there is no ruff; pip install ruff"):
        lint("python", ["x = 1"], sandbox)
