"""What written tests may use: nothing from which the code they test could be read, only what it does.

A module under test is in the tests' process, so a test that got at a function's byte code could tell every
mutant. What Python offers for that is a matter of names: modules (``inspect``, ``gc``), built-ins
(``open``, ``getattr``) and attributes (``__code__``, ``f_back``). All names in a test are written in its
text, where they are looked for; what takes a name at run time (``getattr``, ``attrgetter``, ``{0.__code__}``
in a format) is not offered.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module

from harness.graders.execution.extract import Refused

# Modules that tests may import, and what of them, where it is not everything that is public.
OFFERED: Mapping[str, Collection[str] | None] = {
    "bisect": None,
    "collections": ("Counter", "OrderedDict", "defaultdict", "deque", "namedtuple"),
    "contextlib": ("suppress",),
    "copy": ("copy", "deepcopy"),
    "dataclasses": ("FrozenInstanceError", "asdict", "astuple", "dataclass", "field", "replace"),
    "datetime": ("UTC", "date", "datetime", "time", "timedelta", "timezone"),
    "decimal": ("Decimal",),
    "enum": ("Enum", "IntEnum", "auto"),
    "fractions": ("Fraction",),
    "functools": ("partial", "reduce"),
    "heapq": None,
    "io": ("BytesIO", "StringIO"),
    "itertools": None,
    "json": ("JSONDecodeError", "dumps", "loads"),
    "math": None,
    "random": ("Random", "choice", "randint", "random", "sample", "seed", "shuffle"),
    "re": ("IGNORECASE", "compile", "escape", "findall", "fullmatch", "match", "search", "sub"),
    "string": ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits"),
    "textwrap": ("dedent",),
    "typing": ("Any", "Callable", "Iterable", "Iterator", "NamedTuple", "Optional"),
    "unittest": ("TestCase", "main", "skip"),
}
_BARRED = frozenset(
    """breakpoint compile delattr dir eval exec getattr globals help id input locals memoryview open setattr
    vars""".split()  # noqa: SIM905
)
_SPECIAL = frozenset(
    """__init__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __len__ __iter__ __next__ __contains__
    __getitem__ __setitem__ __enter__ __exit__ __call__ __repr__ __str__ __bool__ __name__ __class__ __add__
    __cause__ __post_init__ __main__""".split()  # noqa: SIM905
)
# Attributes of code, frames, tracebacks and generators; and what takes the name of another attribute.
_LEADING = re.compile(
    r"co_\w+|tb_\w+|f_(?:back|builtins|code|generator|globals|locals|trace\w*)|(?:gi|cr|ag)_\w+"
    r"|load[A-Z]\w*|testLoader|format|format_map"
)
_ATTRIBUTE_IN_FORMAT = re.compile(r"\{[^}]*[.\[]")


def check(tree: ast.Module, code: Mapping[str, Collection[str]]) -> None:
    """Refuse tests that use what is not offered; ``code`` are the modules under test with their names.

    Raises ``Refused`` naming the line.
    """
    modules = dict(_imported(tree, code))
    members = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        for name in _names(node):
            if name.startswith("__") and name not in _SPECIAL and name.strip("_"):
                raise _refused(node, f"tests may not use `{name}`")
        match node:
            case ast.Name(name) if name in _BARRED:
                raise _refused(node, f"tests may not use `{name}`")
            case ast.Name(name) if name in modules and id(node) not in members:
                raise _refused(node, f"`{name}` is a module; use what is in it")
            case ast.Attribute(ast.Name(name), attribute) if name in modules:
                if attribute not in modules[name]:
                    raise _refused(node, f"`{name}.{attribute}` is not offered here")
            case ast.Attribute(ast.Constant(str(text)), "format"):
                if _ATTRIBUTE_IN_FORMAT.search(text):
                    raise _refused(node, "a format may not take attributes")
            case ast.Attribute(_, attribute) if _LEADING.fullmatch(attribute):
                raise _refused(node, f"tests may not use `.{attribute}`")
            case ast.MatchClass(kwd_attrs=names) if any(map(_LEADING.fullmatch, names)):
                raise _refused(node, "tests may not match such attributes")


def public_names(source: str) -> frozenset[str]:
    """What a module under test offers: what it defines at its top, no module and nothing private."""
    names: set[str] = set()
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name) | ast.ClassDef(name) | ast.AsyncFunctionDef(name):
                names.add(name)
            case ast.Assign(targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(ast.Name(name)):
                names.add(name)
    return frozenset(name for name in names if not name.startswith("_"))


def _imported(tree: ast.Module, code: Mapping[str, Collection[str]]) -> Iterator[tuple[str, Collection[str]]]:
    """The names that stand for modules, with what of each may be used; every import is one that may be."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name, _offered(alias.name, code, node)
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            offered = _offered(node.module or "." * node.level, code, node)
            for alias in node.names:
                if alias.name not in offered:
                    raise _refused(
                        node, f"`{node.module}.{alias.name}` is not offered here; `*` is not either"
                    )


def _offered(module: str, code: Mapping[str, Collection[str]], node: ast.AST) -> Collection[str]:
    if module in code:
        return code[module]
    if module not in OFFERED:
        raise _refused(node, f"imports `{module}`, which is not offered here")
    names = OFFERED[module]
    return names or [name for name in dir(import_module(module)) if not name.startswith("_")]


def _names(node: ast.AST) -> Iterator[str]:
    """The names that stand in a node itself and are looked up, or say how something is looked up."""
    match node:
        case ast.Name(name) | ast.Attribute(_, name) | ast.arg(name) | ast.alias(name):
            yield name
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            yield name
        case ast.MatchClass():
            yield from node.kwd_attrs


def _refused(node: ast.AST, words: str) -> Refused:
    return Refused(f"line {getattr(node, 'lineno', 1)}: {words}")
