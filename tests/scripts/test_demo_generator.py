"""The demo models' lessons: right in themselves, and free of the suites' items."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from harness.graders.execution.extract import extract
from harness.graders.execution.syntax import sound, syntax_of
from harness.graders.languages import LANGUAGES
from harness.records import Task
from harness.suites import load_suite
from scripts.demo.functions import Function, function, novel
from scripts.demo.grammar import Grammar
from scripts.demo.guesses import guess
from scripts.demo.mixture import MIXTURES, SKILLS, Turn, conversations, pieces
from scripts.demo.typed_functions import typed

SUITES = Path(__file__).parents[2] / "suites"
NAMES = ("classification", "math", "codegen", "rust", "go")
ROWS = 256  # the row length is part of the training's seed
LESSONS = 2_000  # of each model; 10,000 where minutes count less


def folded(text: str) -> str:
    """Letters and digits only, so that case, spaces and punctuation make no difference."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def essence(task: Task) -> str:
    """What distinguishes a task: the text to label, the description of a function, the whole question."""
    prompt = task.messages[-1].content
    if task.suite in ("rust", "go"):
        return folded(re.split(r"\n\n|```", prompt.strip())[-2])
    docstring = re.search(r'"""(.+?)(?:\n\n|""")', prompt, re.DOTALL)
    text = re.search(r"^(?:Text|Message|Ticket): (.+)$", prompt, re.MULTILINE)
    found = docstring or text
    return folded(found[1]) if found else folded(prompt.replace("Answer with a number only.", ""))


def found_in(tasks: Iterable[Task], lessons: Iterable[list[Turn]]) -> list[str]:
    """Ids of the tasks whose essence stands in a prompt of a lesson."""
    prompts = {folded(part) for turns in lessons for prompt, _ in turns for part in (prompt, *parts(prompt))}
    labelled = "\n".join(sorted(prompts))
    return [
        task.id
        for task in tasks
        if essence(task) in prompts or ("Label:" in task.messages[-1].content and essence(task) in labelled)
    ]


def parts(prompt: str) -> list[str]:
    """The pieces of a prompt that a task might share with it: lines, paragraphs, sentences."""
    texts = [
        line.removeprefix("Text: ").removeprefix("Message: ").removeprefix("Ticket: ")
        for line in prompt.split("\n")
    ]
    if len(paragraphs := prompt.split("\n\n")) == 1:
        return texts
    return [*texts, *paragraphs, *(part for each in paragraphs for part in re.split(r'"""|(?<=\.)\s', each))]


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    return [task for name in NAMES if (SUITES / name).is_dir() for task in load_suite(SUITES / name).tasks]


@pytest.mark.parametrize("lessons", [LESSONS, pytest.param(5 * LESSONS, marks=pytest.mark.slow)])
@pytest.mark.parametrize("model", MIXTURES)
def test_lessons_share_nothing_with_the_suites(model: str, lessons: int, tasks: list[Task]) -> None:
    drawn = islice(conversations(MIXTURES[model], f"{model}/{ROWS}"), lessons)
    assert found_in(tasks, (turns for _, turns in drawn)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shared_item_would_be_found(name: str, tasks: list[Task]) -> None:
    task = next(task for task in tasks if task.suite == name)
    planted: Turn = (task.messages[-1].content.upper(), task.reference)
    assert found_in([task], [[planted]]) == [task.id]


def test_a_seed_gives_the_same_lessons_again() -> None:
    def first(seed: str) -> list[tuple[str, list[Turn]]]:
        return list(islice(conversations(MIXTURES["demo-m"], seed), 50))

    assert first("a") == first("a") != first("b")


@pytest.mark.parametrize("draw", [function, novel])
def test_python_functions_compile_under_their_own_signature(draw: Callable[[Random], Function]) -> None:
    rng = Random("compile")
    for _ in range(500):
        made = draw(rng)
        (defined,) = ast.parse(made.code()).body
        assert isinstance(defined, ast.FunctionDef)
        assert defined.name == made.name
        assert f"{made.signature()}\n" in made.prompt()
        loops = [node for node in ast.walk(defined) if isinstance(node, ast.For | ast.comprehension)]
        bound = {name.id for loop in loops for name in ast.walk(loop.target) if isinstance(name, ast.Name)}
        assert bound.isdisjoint(argument.arg for argument in defined.args.args), made.code()


@pytest.mark.parametrize("language", ["rust", "go"])
def test_other_functions_are_sound_and_free_of_their_own_names(language: str) -> None:
    rng = Random("sound")
    for _ in range(300):
        made = typed(language)(rng)
        assert sound(made.code(), syntax_of(language)), made.code()
        assert "{" not in made.doc and "<" not in made.doc
        assert f"`{made.signature()}`" in made.prompt()
        assert len(set(made.parameter_names())) == len(made.parameter_names())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_body_alone_is_an_answer(language: str) -> None:
    rng = Random("guess")
    for made in (guess(rng, language, rng.random() < 0.5) for _ in range(200)):
        signature = made.signature().removesuffix(":")
        code = extract(made.answer(), language, [made.name], signature)
        assert code.startswith(signature) and made.answer() in code


@pytest.mark.parametrize(
    ("arguments", "signature", "body", "wanted"),
    [
        ("[3, 4, 8]", "numbers: list[int]", "return sum(x for x in numbers if x % 2 == 0)", "12"),
    ],
)
def test_bodies_do_what_they_say(arguments: str, signature: str, body: str, wanted: str) -> None:
    rng = Random("bodies")
    made = next(
        made
        for made in iter(lambda: function(rng), None)
        if made.parameters == signature and made.body == body
    )
    assert "even" in made.doc
    scope: dict[str, object] = {}
    exec(made.code(), scope)
    assert str(eval(f"{made.name}({arguments})", scope)) == wanted


def test_formulas_have_the_right_results() -> None:
    rng = Random("sums")
    lists = [turns for turns in (SKILLS["sums"].lesson(rng) for _ in range(300)) if not turns[0][1]]
    assert lists
    for formula, result in (turn for turns in lists for turn in turns[1:]):
        if "% of" in formula:
            share, whole = formula.removesuffix(" = ").split(" % of ")
            assert int(share) * int(whole) == int(result) * 100
        else:
            assert eval(formula.removesuffix(" = ")) == int(result)


def test_only_answers_count_fully_in_the_loss() -> None:
    weighted = pieces([("What?", "this")])
    assert [text for text, weight in weighted if weight >= 1] == ["this<|im_end|>"]


def test_a_template_with_a_stray_bracket_is_refused() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        Grammar({}).expand(Random(1), "one (of|two")
