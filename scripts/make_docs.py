"""Write what is generated: the commands and the columns of results in docs/, the schema of rules files.

``--check`` writes nothing and fails when a file is not current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click

from harness.cli.main import cli
from harness.fieldtypes import ANY_INT, FieldType, field_types
from harness.paths import DATA
from harness.records import ResultRow
from harness.results.store import SCHEMA_VERSION, arrow_schema
from scripts.rules_schema import schema_text

DOCS = Path(__file__).resolve().parent.parent / "docs"
RULES_SCHEMA = DATA / "routing_rules.schema.json"
NOTE = "<!-- written by scripts/make_docs.py; edit that, not this -->\n\n"

COLUMNS = {
    "run_id": "the run; sorts by time",
    "sample_id": "stays the same as long as question, model and seed do",
    "suite": "suite name",
    "suite_version": "version and season of the suite",
    "task_id": "task, unique in its suite",
    "model": "id in models.yaml",
    "repeat": "0 for the first time the task is asked",
    "seed": "sampling seed of this repeat",
    "task_type": "category of the suite: what a routing rule is written for",
    "category": "part of the subject, as the task says",
    "language": "language of the suite: rust, go, python, en …",
    "difficulty": "beginner, intermediate or advanced",
    "role": "the agent role that the task stands for",
    "context_tier": "size of the context, where the task says",
    "provider": "who serves the model",
    "engine": "llama_cpp, openai or scripted; imported: another tool took the sample",
    "quantization": "as models.yaml says",
    "family": "as models.yaml says",
    "baseline": "oracle, nop or random: shown as lines, never ranked",
    "status": "ok: answered and judged; error: no verdict, and why; skipped: not asked, and why",
    "passed": "the strict verdict; NULL unless status is ok",
    "score": "0 to 1; NULL unless status is ok",
    "grader": "grader of the task",
    "error_type": "what went wrong, as one word: wrong_answer, timeout, context_exceeded, excluded …",
    "error": "what went wrong, in words",
    "metrics": "JSON object: what the grader measured, and how the answer was made (`template`, `scoring`)",
    "started_at": "UTC, ISO 8601",
    "queue_s": "seconds from being taken up to being sent: limits, retries, the engine's own queue",
    "load_s": "seconds to load the model, once a run",
    "ttft_s": "seconds from request to first token",
    "latency_s": "seconds from request to last token; waits before a retry are not in it",
    "prompt_tokens": "as the model's tokenizer counts, or the provider says",
    "completion_tokens": "reasoning tokens included",
    "reasoning_tokens": "part of completion_tokens",
    "cached_tokens": "part of prompt_tokens that was not computed again",
    "decode_tps": "tokens a second after the first",
    "prefill_tps": "prompt tokens a second, cached ones left out",
    "output_chars": "length of the answer",
    "timing": "measured; replayed: from a file, the cache or another tool; contended: others ran beside it",
    "attempts": "how often the request was sent",
    "cost_usd": "of all attempts; NULL when nobody knows, never 0 for that",
    "price_source": "billed, models.yaml, or the price snapshot with its version",
    "price_date": "day the price was valid, where known",
    "prompt_sha256": "digest of the messages",
    "task_sha256": "digest of everything a model or a grader sees of the task",
    "model_revision": "digest of the file, or the name the server gave",
    "harness_version": "version of harness",
    "git_sha": "commit of the folder the run was started in",
    "host": "processor, cores, memory",
    "gpu": "name of the first GPU, where the model computed on one of this machine",
    "output": "the whole answer",
    "finish_reason": "stop, length, or loop: a local model repeated itself, and the answer failed",
    "busy_s": "the sample's share of a local model's time, where several are answered at once",
    "broken_usd": "part of cost_usd: attempts that broke off half-way; estimated where nothing was billed",
    "measure": "what models are compared by: pass, or score (the mean score)",
}


def main() -> None:
    """Write or check every generated page."""
    stale = [page for page in pages() if update(*page)]
    if stale and "--check" in sys.argv:
        names = ", ".join(path.name for path, _ in stale)
        sys.exit(f"docs are not current: {names}; run `make docs` and commit")


def pages() -> Iterator[tuple[Path, str]]:
    """Path and text of every generated page."""
    yield DOCS / "commands.md", commands_page()
    yield DOCS / "results.md", results_page()
    yield RULES_SCHEMA, schema_text()


def update(path: Path, text: str) -> bool:
    """Whether ``path`` differs from ``text``; written unless only checking."""
    differs = not path.exists() or path.read_text("utf-8") != text
    if differs and "--check" not in sys.argv:
        path.write_text(text, "utf-8")
    return differs


def commands_page() -> str:
    """Every command's own help text."""
    parts = [NOTE, "# Commands\n\nWhat `--help` says, for every command.\n"]
    for path, command in walk("harness", cli, click.Context(cli, info_name="harness")):
        context = click.Context(
            command, info_name=path, terminal_width=100, help_option_names=["-h", "--help"]
        )
        parts.append(f"\n## {path}\n```text\n{command.get_help(context)}\n```\n")
    return "".join(parts)


def walk(path: str, command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, with the words that call each."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from walk(f"{path} {name}", below, context)


def results_page() -> str:
    """The columns of the view ``results``: Arrow types from the schema, meanings from above."""
    names = [field.name for field in fields(ResultRow)]
    if names != list(COLUMNS):
        sys.exit(
            f"scripts/make_docs.py describes other columns than ResultRow has: {set(names) ^ set(COLUMNS)}"
        )
    lines = [
        NOTE,
        "# The view `results`: one row a sample\n\n",
        f"Schema version {SCHEMA_VERSION}, in the Parquet metadata as `harness.schema_version`. ",
        "Seconds, tokens a second, US dollars.\n\n",
        "A figure beyond its bounds becomes NULL when the row is written, or the nearest bound where it\n",
        "cannot be NULL; `metrics.dropped` says what was there. A name of more than 500 characters is cut.\n",
        "In parts that another tool wrote, such figures are NULL in the view.\n\n",
        "| column | type | may be NULL | bounds | meaning |\n|---|---|---|---|---|\n",
    ]
    types = field_types(ResultRow)
    for column in arrow_schema():
        null = "yes" if column.nullable else ""
        bounds = _bounds(types[column.name])
        lines.append(f"| `{column.name}` | {column.type} | {null} | {bounds} | {COLUMNS[column.name]} |\n")
    return "".join(lines)


def _bounds(field: FieldType) -> str:
    most = field.bounds.high
    if field.base not in (int, float) or most >= ANY_INT.high:
        return ""
    return f"{field.bounds.low:,.12g} to {most:,.12g}"


if __name__ == "__main__":
    main()
