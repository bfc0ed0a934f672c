"""Boards of each context tier apart: what is best for short prompts need not be so for long ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.analysis import scoreboard
from harness.analysis.board import Board

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Tier:
    """A context tier that tasks name, the longest prompt measured in it, and its board of each task type."""

    name: str
    longest: int  # tokens
    boards: Mapping[str, Board]


def measure_tiers(con: duckdb.DuckDBPyConnection) -> tuple[Tier, ...]:
    """The tiers in the results, short prompts first; none where tasks name none.

    The analysis views are left over one tier's rows: install them again (``scoreboard.load``) afterwards.
    """
    found = con.execute(
        """
        SELECT context_tier, max(prompt_tokens) FROM results
        WHERE context_tier IS NOT NULL AND prompt_tokens IS NOT NULL AND NOT baseline
        GROUP BY ALL ORDER BY 2, 1
        """
    ).fetchall()
    if not found:
        return ()
    con.execute("ALTER VIEW results RENAME TO all_results")
    tiers = []
    for name, longest in found:
        literal = "'" + name.replace("'", "''") + "'"  # a view takes no parameters
        con.execute(
            f"CREATE OR REPLACE VIEW results AS SELECT * FROM all_results WHERE context_tier = {literal}"
        )
        boards = scoreboard.load_boards(con, "task_type")["task_type"]
        tiers.append(Tier(name, longest, {board.name: board for board in boards}))
    con.execute("DROP VIEW results")
    con.execute("ALTER VIEW all_results RENAME TO results")
    return tuple(tiers)
