"""Names that a library does not have, and deprecated ones: counted where that is certain, and only there."""

from __future__ import annotations

import pytest

from harness.errors import SandboxUnavailable
from harness.graders.execution.apis import ApiUse, api_use
from harness.graders.languages.rust.cases import RustTests
from harness.records import Completion
from harness.sandbox.base import Sandbox
from tests.graders.tasks import task

UNKNOWN = [  # each line names one thing that is not there
    "import math\nmath.clamp(1, 2, 3)",
    "from collections import Mapping",
    "import json as j\ndef f(x):\n    return j.parse(x)",
    "import os.path\nos.path.joins('a')",
    "import xml.etree.ElementTree as ET\nET.parsestring('<a/>')",
    "from datetime import datetime as dt\ndef f(a: dt):\n    return a.to_iso()",
    "def f(xs: list[int]):\n    xs.push(3)",
    "def f(x: 'str'):\n    return x.contains('a')",
    "import typing\ndef f(x: typing.List[int]):\n    return x.length",
    "def f():\n    d = {}\n    return d.has_key(1)",
    "def f():\n    seen = set()\n    seen.append(1)",
    "from collections import Counter\ndef f(x):\n    c = Counter(x)\n    return c.most_commons(1)",
    "import re\ndef f(x):\n    p = re.compile('a')\n    return p.matchall(x)",
    "def f(x):\n    try:\n        return int(x)\n    except ValueError as e:\n        return e.message",
    "import subprocess\ndef f(done: subprocess.CompletedProcess):\n    return done.output_text",
    "print('abc'.reverse())",
]
CERTAIN = [  # nothing that is certainly not there
    "class math: pass\nmath.clamp",
    "import os\ntry:\n    n = os.cpu_counts()\nexcept AttributeError:\n    n = 1",
    "import os\nif hasattr(os, 'forks'):\n    os.forks()",
    "try:\n    from math import cbrt2\nexcept ImportError:\n    cbrt2 = None",
    "def f(x: int):\n    if isinstance(x, str):\n        return x.upper()",
    "def f(s: str):\n    s = s.split()\n    s.append(1)",
    "def f(x: int | None):\n    return x.foo",
    "import argparse\ndef f(given: argparse.Namespace):\n    return given.verbose",
    "import threading\ndef f():\n    t = threading.Thread()\n    t.mine = 1\n    return t.mine, t.name",
    "import subprocess\ndef f(done: subprocess.CompletedProcess):\n    return done.stdout",
    "import helpers\nhelpers.anything",
    "import concurrent.futures\nconcurrent.futures.ThreadPoolExecutor",
    "def f(*args, **kw):\n    return kw.keys(), args.count(1)",
    "from enum import Enum\nclass C(Enum):\n    RED = 1\nC.RED.value, C.GREEN",
    "for x in 'abc':\n    x = [x]\n    x.append(1)",
    "class A(B):\n    def f(self):\n        a = super()\n        return super().anything(), a.more",
    "class A:\n    @property\n    def n(self): ...\n    @n.setter\n    def n(self, n: int): ...",
    "import types\ndef f(m: types.ModuleType, t: type[int]):\n    return m.anything, t.more",
    "import sys, time\nif sys.version_info < (3, 3):\n    now = time.clock",
    "import sys\nsys._is_gil_enabled()",
    "from os import *\nfrom helpers import *\nlist.more",
    "import ast\ndef f():\n    n = ast.Name('a')\n    return n.id",
    "def f(",
]
DEPRECATED = [
    "import datetime\ndatetime.datetime.utcnow()",
    "from datetime import datetime\ndef f():\n    return datetime.utcfromtimestamp(0)",
    "import threading\nthreading.currentThread()",
    "import threading\ndef f():\n    t = threading.Thread()\n    t.setDaemon(True)",
    "import logging\ndef f():\n    log = logging.getLogger('a')\n    log.warn('b')",
    "import ast\nast.Str",
    "from abc import abstractproperty",
]


def use(code: str, sandbox: Sandbox, language: str = "python") -> tuple[int, int]:
    one = api_use({f"a.{language}": code}, language, {}, sandbox)
    return one.unknown or 0, one.deprecated or 0


@pytest.mark.parametrize("code", UNKNOWN)
def test_what_is_not_there_is_counted(sandbox: Sandbox, code: str) -> None:
    assert use(code, sandbox) == (1, 0)


@pytest.mark.parametrize("code", CERTAIN)
def test_what_may_be_there_is_not(sandbox: Sandbox, code: str) -> None:
    assert use(code, sandbox) == (0, 0)


@pytest.mark.parametrize("code", DEPRECATED)
def test_what_is_deprecated_is_counted(sandbox: Sandbox, code: str) -> None:
    assert use(code, sandbox) == (0, 1)


def test_files_of_a_project_are_no_modules_of_the_library(sandbox: Sandbox) -> None:
    files = {"shop/queue.py": "x = 1\n", "shop/main.py": "import queue\nfrom queue import x\nqueue.y\n"}
    assert api_use(files, "python", {}, sandbox) == ApiUse(0, 0)


def test_go_reads_what_its_library_says(sandbox: Sandbox) -> None:
    imports = 'import (\n\ts "strings"\n\t"math/rand"\n)\n'
    code = f'package p\n{imports}func F() {{ rand.Seed(1); _ = s.Title("a") + s.ToUpper("b") }}\n'
    try:
        assert use(code, sandbox, "go") == (0, 2)
    except SandboxUnavailable as missing:
        pytest.skip(str(missing))


def test_rust_says_what_its_compiler_said(sandbox: Sandbox) -> None:
    code = "pub fn cut(s: &str) -> &str { s.trim_left() }"
    grader = RustTests("fn cut(s: &str) -> &str", cases=[{"args": [" a"], "returns": "a"}])
    try:
        verdict = grader.grade(task(code), Completion(output=code), sandbox)
    except SandboxUnavailable as missing:
        pytest.skip(str(missing))
    assert verdict.passed
    assert (verdict.metrics["warnings"], verdict.metrics["deprecated"]) == (1, 1)
    assert verdict.metrics["quality"]["deprecated_calls"] == 1
    assert verdict.metrics["quality"]["unknown_attributes"] is None
