"""Boards of each context tier apart: what is best for short prompts need not be so for long ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from harness.analysis.board import Board
from harness.analysis.standings import Standings

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class ContextTier:
    """A context tier that tasks name, the longest prompt measured in it, and its board of each task type."""

    name: str
    longest: int  # tokens
    boards: Mapping[str, Board]


def measure_tiers(con: duckdb.DuckDBPyConnection, standings: Standings) -> tuple[ContextTier, ...]:
    """The tiers in the results, short prompts first; none where tasks name none.

    ``standings`` have been loaded from ``con``.
    """
    longest = con.execute(
        """
        SELECT named_tier, max(prompt_tokens) FROM tasks
        WHERE named_tier IS NOT NULL AND prompt_tokens IS NOT NULL
        GROUP BY ALL ORDER BY 2, 1
        """
    ).fetchall()
    boards = {part.name: part for part in standings.by("tier")}
    return tuple(
        ContextTier(name, tokens, {
            whole.name: replace(part, by="task_type", name=whole.name)
            for whole in standings.by("task_type")
            if (part := boards.get(f"{whole.name}@{name}"))
        })
        for name, tokens in longest
    )  # fmt: skip
