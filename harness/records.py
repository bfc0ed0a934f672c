"""The nouns of harness, each declared once.

Every record is frozen: a stage of the pipeline takes records in and gives new
ones out. What stands beside a type in ``Annotated`` says which values a user's file may give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from harness.credentials import check_address, check_variable
from harness.documents import DOCUMENT, Document
from harness.drawings import Drawing
from harness.fieldtypes import Between, Length
from harness.messages import CallingMessage, Message, ToolCall, ToolSpec

Difficulty = Literal["beginner", "intermediate", "advanced"]
Status = Literal["ok", "error", "skipped"]
Timing = Literal["measured", "replayed", "contended"]
Measure = Literal["pass", "score", "none"]
Policy = Literal["public", "private"]
DecisionKind = Literal["win", "tie", "insufficient"]

_PACKAGE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?(/[^/\s][^\n]*\.gguf)?", re.IGNORECASE)


def check_name(value: object) -> str | None:
    """Why a text is no name that can be shown and chosen; ``None`` if it is."""
    if not isinstance(value, str) or (value.strip() == value and value and value.isprintable()):
        return None
    return "must be a name: text without line breaks or signs that are not seen, and no space at its ends"


def check_package(value: object) -> str | None:
    """Why a text names no file in a Python package; ``None`` if it does."""
    if not isinstance(value, str) or _PACKAGE.fullmatch(value):
        return None
    return "must be the name of a Python package, or NAME/FILE.gguf, without a version"


Usd = Annotated[float | None, Between(0, 1e9)]
Rate = Annotated[int | None, Between(1, 1e9)]  # a minute

# Of what an engine says and a row holds; whatever is beyond becomes unknown (``results.rowcheck``).
Count = Annotated[int, Between(0, 2**31 - 1)]
Seconds = Annotated[float, Between(0, 1e8)]  # three years
PerSecond = Annotated[float, Between(0, 1e9)]
Dollars = Annotated[float, Between(0, 1e6)]
Share = Annotated[float, Between(0, 1)]
Name = Annotated[str, Length(0, 500)]


# --- what is asked -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GraderSpec:
    """A grader as a task file names it: ``grader: {numeric: {tolerance: 0.01}}``."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """One question with its grader, an answer that passes and answers that must fail.

    Where it has a ``document``, a message holds the place of its text.
    """

    id: str
    suite: str
    suite_version: str
    messages: tuple[Message, ...]
    category: str
    language: str
    difficulty: Difficulty
    role: str
    grader: GraderSpec
    reference: str
    wrong: tuple[str, ...]
    sha256: str  # of everything above that a model or a grader can see
    source: str  # "file:line" for error messages
    images: tuple[str | Drawing, ...] = ()  # files beside ``source``, and what is drawn
    context_tier: str | None = None
    time_limit: float | None = None  # seconds a grader may run this answer
    max_tokens: int = 512
    stop: tuple[str, ...] = ()
    task_type: str = ""  # the suite's category: what routing rules are written for
    skip: str | None = None  # why it cannot be asked here: it becomes skipped rows
    control: str | None = None  # what the task lacks, or shows otherwise, so that guessing is noticed
    measure: Measure = "pass"  # what models are compared by: whether they pass, their mean score, or nothing
    solver: str | None = None  # how a task with a tree is put to models in this run
    document: Document | None = None
    concurrency: int | None = None  # requests at once, where speed under such a load is to be measured

    @property
    def asked(self) -> tuple[Message, ...]:
        """What a model is asked: the messages, with the document in its place."""
        if self.document is None:
            return self.messages
        text = self.document.text()
        return tuple(replace(one, content=one.content.replace(DOCUMENT, text)) for one in self.messages)

    @property
    def size(self) -> int:
        """Bytes of what a model is asked."""
        written = sum(len(message.content.encode("utf-8", "replace")) for message in self.messages)
        return written + (self.document.size if self.document else 0)


@dataclass(frozen=True, slots=True)
class Suite:
    """A folder of tasks that belong together and are ranked together."""

    name: str
    version: str
    category: str
    language: str
    description: str
    licence: str
    tasks: tuple[Task, ...]
    path: str
    policy: Policy = "public"
    opt_in: bool = False


# --- who answers -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs. Token prices are USD per million; ``None`` is unknown, never free.

    A local model has ``watts`` (and optionally capital) instead of token prices.
    """

    input: Usd = None
    output: Usd = None
    cached_input: Usd = None
    request: Usd = None  # a request, beside the tokens
    watts: Annotated[float | None, Between(0, 1e6)] = None
    usd_per_kwh: Usd = None
    capital_usd: Usd = None
    life_years: Annotated[float | None, Between(0.01, 100)] = None
    utilisation: Annotated[float | None, Between(0.001, 1)] = None  # share of its life the machine works
    date: str | None = None


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Upper bounds a provider sets: requests and tokens a minute, requests at once."""

    rpm: Rate = None
    tpm: Rate = None
    concurrency: Annotated[int | None, Between(1, 1024)] = None


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One line of ``models.yaml``: where a model is and what is known about it."""

    id: Annotated[str, check_name]
    engine: str
    provider: str
    base_url: Annotated[str | None, check_address] = None
    api_key_env: Annotated[str | None, check_variable] = None
    model: str | None = None  # the name the endpoint knows it by
    path: str | None = None  # a GGUF file
    package: Annotated[str | None, check_package] = None  # NAME or NAME/FILE.gguf
    mmproj: str | None = None  # a GGUF file: the projector with which the model sees images
    vision: bool | None = None  # whether it sees images; None: as an endpoint answers, or by ``mmproj``
    hf: str | None = None  # "owner/repo/file.gguf"
    answers: str | None = None  # JSONL of the scripted engine
    context: Annotated[int | None, Between(1, 1e9)] = None  # tokens
    price: Price = field(default_factory=Price)
    limits: RateLimits = field(default_factory=RateLimits)
    params: Mapping[str, Any] = field(default_factory=dict)  # temperature, top_p, max_tokens…
    tags: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    family: str | None = None
    quantization: str | None = None
    command: tuple[str, ...] = ()  # a program that edits projects, and its arguments
    allow: tuple[str, ...] = ()  # private folders and files that it may read
    network: bool = False  # whether it may use the network
    env: tuple[str, ...] = ()  # variables that it gets
    cost_regex: str | None = None  # its one group is the USD that it says it cost
    baseline: bool = False  # drawn as a line, never ranked or routed to


@dataclass(frozen=True, slots=True)
class Skip:
    """Why a sample is not taken: ``kind`` is a short stable word, which its row has as ``error_type``."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One sample to take: a task put to a model, the ``repeat``-th time. With ``skip`` it is not taken."""

    sample_id: str
    model: ModelSpec
    task: Task
    repeat: int
    seed: int
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class Throughput:
    """What a local model does on this machine, measured when it was loaded: tokens a second.

    ``slots`` are answers side by side; like ``threads``, they are those of all its copies.
    """

    slots: int
    threads: int
    prompt_tps: float
    answer_tps: float  # of one answer alone
    together_tps: float  # of answers in all slots


# --- what happened -----------------------------------------------------------

LOOP = "loop"  # finish_reason of an answer that was ended since it repeated itself; such an answer fails


class WorkTree(Protocol):
    """A tree to be worked on in a folder. It is a dataclass: requests are told apart by their fields."""

    def write(self, folder: Path) -> None:
        """Write the tree as it is given into a folder, which is empty."""
        ...

    def answer(self, folder: Path) -> str:
        """What was made of it, as an answer: the edits of what was given."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked: one prompt with its sampling parameters."""

    sample_id: str
    suite: str
    task_id: str
    messages: tuple[Message, ...]
    repeat: int = 0
    seed: int = 0
    temperature: float = 0.0
    top_p: float = 1.0
    max_tokens: int = 512
    stop: tuple[str, ...] = ()
    timeout_s: float | None = None  # seconds; None: as long as the engine finds right
    images: tuple[str, ...] = ()  # files
    choices: tuple[str, ...] = ()  # where the engine can, the likeliest of these is the answer
    tree: WorkTree | None = None  # of a project, for engines that edit it
    tools: tuple[ToolSpec, ...] = ()  # that it may call, where the engine has tools
    task_type: str = ""  # what routing rules are written for
    raw: bool = False  # the one message is the beginning of a text, and no turn of a chat (local models)
    grammar: str = ""  # what the answer must obey, where the engine can: ``json``, or GBNF

    @property
    def prompt_bytes(self) -> int:
        """Bytes of all that is said, calls and tools included."""
        texts = [message.content for message in self.messages]
        texts += [message.call.arguments for message in self.messages if isinstance(message, CallingMessage)]
        texts += [f"{tool.name}{tool.description}{tool.parameters}" for tool in self.tools]
        return sum(len(text.encode("utf-8", "replace")) for text in texts)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer. ``kind`` is a short stable word, e.g. ``context_exceeded``."""

    kind: str
    message: str
    retryable: bool = False
    retry_after_s: float | None = None
    fatal: bool = False  # no later request to this provider can succeed (a wrong key)


@dataclass(frozen=True, slots=True)
class Quota:
    """What a provider says is left of its rate limits, and the seconds until there is more."""

    requests: int | None = None
    requests_reset_s: float | None = None
    tokens: int | None = None
    tokens_reset_s: float | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back: text with tokens and times, or a failure (with the text so far).

    Times are seconds. ``latency_s`` runs from sending the request to the last
    token, ``ttft_s`` to the first; ``queue_s`` is the wait before the request
    was sent, which belongs to no model.
    """

    output: str = ""
    finish_reason: str | None = None  # stop | length | loop | None
    prompt_tokens: Count | None = None
    completion_tokens: Count | None = None
    reasoning_tokens: Count | None = None
    cached_tokens: Count | None = None
    queue_s: Seconds = 0.0
    ttft_s: Seconds | None = None
    latency_s: Seconds | None = None
    prefill_s: Seconds | None = None  # where the engine knows it better than TTFT
    busy_s: Seconds | None = None  # its share of the machine's time, where several are answered at once
    chunks: Count = 0  # in which the answer came, where it was streamed
    broken_usd: Dollars | None = None  # cost of earlier attempts that broke off half-way
    scores: tuple[float, ...] = ()  # log-likelihoods, where choices were scored
    billed_usd: Dollars | None = None
    model_revision: str | None = None
    on_gpu: bool = False  # on one of this machine's, wholly or in part
    started_at: str | None = None  # ISO 8601, UTC
    attempts: Count = 1
    timing: Timing = "measured"
    failure: Failure | None = None
    quota: Quota | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)  # what was odd about the answer, for ``metrics``
    requests: Count = 1  # of a dialogue: how many answers the figures above are summed over
    transcript: str | None = None  # of a dialogue: what followed the first question, as JSON
    call: ToolCall | None = None  # the first one; what follows was said without its result


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grader's judgement. ``score`` is 0..1, ``passed`` is the strict reading of it."""

    passed: bool
    score: float
    grader: str
    error_type: str | None = None  # e.g. malformed_answer, compile_error, timeout, wrong_answer
    error: str | None = None
    metrics: Mapping[str, Any] = field(default_factory=dict)
