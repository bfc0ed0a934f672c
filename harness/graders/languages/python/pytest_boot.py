"""Runs inside the sandbox: pytest in the project's folder, reporting each test as one line of JSON.

Arguments: the project's folder, the file for the report, then what is to be tested. pytest is imported before
the project can be, so that no file of the project stands in for it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

project, report, targets = sys.argv[1], sys.argv[2], sys.argv[3:]
searched = list(sys.path)
sys.path[:] = [path for path in sys.path if path and "/work/" + project not in path + "/"]

import pytest  # noqa: E402
from _pytest.assertion.rewrite import AssertionRewritingHook  # noqa: E402

# Of the asserts in plugins nobody wants to see the values, and without a cache rewriting them takes seconds.
AssertionRewritingHook.mark_rewrite = lambda self, *names: None  # type: ignore[method-assign]
sys.path[:] = ["", *(path for path in searched if path)]


class Reporter:
    def __init__(self, file: TextIO) -> None:
        self.file = file

    def line(self, **words: Any) -> None:
        self.file.write(json.dumps(words) + "\n")
        self.file.flush()

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.line(test=report.nodeid, when=report.when, result=report.outcome)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            lines = str(report.longrepr).strip().splitlines() or ["no message"]
            self.line(test=report.nodeid, result="uncollected", error=lines[-1][:200])


arguments = ["-q", "--tb=short", "--color=no", "--maxfail=0", "--continue-on-collection-errors"]
arguments += ["-o", "cache_dir=/tmp/pytest-cache", "-p", "no:randomly"]
if importlib.util.find_spec("xdist"):
    arguments.append("-n0")
with Path(report).open("a", encoding="utf-8") as file:
    os.chdir(project)
    there = [target for target in targets if Path(target).exists()]  # all tests, if none were named
    sys.exit(pytest.main([*arguments, "--", *there], plugins=[Reporter(file)]) if there else 5)
