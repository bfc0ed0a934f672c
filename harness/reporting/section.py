"""What a report is made of: sections, and the few kinds of blocks that they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # a table in a terminal needs none of what these are made by
    from harness.analysis.extras import Example
    from harness.analysis.heldout import HeldOut
    from harness.analysis.judged import Judged
    from harness.analysis.likeness import Likenesses
    from harness.analysis.standings import Standings
    from harness.reporting.charts.plans import ChartPlan
    from harness.reporting.tables import Table
    from harness.reporting.transcripts import Transcript

Document = Literal["guide", "page", "summary", "terminal"]


Pictures = Callable[[str], Sequence[bytes]]  # small PNGs of what a task shows, by its digest


def no_pictures(task_sha256: str) -> tuple[bytes, ...]:
    """Where no tasks are at hand."""
    return ()


@dataclass(frozen=True, slots=True)
class Report:
    """From what a report is made.

    ``rule_value`` is the judgement of rules on held-out tasks, where there is one; ``prompts`` are the texts
    of tasks by their digest, where they are at hand, and ``pictures`` gives small PNGs of what they show;
    ``judged`` is what judges said of texts.
    """

    standings: Standings
    manifests: Sequence[Mapping[str, Any]] = ()
    rule_value: HeldOut | None = None
    examples: Sequence[Example] = ()
    prompts: Mapping[str, str] = field(default_factory=dict)
    pictures: Pictures = no_pictures
    judged: Sequence[Judged] = ()
    likenesses: Likenesses | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``small`` ones explain what stands beside them."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What must not be overlooked."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of fixed words that explains: ``*word*`` is stressed, and a word in backticks is code."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences; a pair begins with a name."""

    items: tuple[str | tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Lists side by side where there is room, each with its title."""

    lists: tuple[tuple[str, tuple[str | tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A title within a section."""

    title: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``label`` says what it is, ``layout`` how a page shows it.

    ``cards`` are what its rows become on a narrow screen; of ``tiles`` cells are filled.
    Behind the first ``fixed`` columns each is a model.
    """

    table: Table
    label: str
    layout: Literal["cards", "sortable", "duels", "weights", "tiles", "plain"] = "plain"
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """What the columns of tables mean, each once."""

    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """Pictures; a document that is read as text shows the general ones."""

    plans: tuple[ChartPlan, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks below a title, which a page folds up unless they are ``open``. ``model`` gives it a colour."""

    title: str
    blocks: tuple[Block, ...]
    open: bool = True
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """Lines for a shell."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What others wrote, kept as it is, under a word of ours."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to look at, folded up."""

    shown: tuple[Transcript, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """What a page's script works with: sliders for weights, a search for models, filters for answers.

    ``values`` are what there is to choose from, or where a slider stands, by name.
    """

    kind: Literal["sliders", "search", "filters"]
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Only:
    """Blocks that stand in one document alone."""

    document: Document
    blocks: tuple[Block, ...]


Block = (
    Text | Notice | Prose | Bullets | Columns | Subtitle | Grid | Legend | Charts | Folded | Code | Quotation
    | Answers | Control | Only
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: ``name`` is its anchor, ``short`` its title in a page's navigation, if any."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    shown_in: tuple[Document, ...] = ("guide", "page")
    short: str = ""


UNCOMPARED = "Nothing was measured by which models are compared."  # instead of an empty table


def grids(
    table: Table | None, label: str, layout: Literal["cards", "sortable"] = "cards", empty: str = ""
) -> tuple[Block, ...]:
    """A table as a block; where it has no rows the sentence ``empty``, if there is one."""
    if table and table.rows:
        return (Grid(table, label, layout),)
    return (Text(empty),) if empty else ()
