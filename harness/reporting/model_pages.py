"""``models/…md``: a page for every model, with failures to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.analysis.extras import Example
from harness.reporting.formats.markdown import document
from harness.reporting.generated import mark
from harness.reporting.profiles import Profile
from harness.reporting.section import Block, Bullets, Folded, Prose, Quotation, Section, Text, grids
from harness.reporting.text import excerpt
from harness.reporting.transcripts import facts, verdict
from harness.words import counted

_LONGEST = 600  # characters of an answer or a question
_NOTHING = ("Nothing stands out.",)
_NO_TEXT = ("Answered nothing.", "Its answer was not kept.")


def model_pages(
    profiles: Sequence[Profile], files: Mapping[str, str], prompts: Mapping[str, str]
) -> dict[str, str]:
    """The pages by file name; ``prompts`` are the texts of tasks by their digest, where at hand."""
    return {
        files[one.model]: document(
            one.model, _first(one), list(_sections(one, prompts)), "guide",
            top=f"<!-- {mark(files[one.model].rpartition('/')[2])} -->",
        )
        for one in profiles
    }  # fmt: skip


def _first(one: Profile) -> tuple[Block, ...]:
    all_models = Prose("[All models](../MODEL_SELECTION_GUIDE.md)")
    return (Text(one.headline), Text(one.about), Bullets(one.uses), all_models, *grids(one.table, "Suites"))


def _sections(one: Profile, prompts: Mapping[str, str]) -> Iterator[Section]:
    yield Section("good", "Good at", (Bullets(one.strengths or _NOTHING),))
    yield Section("bad", "Bad at", (Bullets(one.weaknesses or _NOTHING),))
    figures = (("Speed", one.speed), ("Cost", one.cost), ("Reliability", one.reliability))
    yield Section("figures", "Speed, cost and reliability", (Bullets(figures),))
    if one.code:
        yield Section("code", "How it writes code", (Bullets(one.code),))
    if one.failures:
        failures = (_failure(example, prompts.get(example.task_sha256, "")) for example in one.failures)
        yield Section("failures", one.failures_title, tuple(failures))


def _failure(example: Example, prompt: str) -> Folded:
    output = excerpt(example.output or "", _LONGEST, example.output_chars)
    why = excerpt(verdict(example), _LONGEST)
    blocks = (
        Text(facts(example)),
        *((Quotation("Asked", excerpt(prompt, _LONGEST)),) if prompt else ()),
        *_last_turn(example),
        Quotation("Answered", output) if output else Text(_NO_TEXT[example.output is None]),
        *((Text(f"Verdict: {why}"),) if why else ()),
    )
    return Folded(f"{example.suite} / {example.task_id}", blocks)


def _last_turn(example: Example) -> Iterator[Quotation]:
    """Of a dialogue, how long it was and what its model was shown last; `index.html` has the rest."""
    shown = [turn for turn in example.turns or () if turn["role"] != "assistant"]
    if shown:
        title = f"Shown last, of {counted(example.turn_count or 0, 'turn')}"
        yield Quotation(title, excerpt(shown[-1]["content"] or "", _LONGEST, shown[-1]["chars"]))
