"""What every engine promises, whatever stands behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from harness.engines import build_engine
from harness.engines.base import Engine
from harness.messages import Message
from harness.models.enginekinds import ENGINES
from harness.records import Completion, ModelSpec, Request
from harness.rules.file import to_yaml
from harness.rules.ruleset import Provider
from tests.exporters.sample import model, rule, rule_set
from tests.loopback import Loopback, stream


@dataclass(frozen=True)
class OneFile:
    """For programs that edit a tree."""

    def write(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "a.txt").write_text("no\n")

    def answer(self, folder: Path) -> str:
        return (folder / "a.txt").read_text()


TREE = OneFile()


@contextmanager
def answering(name: str, demo: Path, folder: Path) -> Iterator[ModelSpec]:
    """A model behind the engine ``name`` that can answer."""
    if name == "llama_cpp":
        yield ModelSpec("local", name, "local", path=str(demo))
    elif name == "scripted":
        (folder / "answers.jsonl").write_text('{"task_id": "t", "output": "yes"}\n')
        yield ModelSpec("replay", name, "file", answers=str(folder / "answers.jsonl"))
    elif name == "openai":
        with Loopback(stream("yes")) as server:
            yield ModelSpec("endpoint", name, "mine", base_url=server.url, model="small")
    elif name == "command":
        yield ModelSpec("program", name, "mine", command=("sh", "-c", "echo yes > a.txt"))
    elif name == "rules":
        with Loopback(stream("yes")) as server:
            yield ModelSpec("routed", name, "rules", path=str(rules_to(server, folder / "rules.yaml")))


def rules_to(server: Loopback, path: Path) -> Path:
    """A rules file that sends every request to ``server``."""
    rules = replace(
        rule_set(),
        providers=(Provider("p", "openai", server.url, None),),
        models=(model("small", "p", "small"),),
        rules=(rule("*", "small", priority=0),),
        baseline=None,
        role_map={},
    )
    path.write_text(to_yaml(rules), "utf-8")
    return path


@pytest.fixture(params=sorted(ENGINES))
def spec(request: pytest.FixtureRequest, demo: Path, tmp_path: Path) -> Iterator[ModelSpec]:
    with answering(request.param, demo, tmp_path) as spec:
        yield spec


def requests(count: int) -> list[Request]:
    return [
        Request(str(i), "s", "t", (Message("user", f"Question {i}"),), seed=i, max_tokens=8, tree=TREE)
        for i in range(count)
    ]


async def ask_many(engine: Engine) -> list[Completion]:
    load_s = await engine.open()
    assert load_s >= 0
    try:
        return list(await asyncio.gather(*map(engine.complete, requests(3 * engine.concurrency))))
    finally:
        await engine.close()


def test_many_at_once_then_again_after_closing(spec: ModelSpec) -> None:
    engine = build_engine(spec)
    assert engine.concurrency >= 1

    async def twice() -> tuple[list[Completion], list[Completion]]:
        return await ask_many(engine), await ask_many(engine)

    first, second = asyncio.run(twice())
    assert all(done.failure is None for done in first + second)
    assert [done.output for done in first] == [done.output for done in second]
    assert engine.revision


def test_check_says_one_line_and_takes_nothing(spec: ModelSpec) -> None:
    line = asyncio.run(build_engine(spec).check())
    assert line and "\n" not in line


def test_closing_what_was_never_opened_is_no_error(spec: ModelSpec) -> None:
    asyncio.run(build_engine(spec).close())


def test_building_loads_nothing() -> None:
    for name in ENGINES:
        build_engine(ModelSpec("nothing", name, "nowhere", path="/nowhere", answers="/nowhere"))
