"""A small project as a suite of its own, for tests of what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.conftest import SUITE_YAML

FILES = {
    "task.yaml": "prompt: Add.\ndifficulty: beginner\nlanguage: python\nhidden: {adds: begin, stays: keep}\n",
    "start/sums.py": "def add(a, b):\n    return a\n",
    "start/data/rates.csv": "a,1\n",
    "visible/basics.py": "from sums import add\n\nemit(add(1, 2))\n",
    "visible/basics.yaml": "a sum: 3\n",
    "hidden/adds.py": "from sums import add\n\nemit(add(4, 2))\n",
    "hidden/adds.yaml": "another sum: 6\n",
    "hidden/stays.py": "from sums import add\n\nemit(add(4, 0))\nemit(open('data/rates.csv').read())\n",
    "hidden/stays.yaml": 'nothing more: 4\nthe rates: "a,1\\n"\n',
    "reference/sums.py": "def add(a, b):\n    return a + b\n",
    "wrong/1/sums.py": "def add(a, b):\n    return 2 * b\n",
    "wrong/2/sums.py": "def add(a, b):\n    return a * (b or 1)\n",
}


def write_project(folder: Path, changed: Mapping[str, str | None] | None = None, task: str = "") -> Path:
    """A suite ``trees`` with one task ``sum`` below ``folder``; returns the suite's folder.

    ``changed`` files stand beside those above, ``None`` takes one away; ``task`` is added to ``task.yaml``.
    """
    suite = folder / "trees"
    files = {**FILES, **(changed or {})}
    files["task.yaml"] = (files["task.yaml"] or "") + task
    for name, text in files.items():
        if text is not None:
            (suite / "sum" / name).parent.mkdir(parents=True, exist_ok=True)
            (suite / "sum" / name).write_text(text, newline="")
    (suite / "suite.yaml").write_text(SUITE_YAML.format(name="trees", category="projects"))
    return suite
