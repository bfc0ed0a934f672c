"""Every mark around reasoning and answers, before each grader."""

from __future__ import annotations

import time

import pytest

from harness.graders.exact import Exact
from harness.graders.execution.extract import Malformed, extract
from harness.graders.label import Label
from harness.graders.numeric import Numeric
from harness.graders.reply import final_reply
from harness.records import Completion
from tests.graders.tasks import task

# {r} is the reasoning, {a} the answer.
SHAPES = (
    "<think>{r}</think>{a}",
    "<think>\n{r}\n</think>\n\n{a}",
    "{r}\n</think>\n\n{a}",
    "<think>\n<think>\n{r}\n</think>\n{a}",
    "<think>{r}<think>{r}</think>{r}</think>\n{a}",
    "<think>The user speaks of <think> tags. {r}</think>\n{a}",
    "<think>I close with `</think>`. {r}</think>\n{a}",
    "<think>{r}</think>\n<think>{r}</think>\n{a}",
    "<thinking>{r}</thinking>\n{a}",
    "<Thought>\n{r}\n</Thought>\n{a}",
    "<thoughts>{r}</thoughts>{a}",
    "<thought_process>{r}</thought_process>{a}",
    "<reasoning>{r}</reasoning>\n{a}",
    "<thinking>{r}</thinking>\n<reflection>{r}</reflection>\n<output>{a}</output>",
    "<scratchpad>{r}</scratchpad>{a}",
    "<inner_monologue>{r}</inner_monologue>\n{a}",
    "<seed:think>{r}</seed:think>{a}",
    "<longcat_think>{r}</longcat_think>\n{a}",
    '<think duration="3">{r}</think>\n{a}',
    "[THINK]{r}[/THINK]{a}",
    "{r}[/THINK]\n{a}",
    "◁think▷{r}◁/think▷{a}",
    "{r}◁/think▷\n{a}",
    "<|START_THINKING|>{r}<|END_THINKING|><|START_RESPONSE|>{a}<|END_RESPONSE|>",
    "<|begin_of_thought|>\n{r}\n<|end_of_thought|>\n\n<|begin_of_solution|>\n{a}\n<|end_of_solution|>",
    "<|think|>{r}<|/think|>{a}",
    "<|channel>thought\n{r}<channel|>{a}",
    "<unused94>thought\n{r}<unused95>{a}",
    "Here are my reasoning steps:\n{r}\n[BEGIN FINAL RESPONSE]\n{a}\n[END FINAL RESPONSE]",
    "Here is my thought process:\n\n{r}\n\nHere is my response:\n\n{a}",
    "<|channel|>analysis<|message|>{r}<|end|><|start|>assistant<|channel|>final<|message|>{a}<|return|>",
    "<|channel|>analysis<|message|>{r}<|start|>assistant<|channel|>final <|constrain|>json<|message|>{a}",
    "<|channel|>analysis<|message|>{r}<|end|>{a}",
    "<|channel|>commentary<|message|>{r}<|end|><|start|>assistant<|channel|>final<|message|>{a}<|end|>",
    "analysisWe look at it. {r}assistantfinal{a}",
    "assistantanalysisThe user asks. {r}\n\nassistantfinal\n\n{a}",
    "We look at it. {r}assistantfinal\n{a}",
    "<think>{r}</think>\n<answer>\n{a}\n</answer>",
    "{r}\n<answer>{a}</answer>",
    "<think>{r}</think><answer>{a}",
    "<think>{r}</think>\n<response>{a}</response>",
    "<final_answer>{a}</final_answer>",
    "<|begin_of_box|>{a}<|end_of_box|>",
    "## Thinking\n\n{r}\n\n## Final Response\n\n{a}",
    "<|im_start|>assistant\n{a}<|im_end|>",
    "{a}</s>",
    "{a}<|eot_id|>",
    "{a}<end_of_turn>",
    "{a}<|endoftext|>\n<|im_start|>user\n{r}<|im_end|>",
    "{a}<｜end▁of▁sentence｜>",
    "{a}<|end|>",
)
CODE = "def total(xs):\n    return sum(xs)"
DRAFT = "def total(xs):\n    return 0"
PAIRS = {
    "exact": ("Perhaps Bergen, or so.", "Oslo"),
    "label": ("Is it a delivery? Or cancel it.", "refund"),
    "numeric": ("6 times 7 is 41, the answer is 41.", "42"),
    "python": (f"So:\n```python\n{DRAFT}\n```\nor", f"\n```python\n{CODE}\n```\n"),
    "bare python": (f"So:\n{DRAFT}\n\nor", f"\n{CODE}\n"),
}


def passes(kind: str, output: str) -> bool:
    answer = PAIRS[kind][1]
    match kind:
        case "exact":
            return Exact().grade(task(answer), Completion(output=output)).passed
        case "label":
            grader = Label(["refund", "delivery", "cancel"])
            return grader.grade(task(answer), Completion(output=output)).passed
        case "numeric":
            return Numeric().grade(task(answer), Completion(output=output)).passed
    try:
        return extract(output, "python", ["total"]).strip() == CODE
    except Malformed:
        return False


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_answer_is_read_and_the_reasoning_is_not(shape: str, kind: str) -> None:
    reasoning, answer = PAIRS[kind]
    assert passes(kind, shape.replace("{r}", reasoning).replace("{a}", answer))
    if not shape.startswith(("{r}\n<answer>", "## ")) and "{r}" in shape.partition("{a}")[0]:
        # what only the reasoning says is no answer
        assert not passes(kind, shape.replace("{r}", answer).replace("{a}", ""))


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize(
    "opening",
    [
        "<think>\n",
        "[THINK]",
        "◁think▷",
        "<seed:think>",
        "<|START_THINKING|>",
        "<|channel|>analysis<|message|>",
        "<|channel>thought\n",
        "Here are my reasoning steps:\n",
        "analysisWe look at it. ",
    ],
)
def test_reasoning_that_never_ends_has_no_answer(opening: str, kind: str) -> None:
    assert not passes(kind, opening + PAIRS[kind][1])


@pytest.mark.parametrize(
    "code",
    [
        "def strip(s):\n    return s.split('</think>')[-1]",
        'PROMPT = """\n<think>\n{}\n</think>\n"""',
        "def strip(s):\n    # drop </think> and <|im_end|>\n    return s",
        'END = "<|im_end|>"',
        "fn total(v: Vec<Thought>) -> Option<Reason> { None }",
    ],
)
def test_marks_in_code_are_code(code: str) -> None:
    assert final_reply(f"Here:\n```\n{code}\n```\nDone.") == f"Here:\n```\n{code}\n```\nDone."
    assert '"""' in code or final_reply(code) == code


@pytest.mark.parametrize(
    "unit",
    ["<think>", "</think>", "<", "[THINK]", "\n", '\\"', "`'\"<think>", "<|x|>", "<answer>", "<s>", "final "],
)
def test_any_text_is_read_in_time_that_grows_with_its_length(unit: str) -> None:
    started = time.thread_time()
    final_reply(unit * (200_000 // len(unit)))
    assert time.thread_time() - started < 5  # seconds; it takes a tenth of them
    assert final_reply("x" * 1_000_001) == ""
