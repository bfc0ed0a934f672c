"""What a table is, in every format: columns, and cells that can be sorted."""

from __future__ import annotations

from dataclasses import dataclass

NEVER = -1


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what it means, for those who hover or ask.

    A narrow terminal gives up the columns with the highest ``narrow`` first, and none with 0; those with
    ``NEVER`` are never in a terminal.
    """

    title: str
    meaning: str = ""
    number: bool = True
    narrow: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` as shown, not escaped yet; ``key`` sorts (default: the text).

    ``model`` says that the cell names a model, ``span`` is an interval to draw (low, value, high), ``note``
    is small print below, ``mark`` a style: ``win``, ``tie``, ``insufficient``, ``none``, ``best``, ``worse``.
    ``answers`` names the suite and the model whose transcripts stand behind the figure, ``heat`` is how
    strongly a page fills the cell, 0 to 1.
    """

    text: str
    key: float | str | None = None
    model: str | None = None
    span: tuple[float, float, float] | None = None
    note: str | None = None
    mark: str | None = None
    answers: tuple[str, str] | None = None
    href: str | None = None
    heat: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line: ``ranked``, ``unranked`` or ``baseline``; ``parts`` is data for the page's script."""

    cells: tuple[Cell, ...]
    kind: str = "ranked"
    parts: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be written down; ``heading`` is the column that names the row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: int = 0


def legend(*tables: Table | None) -> list[tuple[str, str]]:
    """What the columns mean, each once, for those who cannot hover."""
    meanings: dict[str, list[str]] = {}
    for column in (column for table in tables if table for column in table.columns):
        taken = ["", column.title, column.title.lower(), *meanings.get(column.title, ())]
        if column.title != "#" and column.meaning not in taken:
            meanings.setdefault(column.title, []).append(column.meaning)
    return [(title, ", or ".join(of)) for title, of in meanings.items()]


COST = Column("$/solved", "USD a solved task, wrong answers and failed calls included")
TASK_COST = Column("$/task", "USD a task, failed calls included")
P90 = Column("p90", "nine of ten answers took at most this long (from 29 samples on)")
N = Column("N", "tasks that all compared models answered")
MODEL = Column("Model", number=False)


def words(*titles: str) -> tuple[Column, ...]:
    """Columns of words, without further meaning."""
    return tuple(Column(title, number=False) for title in titles)


def named(model: str | None, note: str | None = None, mark: str | None = None) -> Cell:
    """A cell that names a model, or nobody."""
    return Cell("—", note=note) if model is None else Cell(model, model=model, note=note, mark=mark)
