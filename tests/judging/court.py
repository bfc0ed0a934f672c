"""A small court: contestants whose answers are stored, and a judge with a bias on the loopback interface."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.judging.gold import GoldPair, load_gold
from harness.paths import builtin_suites
from harness.suites import load_suite
from harness.yamltext import yaml_text
from tests.loopback import Call, Loopback, answer, stream
from tests.rows import row, write

RUN = "20261101-120000-aaaa"
TASKS = 8
# Half of the gold pairs, with as many of each kind.
GOLD: dict[str, GoldPair] = {
    pair.request: pair for at, pair in enumerate(load_gold(builtin_suites() / "writing")) if at % 4 in (0, 1)
}
_PART = re.compile(r"<(request|answer-1|answer-2)-(\w+)>\n(.*?)\n</\1-\2>", re.DOTALL)
Bias = Callable[[str, str, str], str]  # request, first, second → 1, 2 or tie


def fair(request: str, first: str, second: str) -> str:
    """Knows the gold pairs, and prefers the answer of a contestant that says "good" more often."""
    if pair := GOLD.get(request):
        if pair.better == "tie":
            return "tie"
        return "1" if (pair.a if pair.better == "a" else pair.b) == _uncleaned(pair, first) else "2"
    one, other = first.count("good"), second.count("good")
    return "tie" if one == other else "1" if one > other else "2"


def _uncleaned(pair: GoldPair, shown: str) -> str:
    """The answer of a gold pair that was shown: what is not b, cleaned or not, is a."""
    return pair.b if shown == pair.b or (shown != pair.a and pair.better == "a") else pair.a


def of_contestants(bias: Bias) -> Bias:
    """Fair on gold pairs, and biased on contestants."""
    return lambda request, *shown: (fair if request in GOLD else bias)(request, *shown)


@dataclass
class Judge:
    """A play: answers each question by its bias, in the words that it is given, and keeps what it saw."""

    bias: Bias = fair
    words: str = "The answers were read.\nVERDICT: {}"
    dies_after: int | None = None
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
        if self.dies_after is not None and len(self.seen) >= self.dies_after:
            await answer(401, {"error": {"message": "no more"}})(call, writer)
            return
        parts = {name: text for name, _, text in _PART.findall(call.body["messages"][-1]["content"])}
        shown = parts["request"], parts["answer-1"], parts["answer-2"]
        self.seen.append(shown)
        await stream(self.words.format(self.bias(*shown)))(call, writer)

    @property
    def contests(self) -> list[tuple[str, str, str]]:
        """What it was shown of contestants."""
        return [shown for shown in self.seen if shown[0] not in GOLD]


def found(folder: Path) -> None:
    """``suites/writing`` with few tasks and the gold pairs of this court."""
    suite = folder / "suites" / "writing"
    (suite / "judging").mkdir(parents=True)
    (suite / "suite.yaml").write_text(
        "{name: writing, version: 1.0.0, category: writing, language: en, description: d, licence: MIT,"
        " measure: score}"
    )
    tasks = [
        {"id": f"t{at}", "prompt": f"Write text {at}.", "grader": "exact", "reference": "r", "wrong": ["w"]}
        for at in range(TASKS)
    ]
    (suite / "tasks.yaml").write_text(yaml_text(tasks))
    keys = ("id", "request", "a", "b", "better", "trap")
    pairs = [{key: value for key in keys if (value := getattr(pair, key))} for pair in GOLD.values()]
    (suite / "judging" / "gold.yaml").write_text(yaml_text(pairs))


def models_yaml(server: Loopback, *contestants: str, judge: str = "referee") -> None:
    """The judge, and contestants (``id`` or ``id:family``) whose answers are stored already."""
    where = f"engine: openai, provider: court, base_url: '{server.url}', model: m, family: arbiter"
    lines = [f"{{id: referee, {where}, price: {{input: 1, output: 2}}}}"]
    for one in contestants:
        name, _, family = one.partition(":")
        family = family or f"family-of-{name}"
        lines.append(f"{{id: {name}, engine: scripted, answers: x.jsonl, family: {family}}}")
    Path("models.yaml").write_text(f"models: [{', '.join(lines)}]\n{f'judge: {judge}' if judge else ''}\n")


def stored(answers: Mapping[str, Sequence[str]], run_id: str = RUN) -> None:
    """Answers of contestants to the first tasks, as a run wrote them."""
    tasks = load_suite(Path("suites/writing")).tasks
    rows = [
        row(
            run_id=run_id, suite="writing", task_type="writing", task_id=task.id, task_sha256=task.sha256,
            model=model, output=text, output_chars=len(text), passed=True, measure="score", family=None,
        )
        for model, texts in answers.items()
        for task, text in zip(tasks, texts, strict=False)
    ]  # fmt: skip
    write(Path("results"), rows)
