"""What runs inside the sandbox where tests are asserts: loads a candidate and then its tests.

It shares its globals with ``driver.py``, which runs first and whose loader it uses.
``__payload__`` is a dict:

``code``, ``setup``  the candidate's source, and statements that come before it
``nonce``            what each report opens with; see ``inside.py``
``plain``            names of the candidate's that must return plain values when they are called
``before``           statements that come before the tests, with the candidate's names
``tests``            snippets with the candidate's names, each one a test
``file``             or, instead of snippets, a file of ``unittest`` or plain ``test_`` functions
``module``           the name under which that file imports the candidate
``modules``          sources of modules beside it, by name; ``test_modules``: those for the tests alone
``expected``         the names of the tests in the file, in the order of the reports

The candidate is in this process, and so, for as long as they run, are the tests: who walks the
frames finds everything. What is had cheaply against meddling is had: own builtins, results that
compare as the library's types do, ``unittest`` as it was, no last word for the candidate.
"""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import enum
import fractions
import functools
import itertools
import re
import sys
import types
from importlib.machinery import ModuleSpec
from posix import _exit
from types import FunctionType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from harness.graders.languages.python.driver import NOT_LOADED, leave, load, put

OWN_BUILTINS = dict(vars(builtins))
settrace, setprofile = sys.settrace, sys.setprofile


def ids(*kinds: Any) -> frozenset[int]:
    """Types are known by identity: a class may have a class of its own that calls it equal to any other."""
    return frozenset(map(id, kinds))


MRO, NAMESPACE = (type.__dict__[name].__get__ for name in ("__mro__", "__dict__"))
ATOMS = ids(
    type(None), type(...), type(NotImplemented), bool, int, float, complex, str, bytes, bytearray, range,
    decimal.Decimal, fractions.Fraction, re.Match, re.Pattern, datetime.date, datetime.datetime,
    datetime.time, datetime.timedelta, datetime.timezone, type, types.CoroutineType, types.AsyncGeneratorType,
)  # fmt: skip
DICTS = ids(dict, collections.Counter, collections.OrderedDict, collections.defaultdict)
LISTS = ids(list, tuple, set, frozenset, collections.deque, *map(type, ({}.keys(), {}.values(), {}.items())))
CALLABLES = ids(FunctionType, types.BuiltinFunctionType, types.MethodType, functools.partial)
EMPTY: tuple[Any, ...] = ([], (), "", b"", {}, {}.values(), {}.items(), set(), range(0), range(1 << 64))
ITERATORS = ids(
    types.GeneratorType, enumerate, filter, map, reversed, zip, *(type(iter(empty)) for empty in EMPTY),
    *(kind for kind in vars(itertools).values() if isinstance(kind, type)),
)  # fmt: skip
BASES = ATOMS | DICTS | LISTS | ids(object, *(kind for kind in vars(enum).values() if isinstance(kind, type)))
METACLASSES = ids(type, enum.EnumMeta)
LIBRARY = ids(
    *(
        value
        for kind in (*vars(enum).values(), int, str)
        if isinstance(kind, type)
        for value in NAMESPACE(kind).values()
    )
)
# What a class may define and still compare, count and print as its bases do: named tuples, enumerations.
HARMLESS = frozenset(
    """__annotations__ __annotate__ __annotate_func__ __annotations_cache__ __classdictcell__ __dict__ __doc__
    __firstlineno__ __getnewargs__ __init__ __match_args__ __module__ __new__ __new_member__ __orig_bases__
    __qualname__ __replace__ __repr__ __slots__ __static_attributes__ __use_args__ __weakref__""".split()  # noqa: SIM905
)
DEEPEST = 200  # levels of a value
SOURCE = "tests.py"


def judge(payload: dict[str, Any], channel: int) -> NoReturn:
    """Run the tests, report each, and leave without giving the candidate a last word."""
    nonce = payload.pop("nonce")

    def report(index: int, failure: str | None) -> None:
        words = "" if failure is None else " " + (" ".join(failure.split()) or "failed")
        put(channel, f"{nonce} {index}{words}\n".encode(errors="replace"))

    sys.meta_path.insert(0, Beside(payload["modules"]))
    kept = Kept(payload["file"] is not None)
    candidate = load(payload)
    kept.restore()
    sys.meta_path.insert(0, Beside(payload["test_modules"]))
    run = snippets if payload["file"] is None else unit
    run(payload, candidate, kept, report)
    _exit(0)


class Kept:
    """What tests rest on, as it was before the candidate came."""

    def __init__(self, with_unittest: bool) -> None:
        self.modules: dict[str, ModuleType] = {}
        self.owners: list[tuple[Any, dict[str, Any]]] = []
        self.codes: list[tuple[Any, tuple[Any, ...]]] = []
        if not with_unittest:
            return
        import unittest

        self.modules = {
            name: sys.modules[name] for name in sys.modules if name.split(".")[0] == unittest.__name__
        }
        classes = {
            id(kind): kind
            for module in self.modules.values()
            for kind in vars(module).values()
            if isinstance(kind, type) and kind.__module__ in self.modules
        }
        owners = [builtins, *self.modules.values(), *classes.values()]
        self.owners = [(owner, dict(vars(owner))) for owner in owners]
        functions = [
            value for owner, space in self.owners for value in space.values() if type(value) is FunctionType
        ]
        self.codes = [(f, (f.__code__, f.__defaults__, f.__kwdefaults__)) for f in functions]

    def restore(self) -> None:
        """Undo what has been done to it; nobody looks on while the tests run."""
        settrace(None)
        setprofile(None)
        for name, module in self.modules.items():
            sys.modules[name] = module
        for owner, space in self.owners:
            change = type.__setattr__ if isinstance(owner, type) else ModuleType.__setattr__
            remove = type.__delattr__ if isinstance(owner, type) else ModuleType.__delattr__
            for name in [name for name in vars(owner) if name not in space]:
                remove(owner, name)
            for name, value in space.items():
                if vars(owner).get(name) is not value:
                    change(owner, name, value)
        for function, (code, defaults, named) in self.codes:
            if function.__code__ is not code or function.__defaults__ is not defaults:
                function.__code__, function.__defaults__ = code, defaults
            function.__kwdefaults__ = named


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


def snippets(payload: dict[str, Any], candidate: ModuleType, kept: Kept, report: Callable[..., None]) -> None:
    """Each test in the same scope: the candidate's names and what ``before`` makes."""
    scope = {**vars(candidate), "__builtins__": dict(OWN_BUILTINS), "__name__": "tests"}
    scope |= all_guarded(payload["plain"], candidate, kept)
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


def unit(payload: dict[str, Any], candidate: ModuleType, kept: Kept, report: Callable[..., None]) -> None:
    """The tests of a file, by their names; those that never ran are not reported."""
    import unittest

    sys.modules[payload["module"]] = seen_by_tests(payload, candidate, kept)
    sys.modules["pytest"] = stand_in()
    tests = ModuleType("tests")
    vars(tests)["__builtins__"] = dict(OWN_BUILTINS)
    sys.modules["tests"] = tests
    try:
        exec(compile(payload["file"], SOURCE, "exec", dont_inherit=True), tests.__dict__)
    except BaseException as error:
        leave(NOT_LOADED, error)
    failures: dict[str, str | None] = {}  # by test; ``None`` for one that passed
    kept.restore()  # a class may have been made with the candidate's help
    unittest.TestLoader().loadTestsFromModule(tests).run(recorder(failures, payload["file"], kept))
    for index, name in enumerate(payload["expected"]):
        if "." not in name:
            kept.restore()
            failures[f"tests.{name}"] = outcome(vars(tests)[name], payload["file"])
        if f"tests.{name}" in failures:
            report(index, failures[f"tests.{name}"])


def seen_by_tests(payload: dict[str, Any], candidate: ModuleType, kept: Kept) -> ModuleType:
    """The candidate as its tests import it: the same, but for the functions that are guarded."""
    replaced = all_guarded(payload["plain"], candidate, kept)
    if not replaced:
        return candidate

    class View(ModuleType):
        def __getattr__(self, name: str) -> Any:
            return getattr(candidate, name)

    view = View(payload["module"])
    public = [name for name in vars(candidate) if not name.startswith("_")]
    vars(view).update(replaced, __all__=vars(candidate).get("__all__", public))
    return view


def recorder(failures: dict[str, str | None], source: str, kept: Kept) -> Any:
    """A test result that notes what ran, and the message of each failure, in ``failures``."""
    import unittest

    class Recorder(unittest.TestResult):
        def startTest(self, test: unittest.TestCase) -> None:
            kept.restore()
            failures[test.id()] = None

        def addError(self, test: unittest.TestCase, err: Any) -> None:
            failures[test.id()] = words(err[1], source)

        def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
            if err is not None:
                self.addError(test, err)

        def addSkip(self, test: unittest.TestCase, reason: str) -> None:
            failures[test.id()] = f"skipped: {reason}"

        def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
            failures[test.id()] = "succeeded unexpectedly"

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


def all_guarded(names: list[str], candidate: ModuleType, kept: Kept) -> dict[str, Any]:
    """What can be called of these names, by name, guarded; of whatever type it is."""
    present = {name: vars(candidate)[name] for name in names if name in vars(candidate)}
    return {name: guarded(value, kept) for name, value in present.items() if callable(value)}


def guarded(function: Callable[..., Any], kept: Kept) -> Callable[..., Any]:
    """The function, refusing to return what could compare as it likes, and cleaning up behind it."""

    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return plain(function(*args, **kwargs), kept)
        finally:
            kept.restore()

    return call


def plain(value: Any, kept: Kept) -> Any:
    """The value, if it is one of built-in or library types to its depths. Raises ``TypeError``.

    What is only made when it is asked for (iterators, functions) is looked at then.
    """
    kind = id(type(value))
    if kind in ITERATORS:
        return (plain(item, kept) for item in value)
    if kind in CALLABLES:
        return guarded(value, kept)
    name = foreign_type(value, 0)
    if name is not None:
        raise TypeError(f"the answer returns a value of its own type {name}")
    return value


def foreign_type(value: Any, depth: int) -> str | None:
    """The name of a type in ``value`` that may compare as it likes."""
    kind = type(value)
    if id(kind) in ATOMS:
        return None
    bases = MRO(kind)
    if depth > DEEPEST or not all(map(harmless, bases)):
        return type.__repr__(kind)
    among = ids(*bases)
    items = [*dict.keys(value), *dict.values(value)] if among & DICTS else value if among & LISTS else ()
    return next((name for item in items if (name := foreign_type(item, depth + 1)) is not None), None)


def harmless(base: type) -> bool:
    """Whether a class is a known one, or takes everything that counts from its bases."""
    if id(base) in BASES:
        return True
    own = [id(value) for name, value in NAMESPACE(base).items() if name[:2] == "__" and name not in HARMLESS]
    return id(type(base)) in METACLASSES and LIBRARY.issuperset(own)


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
