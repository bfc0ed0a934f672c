"""How Python is recognised in text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import takewhile

from harness.graders.execution.blocks import dedent
from harness.graders.execution.syntax import Syntax
from harness.graders.languages.python.signatures import signatures

_MAGIC = re.compile(r"^[ \t]*(?:[%!]{1,2}[A-Za-z].*|\?+[\w.]+|[\w.]+\?{1,2})$\n?", re.MULTILINE)


def bodies(signature: str, body: str) -> Iterator[str]:
    """A body may be indented or not, and may have lost the indent of its first line."""
    head = signature.strip().removesuffix("...").rstrip().removesuffix(":") + ":\n"
    first, _, rest = body.partition("\n")
    yield head + textwrap.indent(dedent(body), "    ")
    yield head + "    " + first.strip() + "\n" + rest
    yield head + "\n".join(takewhile(lambda line: line[:1] in ("", " ", "\t"), body.split("\n")))


def without_magics(text: str) -> str:
    """What a notebook does beside the code: commands of it and of the shell."""
    return _MAGIC.sub("", text)


SYNTAX = Syntax(
    grammar="tree_sitter_python",
    infos=frozenset({"python", "py", "python3", "py3", "pycon", "ipython"}),
    defining=r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+{name}\b|^{name}[ \t]*(?::[^=\n]+)?=(?!=)",
    starting=re.compile(r"(?:import|from|def|class|async def) [\w.]+|@\w|\w+(?:: [\w\[\], .]+)? = |#!? ?\w"),
    hoisted=frozenset({"future_import_statement"}),
    complete=bodies,
    branches=frozenset(
        """if_statement elif_clause for_statement while_statement except_clause case_clause
        conditional_expression boolean_operator for_in_clause if_clause""".split()  # noqa: SIM905
    ),
    functions=frozenset({"function_definition", "lambda"}),
    nesting=frozenset(
        {
            "if_statement",
            "for_statement",
            "while_statement",
            "try_statement",
            "with_statement",
            "match_statement",
        }
    ),
    signatures=signatures,
    forms=(without_magics,),
)
