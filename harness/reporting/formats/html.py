"""``index.html``: one file that opens from disk, asks no network and runs only its own script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from harness.reporting.charts.plans import Chart, inline
from harness.reporting.charts.style import Style
from harness.reporting.formats.html_tables import TableWriter
from harness.reporting.introduction import facts
from harness.reporting.report import head
from harness.reporting.section import (
    Answers,
    Block,
    Bullets,
    Charts,
    Code,
    Columns,
    Control,
    Document,
    Folded,
    Grid,
    Legend,
    Notice,
    Only,
    Prose,
    Quotation,
    Report,
    Section,
    Subtitle,
    Text,
)
from harness.reporting.tables import legend
from harness.reporting.text import block, plain, unbroken
from harness.reporting.transcripts import FIRST_TURNS, Transcript, anchors
from harness.words import counted

_TEMPLATES = Path(__file__).parents[1] / "templates"
_STRESSED = re.compile(r"\*([^*]+)\*")
_CODE = re.compile(r"`([^`]+)`")


def page(report: Report, sections: Sequence[Section], charts: Sequence[Chart] = ()) -> str:
    """The page, with the charts that were drawn."""
    script = (_TEMPLATES / "report.js").read_text("utf-8")
    shown = [section for section in sections if "page" in section.shown_in]
    return _frame(
        "page.html.j2", report, shown, "page", charts,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        facts=facts(report.standings),
        navigation=[(section.name, section.short) for section in shown if section.short],
    )  # fmt: skip


def sheet(report: Report, sections: Sequence[Section]) -> str:
    """The executive summary as a page of its own: no script, no charts, one sheet of paper."""
    shown = [section for section in sections if "summary" in section.shown_in]
    return _frame("sheet.html.j2", report, shown, "summary", ())


def _frame(
    template: str, report: Report, sections: Sequence[Section], document: Document, charts: Sequence[Chart],
    **values: Any,
) -> str:  # fmt: skip
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    answers = [one for s in sections for b in s.blocks if isinstance(b, Answers) for one in b.shown]
    tables = TableWriter(Style(report.standings.ranked_models), anchors(answers))
    writer = _Writer(document, tables, {chart.plan.name: chart for chart in charts})
    frames = Environment(loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True)
    return frames.get_template(template).render(
        style=(_TEMPLATES / "report.css").read_text("utf-8"),
        head=writer.blocks(head(report)),
        sections=[(s.name, _words(s.title), writer.blocks(s.blocks)) for s in sections],
        **values,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes blocks for one document. What others wrote is escaped here, and nowhere else."""

    document: Document
    tables: TableWriter
    charts: Mapping[str, Chart]

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Each in turn."""
        return "\n".join(filter(None, map(self.block, blocks)))

    def block(self, one: Block) -> str:
        """One block; empty where it says nothing here."""
        match one:
            case Text(text, small):
                return (
                    f'<p class="hint">{_words(text)}</p>' if small else f'<p class="text">{_words(text)}</p>'
                )
            case Notice(text):
                return f'<p class="warning"><strong>{_words(text)}</strong></p>'
            case Prose(text):
                marked = _STRESSED.sub(r"<em>\1</em>", _CODE.sub(r"<code>\1</code>", _words(text)))
                return f'<p class="hint">{marked}</p>'
            case Bullets(items):
                return f'<ul class="reasons">{_items(items)}</ul>' if items else ""
            case Columns(lists):
                return f'<div class="columns">{"".join(_list(title, items) for title, items in lists)}</div>'
            case Subtitle(title):
                return f"<h3>{_words(title)}</h3>"
            case Grid(table, label, layout):
                return self.tables.table(table, label, layout)
            case Legend(tables):
                meanings = "; ".join(f"<em>{_words(t)}</em>: {_words(m)}" for t, m in legend(*tables))
                return f'<p class="hint legend">{meanings}.</p>'
            case Charts(plans):
                drawn = [self.charts[plan.name] for plan in plans if plan.name in self.charts]
                return f'<div class="grid">{"".join(map(_figure, drawn))}</div>'
            case Folded():
                return self._folded(one)
            case Code(lines):
                return f"<pre>{escape(block(chr(10).join(lines)))}</pre>"
            case Quotation(title, text):
                return f"<h4>{_words(title)}</h4><pre>{escape(block(text))}</pre>"
            case Answers(shown):
                return "\n".join(map(self._answer, shown))
            case Control(kind, values):
                return _CONTROLS[kind](values)
            case Only(document, blocks):
                return self.blocks(blocks) if document == self.document else ""

    def _folded(self, one: Folded) -> str:
        body = self.blocks(one.blocks)
        if one.model is None:
            opened = " open" if one.open else ""
            return (
                f'<details class="board"{opened}><summary><h3>{escape(plain(one.title))}</h3></summary>'
                f"{body}</details>"
            )
        return (
            f'<details class="profile"><summary>{self.tables.model(one.model)}'
            f' <span class="where">{_words(one.title)}</span></summary>'
            f'<div class="body">{body}</div></details>'
        )

    def _answer(self, one: Transcript) -> str:
        anchor = f' id="{one.anchor}"' if one.anchor else ""
        suite, model, task = (escape(plain(text)) for text in (one.suite, one.model, one.task_id))
        texts = [
            *map(_picture, one.pictures),
            _titled("Prompt", one.prompt),
            _dialogue(one),
            _titled("Answer", one.output) or '<h4>Answer</h4><p class="hint">No text.</p>',
            _titled("Verdict", one.verdict),
        ]
        return (
            f'<details{anchor} data-suite="{suite}" data-model="{model}" data-outcome="{one.outcome}">'
            f'<summary><span class="badge {one.kind}">{one.outcome}</span> {self.tables.model(one.model)}'
            f' <span class="where">{suite} / {task}</span></summary>'
            f'<div class="body"><p class="hint">{escape(plain(one.facts))}</p>{"".join(texts)}</div>'
            "</details>"
        )


def _picture(png: bytes) -> str:
    data = base64.b64encode(png).decode()
    return f'<img class="shown" alt="The picture that the task shows" src="data:image/png;base64,{data}">'


def _titled(title: str, text: str) -> str:
    return f"<h4>{title}</h4><pre>{escape(block(text))}</pre>" if text else ""


def _dialogue(one: Transcript) -> str:
    """What followed the prompt, folded up; a gap where turns are left out."""
    if not one.turns:
        return ""
    turns = [_titled(who, text or "(nothing)") for who, text in one.turns]
    if missing := one.turn_count - len(turns):
        turns.insert(FIRST_TURNS, f'<p class="hint">{counted(missing, "turn")} left out</p>')
    title = f"Dialogue, {counted(one.turn_count, 'turn')}"
    body = f'<div class="body">{"".join(turns)}</div>'
    return f'<details class="dialogue"><summary>{title}</summary>{body}</details>'


def _words(text: str) -> str:
    return escape(unbroken(text))


def _items(items: Iterable[str | tuple[str, str]]) -> str:
    lines = (
        _words(i) if isinstance(i, str) else f"<strong>{_words(i[0])}:</strong> {_words(i[1])}" for i in items
    )
    return "".join(f"<li>{line}</li>" for line in lines)


def _list(title: str, items: Iterable[str | tuple[str, str]]) -> str:
    return f"<div><h3>{_words(title)}</h3><ul>{_items(items)}</ul></div>"


def _figure(chart: Chart) -> str:
    return (
        f'<figure class="{chart.room}"><figcaption>{escape(plain(chart.plan.title))}</figcaption>'
        f'<div class="scroll" role="img" aria-label="{escape(chart.plan.alt)}" tabindex="0">'
        f"{inline(chart)}</div></figure>"
    )


Values = Sequence[tuple[str, tuple[str, ...]]]


def _sliders(values: Values) -> str:
    labels = "".join(
        f'<label>{name} <input type="range" min="0" max="100" step="5" value="{at}" name="{name}">'
        f" <output>{at} %</output></label>"
        for name, (at,) in values
    )
    leader = '<p aria-live="polite"></p>'
    return f'<div class="sliders" role="group" aria-label="Weights" hidden>{labels}{leader}</div>'


def _search(_: Values) -> str:
    return (
        '<div class="filters find" hidden><label>Models whose name has'
        ' <input type="search" autocomplete="off" spellcheck="false"></label>'
        ' <output aria-live="polite"></output></div>'
    )


def _filters(values: Values) -> str:
    labels = "".join(
        f'<label>{name} <select data-filter="{name}"><option value="">all</option>'
        + "".join(f"<option>{escape(plain(value))}</option>" for value in of)
        + "</select></label>"
        for name, of in values
    )
    return f'<div class="filters" hidden>{labels}<output aria-live="polite"></output></div>'


_CONTROLS = {"sliders": _sliders, "search": _search, "filters": _filters}
