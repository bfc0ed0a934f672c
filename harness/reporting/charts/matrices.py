"""Pictures with a tile for every pair: models and suites, models and models."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.board import Board, Duel, Standing
from harness.analysis.statistics import CONFIDENCE
from harness.reporting.charts.canvas import Canvas, breadth
from harness.reporting.charts.style import PALETTE, Style
from harness.reporting.numbers import UNKNOWN, quality, signed
from harness.reporting.text import plain

_TALL = 22.0  # points a tile
_HEAD = 30.0
_ACCENT, _BEHIND = PALETTE[:2]


def heat_map(boards: Sequence[Board], models: Sequence[str], style: Style) -> Canvas:
    """Quality of the models in every suite; ✗ where the pair was crossed out, – where it is unknown."""
    titles = [_short(plain(board.name)) for board in boards]
    first = 8 + max(breadth(style.name(model)) for model in models)
    wide = max(42.0, max(breadth(title, 8) for title in titles) + 8)
    canvas = Canvas(first + wide * len(boards), _HEAD + _TALL * len(models) + 4)
    for column, (board, title) in enumerate(zip(boards, titles, strict=True)):
        middle = first + wide * (column + 0.5)
        canvas.text(middle, canvas.height - _HEAD + 22, title, "center", size=8)
        canvas.text(middle, canvas.height - _HEAD + 10, f"N {board.common:,}", "center", size=7)
        for row, model in enumerate(models):
            bottom = canvas.height - _HEAD - _TALL * (row + 1)
            standing = board.of(model)
            if standing and standing.quality is not None:
                box = (middle - wide / 2 + 1, bottom + 1, middle + wide / 2 - 1, bottom + _TALL - 1)
                canvas.area(box, _ACCENT, 0.05 + 0.31 * standing.quality)
            _tile(canvas, middle, bottom, standing)
    for row, model in enumerate(models):
        canvas.text(first - 6, canvas.height - _HEAD - _TALL * (row + 0.5), style.name(model), "right")
    return canvas


def _short(title: str) -> str:
    return title if len(title) <= 18 else f"{title[:17]}…"


def _tile(canvas: Canvas, middle: float, bottom: float, standing: Standing | None) -> None:
    text = quality(standing) if standing else UNKNOWN
    own = standing and standing.rank is None and standing.n
    canvas.text(middle, bottom + _TALL / 2 + (3 if own else 0), text, "center", size=8 if own else 8.5)
    if own and standing:
        canvas.text(middle, bottom + 5, f"N {standing.n:,}", "center", size=6.5)


def win_matrix(duels: Sequence[Duel], models: Sequence[str], style: Style) -> Canvas:
    """The row's model over the column's, in points; strong where the difference is significant."""
    names = [f"{style.name(model)}  {number}" for number, model in enumerate(models, 1)]
    first, wide, head = 8 + max(map(breadth, names)), 34.0, 18.0
    canvas = Canvas(first + wide * len(models) + 4, head + _TALL * len(models) + 4)
    top = canvas.height - head
    for index, name in enumerate(names):
        canvas.text(first - 6, top - _TALL * (index + 0.5), name, "right")
        canvas.text(first + wide * (index + 0.5), top + 8, str(index + 1), "center")
    place = {model: index for index, model in enumerate(models)}
    for duel in duels:
        if duel.a in place and duel.b in place:
            sure = duel.p_value < 1 - CONFIDENCE
            for row, column, gap in ((duel.a, duel.b, duel.difference), (duel.b, duel.a, -duel.difference)):
                left, bottom = first + wide * place[column], top - _TALL * (place[row] + 1)
                box = (left + 1, bottom + 1, left + wide - 1, bottom + _TALL - 1)
                strength = 0.12 + min(0.24, abs(gap)) if sure else 0.03
                canvas.area(box, _ACCENT if gap > 0 else _BEHIND, strength)
                canvas.text(
                    left + wide / 2, bottom + _TALL / 2, signed(100 * gap, 0), "center", size=8, bold=sure
                )
    return canvas
