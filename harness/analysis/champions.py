"""Who leads a suite in what."""

from __future__ import annotations

from collections.abc import Callable

from harness.analysis.board import Board, Standing
from harness.analysis.extras import Champion


def champion_of(board: Board) -> Champion:
    """The best two of a suite, and who leads in speed, cost and reliability among those that solve anything.

    Of equal ones it is the better ranked. Speed and cost are compared to nine digits, since sums differ in
    their last ones with the order of the rows.
    """
    solving = sorted(
        (line for line in board.ranked if line.quality), key=lambda line: (line.rank or 0, line.model)
    )

    def least(value: Callable[[Standing], float | None]) -> str | None:
        measured = [(float(f"{number:.9g}"), line) for line in solving if (number := value(line)) is not None]
        return min(measured, key=lambda pair: pair[0])[1].model if measured else None

    return Champion(
        suite=board.name,
        champion=solving[0].model if solving else None,
        runner_up=solving[1].model if len(solving) > 1 else None,
        speed=least(lambda line: None if line.decode_tps is None else -line.decode_tps),
        value_for_money=least(lambda line: line.spent_usd),
        reliability=least(lambda line: None if line.reliability is None else -line.reliability),
    )
