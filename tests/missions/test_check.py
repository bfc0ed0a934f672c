"""``harness missions check``: what would go wrong is told before anything runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.missions.definition import Template
from harness.missions.file import load_missions
from harness.missions.plan import make_plan
from harness.missions.setup import open_setup
from harness.missions.state import MissionState
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.missions.sample import MODELS, write_missions

TEXT = """\
title: Checked
templates:
  work: {command: [sh, work.sh, "{model}", "{mission}"]}
fallbacks: [writer]
last_resort: tiny
phases:
  - name: First
    task_type: code
    template: work
    missions:
      - {id: 1, name: One, file: one.md}
"""


def check(harness: Harness, folder: Path, text: str, *options: str) -> tuple[int, str, str]:
    (folder / "one.md").write_text("do it")
    (folder / "work.sh").write_text("touch ran")
    write_missions(folder, text)
    done = harness("missions", "check", "missions.yaml", *options)
    assert not (folder / "ran").exists()
    return done.code, done.out, done.err


def test_nothing_in_the_way(harness: Harness, tmp_path: Path) -> None:
    code, out, _ = check(harness, tmp_path, TEXT)
    assert (code, out) == (0, "missions.yaml: 1 mission, nothing stands in the way\n")


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        (TEXT.replace("one.md", "two.md"), "missions.yaml:13: there is no file 'two.md'"),
        (TEXT.replace("[sh, work.sh", "[no-such-program"), "coder: there is no program 'no-such-program'"),
        (TEXT.replace("[sh, work.sh", "[./work.sh"), "there is no program './work.sh'"),
        (TEXT.replace("command:", "env: [NO_SUCH_NAME], command:"), "needs the variable NO_SUCH_NAME"),
        (TEXT.replace("command:", "validation: [['false']], command:"), 'validation ["false"] exited with 1'),
        (TEXT.replace("command:", "validation: [[test, '{model}', '=', writer]], command:"), "coder: valid"),
        (TEXT.replace("command:", "load: [no-server], command:"), "there is no program 'no-server'"),
        (TEXT.replace("one.md}", "one.md, assertions: [{command: [nothing]}]}"), "no program 'nothing'"),
        (TEXT.replace("{model}", "{model_path}").replace("[writer]", "[cloud]"), "{model_path} stands"),
    ],
)  # fmt: skip
def test_what_would_go_wrong(harness: Harness, tmp_path: Path, text: str, flaw: str) -> None:
    code, _, err = check(harness, tmp_path, text)
    assert code == 1
    assert flaw in err
    assert re.search(r"error: \d+ flaws?; see above", err)


def test_models_that_do_not_fit_or_are_not_here(harness: Harness, tmp_path: Path) -> None:
    code, _, err = check(harness, tmp_path, TEXT + "memory_gb: 0.5\n")
    assert code == 0, err  # what the files take cannot be told: they hold no model
    (tmp_path / "one.md").write_text("do it")
    missing = write_missions(tmp_path, TEXT)
    (tmp_path / "coder.gguf").unlink()
    done = harness("missions", "check", str(missing))
    assert (done.code, "there is no file" in done.err) == (1, True)


def test_a_dry_run_prints_every_command_and_runs_none(harness: Harness, tmp_path: Path) -> None:
    text = TEXT.replace(
        "command:", "validation: [[sh, work.sh, check]], cpu_command: [sh, work.sh, cpu], command:"
    )
    code, out, _ = check(harness, tmp_path, text, "--dry-run")
    assert code == 0
    assert out.splitlines() == [
        "# 1 coder (champion)",
        "sh work.sh check",
        "sh work.sh coder one.md",
        "# 1 writer (stand-in)",
        "sh work.sh writer one.md",
        "# 1 tiny (last resort)",
        "sh work.sh cpu",
    ]


def test_memory_in_gigabytes_decides_what_is_in_it_together(tmp_path: Path) -> None:
    """The models of the plan by hand, whose files are not here: what they take is known from a table."""
    text = (
        "title: Sizes\nmemory_gb: {room}\ntemplates: {{work: {{command: [x, '{{model}}']}}}}\nphases:\n"
        "  - {{name: A, template: work, missions: [{listed}]}}\n"
        "  - {{name: B, template: work, missions: [{{id: 9, name: last, model: deepseek-coder-1.3b}}]}}\n"
    )
    models = ("deepseek-coder-1.3b", "starcoder2-3b", "tinyllama-1.1b")
    entries = [f"  - {{id: {name}, engine: llama_cpp, quantization: Q8_0}}\n" for name in models]
    (tmp_path / "models.yaml").write_text(MODELS + "".join(entries))
    listed = ", ".join(f"{{id: {at}, name: m{at}, model: {name}}}" for at, name in enumerate(models))
    for room, listed_loads in ((4.0, 4), (8.0, 3)):
        path = tmp_path / "sizes.yaml"
        path.write_text("models: models.yaml\n" + text.format(room=room, listed=listed))
        setup = open_setup(path)
        plan = make_plan(setup, {mission.id: MissionState(mission.id) for mission in setup.file.missions})
        assert (plan.loads, plan.listed_loads) == (3, listed_loads)
        sizes = {name: round(size, 1) for name, size in plan.memory.sizes.items()}
        assert 1.5 < sizes["deepseek-coder-1.3b"] < 3.0
        assert 3.0 < sizes["starcoder2-3b"] < 4.0


def test_the_page_of_missions_is_true(tmp_path: Path) -> None:
    """The file that the documentation shows can be read, and has every key of a template."""
    page = (Path(__file__).parents[2] / "docs/missions.md").read_text()
    shown, tools = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "missions.yaml"
    path.write_text(shown)
    file = load_missions(path)
    assert [mission.id for mission in file.missions] == ["1", "2", "3"]
    path.write_text(shown.replace("templates:\n", tools))
    assert {"technical", "aider", "opencode"} == {*load_missions(path).templates}
    keys = {*re.findall(r"^    (\w+):", shown.split("special_cases:")[0], re.MULTILINE)}
    assert keys | {"seconds"} == set(Template.__dataclass_fields__)
