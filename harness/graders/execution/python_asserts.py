"""What runs inside the sandbox where tests are asserts: loads a candidate and then its tests.

It shares its globals with ``python_driver.py``, which runs first and whose loader it uses.
``__payload__`` is a dict:

``code``, ``setup``  the candidate's source, and statements that come before it
``nonce``            what each report opens with; see ``inside.py``
``names``            functions of the candidate whose results must be plain values
``before``           statements that come before the tests, with the candidate's names
``tests``            snippets with the candidate's names, each one a test
``file``             or, instead of snippets, a file of ``unittest`` or plain ``test_`` functions
``module``           the name under which that file imports the candidate
``modules``          sources of modules beside it, by name; ``test_modules``: those for the tests alone
``expected``         the names of the tests in the file, in the order of the reports

The candidate is in this process, and so, for as long as they run, are the tests: who walks the
frames finds everything. What is had cheaply against meddling is had: own builtins, results
of exact types (no ``__eq__`` that is always true), no last word for the candidate.
"""

from __future__ import annotations

import builtins
import collections
import decimal
import fractions
import re
import sys
from importlib.machinery import ModuleSpec
from posix import _exit
from types import FunctionType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from harness.graders.execution.python_driver import NOT_LOADED, leave, load, put

OWN_BUILTINS = dict(vars(builtins))
HEAP_TYPE = 1 << 9  # a class that Python code, or a newer extension, has made
CONTAINERS = (list, tuple, set, frozenset, dict)
KNOWN = (
    collections.Counter, collections.OrderedDict, collections.defaultdict, collections.deque,
    decimal.Decimal, fractions.Fraction, re.Match, re.Pattern,
)  # fmt: skip
SOURCE = "tests.py"


def judge(payload: dict[str, Any], channel: int) -> NoReturn:
    """Run the tests, report each, and leave without giving the candidate a last word."""
    nonce = payload.pop("nonce")

    def report(index: int, failure: str | None) -> None:
        words = "" if failure is None else " " + (" ".join(failure.split()) or "failed")
        put(channel, f"{nonce} {index}{words}\n".encode(errors="replace"))

    sys.meta_path.insert(0, Beside(payload["modules"]))
    candidate = load(payload)
    sys.meta_path.insert(0, Beside(payload["test_modules"]))
    run = snippets if payload["file"] is None else unit
    run(payload, candidate, report)
    _exit(0)


class Beside:
    """Finds modules by their sources."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in self.sources else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        exec(compile(self.sources[name], f"{name}.py", "exec", dont_inherit=True), module.__dict__)


def snippets(payload: dict[str, Any], candidate: ModuleType, report: Callable[..., None]) -> None:
    """Each test in the same scope: the candidate's names and what ``before`` makes."""
    scope = {**vars(candidate), "__builtins__": dict(OWN_BUILTINS), "__name__": "tests"}
    for name in payload["names"]:
        if type(scope.get(name)) is FunctionType:
            scope[name] = guarded(scope[name])
    try:
        exec(compile(payload["before"], "setup.py", "exec", dont_inherit=True), scope)
    except BaseException as error:
        leave(NOT_LOADED, error)
    for index, test in enumerate(payload["tests"]):
        try:
            exec(compile(test, SOURCE, "exec", dont_inherit=True), scope)
        except BaseException as error:
            report(index, words(error, test))
        else:
            report(index, None)


def unit(payload: dict[str, Any], candidate: ModuleType, report: Callable[..., None]) -> None:
    """The tests of a file, by their names; those that never ran are not reported."""
    import unittest

    sys.modules[payload["module"]] = candidate
    sys.modules["pytest"] = stand_in()
    tests = ModuleType("tests")
    sys.modules["tests"] = tests
    try:
        exec(compile(payload["file"], SOURCE, "exec", dont_inherit=True), tests.__dict__)
    except BaseException as error:
        leave(NOT_LOADED, error)
    said: dict[str, str | None] = {}
    unittest.defaultTestLoader.loadTestsFromModule(tests).run(recorder(said, payload["file"]))
    for index, name in enumerate(payload["expected"]):
        if "." not in name:
            said[f"tests.{name}"] = outcome(vars(tests)[name], payload["file"])
        if f"tests.{name}" in said:
            report(index, said[f"tests.{name}"])


def recorder(said: dict[str, str | None], source: str) -> Any:
    """A test result that notes what ran, and what each failure said, in ``said``."""
    import unittest

    class Recorder(unittest.TestResult):
        def startTest(self, test: unittest.TestCase) -> None:
            said[test.id()] = None

        def addError(self, test: unittest.TestCase, err: Any) -> None:
            said[test.id()] = words(err[1], source)

        def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
            if err is not None:
                self.addError(test, err)

        def addSkip(self, test: unittest.TestCase, reason: str) -> None:
            said[test.id()] = f"skipped: {reason}"

        def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
            said[test.id()] = "succeeded unexpectedly"

        addFailure = addError

    return Recorder()


def outcome(test: Callable[[], object], source: str) -> str | None:
    """What is wrong with a plain test function, or ``None``."""
    try:
        test()
    except BaseException as error:
        return words(error, source)
    return None


def stand_in() -> ModuleType:
    """As much of ``pytest`` as marks take: they change nothing."""

    class Mark:
        def __getattr__(self, name: str) -> Mark:
            return self

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            return args[0] if len(args) == 1 and callable(args[0]) and not kwargs else self

    pytest = ModuleType("pytest")
    vars(pytest)["mark"] = Mark()
    return pytest


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, refusing to return what could compare as it likes."""

    def call(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        odd = oddity(result, 0)
        if odd is not None:
            raise TypeError(f"the answer returns a value of its own type {odd}")
        return result

    return call


def oddity(value: Any, depth: int) -> str | None:
    """The name of a type in ``value`` that is neither built in nor the library's."""
    kind = type(value)
    if kind.__flags__ & HEAP_TYPE and kind not in KNOWN:
        return str(kind.__name__)
    if depth < 50 and isinstance(value, CONTAINERS):
        items = [*dict.keys(value), *dict.values(value)] if isinstance(value, dict) else value
        for item in items:
            odd = oddity(item, depth + 1)
            if odd is not None:
                return odd
    return None


def words(error: BaseException, source: str) -> str:
    """An exception in words, with the line of the tests that it came from if it says nothing itself."""
    text = next((part for part in error.args if type(part) is str), "")
    place, at = error.__traceback__, 0
    while place is not None:
        at = place.tb_lineno if place.tb_frame.f_code.co_filename == SOURCE else at
        place = place.tb_next
    lines = source.split("\n")
    if not text and 0 < at <= len(lines):
        text = lines[at - 1].strip()
    return f"{type(error).__name__}: {text}"


if "__payload__" in globals():
    judge(globals().pop("__payload__"), globals().pop("__channel__"))
