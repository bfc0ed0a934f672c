"""The size of a program and how much it branches, cheap enough for every sample."""

from __future__ import annotations

from functools import cache

from tree_sitter import Query, QueryCursor

from harness.graders.execution.syntax import SYNTAXES, language, parse

# What adds a path through the code: McCabe's count, as lizard takes it.
_QUERIES = {
    "python": """
        (comment) @comment
        [(if_statement) (elif_clause) (for_statement) (while_statement) (except_clause) (case_clause)
         (conditional_expression) (boolean_operator) (for_in_clause) (if_clause)] @branch
    """,
    "rust": """
        [(line_comment) (block_comment)] @comment
        [(if_expression) (for_expression) (while_expression) (loop_expression) (match_arm) (try_expression)
         (binary_expression operator: "&&") (binary_expression operator: "||")] @branch
    """,
    "go": """
        (comment) @comment
        [(if_statement) (for_statement) (expression_case) (type_case) (communication_case)
         (binary_expression operator: "&&") (binary_expression operator: "||")] @branch
    """,
}


def size(code: str, name: str) -> tuple[int, int]:
    """Lines with code on them, and the cyclomatic complexity (branches and one), of a whole program."""
    captures = QueryCursor(_query(name)).captures(parse(code, SYNTAXES[name]).root_node)
    raw = bytearray(code.encode(errors="replace"))
    for comment in captures.get("comment", []):
        blank = bytes(byte if byte == 10 else 32 for byte in raw[comment.start_byte : comment.end_byte])
        raw[comment.start_byte : comment.end_byte] = blank
    lines = sum(1 for line in bytes(raw).split(b"\n") if line.strip())
    return lines, 1 + len(captures.get("branch", []))


@cache
def _query(name: str) -> Query:
    return Query(language(SYNTAXES[name].grammar), _QUERIES[name])
