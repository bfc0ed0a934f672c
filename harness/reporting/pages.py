"""``models/…md``: a page for every model, with failures to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.analysis.board import Example
from harness.reporting.formats.markdown import bullets, fenced, table
from harness.reporting.generated import mark
from harness.reporting.profiles import Profile
from harness.reporting.templating import environment
from harness.reporting.text import excerpt, markdown
from harness.reporting.transcripts import facts, verdict

_LONGEST = 600  # characters of an answer or a question


def render_models(
    found: Sequence[Profile], files: Mapping[str, str], prompts: Mapping[str, str]
) -> dict[str, str]:
    """The pages by file name; ``prompts`` are the texts of tasks by their digest, where at hand."""
    template = environment().get_template("model.md.j2")
    return {
        files[one.model]: template.render(
            mark=mark(files[one.model].rpartition("/")[2]),
            name=markdown(one.model),
            headline=markdown(one.headline),
            about=markdown(one.about),
            table=table(one.table) if one.table.rows else "",
            uses=bullets(one.uses),
            strengths=bullets(one.strengths),
            weaknesses=bullets(one.weaknesses),
            speed=markdown(one.speed),
            cost=markdown(one.cost),
            reliability=markdown(one.reliability),
            failures=[_failure(example, prompts.get(example.task_sha256, "")) for example in one.failures],
        )
        for one in found
    }


def _failure(example: Example, prompt: str) -> dict[str, Any]:
    output = example.output or ""
    return {
        "title": markdown(f"{example.suite} / {example.task_id}"),
        "facts": markdown(facts(example)),
        "prompt": fenced(excerpt(prompt, _LONGEST)) if prompt else "",
        "output": fenced(excerpt(output, _LONGEST, example.output_chars)) if output else "",
        "verdict": markdown(excerpt(verdict(example), _LONGEST)),
    }
