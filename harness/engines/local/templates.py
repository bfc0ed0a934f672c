"""How the messages of a chat become the text of a prompt.

A model's own template is a program that somebody else wrote. Before it is relied on it writes chats whose
messages are marked: what it loses is known when the model is opened, and not suspected from its score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any, Literal

from harness.messages import Message

Template = Literal["own", "chatml", "none"]
CHATML_MARKS = ("<|im_start|>", "<|im_end|>")
_STEPS = 1_000_000  # of a template's loops in one prompt
_MARKS = {role: f"Mark of the {role} 7f3a" for role in ("system", "user", "assistant")}


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """``render`` gives the text of a chat up to where the answer begins; it raises ``ValueError``."""

    kind: Template
    render: Callable[[Sequence[Message]], str]
    stop: tuple[bytes, ...] = ()  # what ends an answer, beside the marks that the vocabulary knows


def chat_template(kind: Template, source: str, bos: str, eos: str) -> ChatTemplate:
    """A template that keeps what it is given. Raises ``ValueError`` saying what ``source`` does instead."""
    if kind == "none":
        return ChatTemplate(kind, _plain)
    if kind == "chatml":
        return ChatTemplate(kind, _chatml, (CHATML_MARKS[1].encode(),))
    return ChatTemplate(kind, _OwnTemplate(source, bos, eos).render)


def _chatml(messages: Sequence[Message]) -> str:
    turns = [f"<|im_start|>{message.role}\n{message.content}<|im_end|>\n" for message in messages]
    return "".join([*turns, "<|im_start|>assistant\n"])


def _plain(messages: Sequence[Message]) -> str:
    """Text that a model which knows no chats goes on with by answering."""
    turns = ["Answer: " * (message.role == "assistant") + message.content for message in messages]
    return "\n\n".join([*turns, "Answer:"])


class _OwnTemplate:
    """A Jinja template that came with a model."""

    def __init__(self, source: str, bos: str, eos: str) -> None:
        self._names = {"bos_token": bos, "eos_token": eos, "tools": None, "documents": None}
        self._template = _compiled(source)
        self._in_parts: set[str] = set()  # roles whose content is given as typed parts
        user, system, assistant = (Message(role, _MARKS[role]) for role in ("user", "system", "assistant"))
        if loss := self._choose_form("user", [user]):
            raise ValueError(loss)
        self._takes_system = not self._choose_form("system", [system, user])
        self._loss_of_answers = self._choose_form("assistant", [user, assistant, user])
        self._header = self._missing_header([user], [user, assistant])

    def render(self, messages: Sequence[Message]) -> str:
        """The text of a chat. A system prompt that the template does not take opens the first question."""
        if self._loss_of_answers and any(message.role == "assistant" for message in messages):
            raise ValueError(self._loss_of_answers)
        begun = messages if self._takes_system else _system_joined(messages)
        refusals = []
        for attempt in (begun, _neighbours_joined(begun), _neighbours_joined(_system_joined(messages))):
            try:
                return self._write(attempt) + self._header
            except ValueError as refusal:
                refusals.append(refusal)
        raise refusals[0]

    def _choose_form(self, role: str, messages: Sequence[Message]) -> str:
        """Give what ``role`` says as text or as parts, whichever loses nothing; why neither does, if so."""
        losses: dict[str, str] = {}  # each once, with the form it belongs to
        parts_first = "user" in self._in_parts
        for in_parts in (parts_first, not parts_first):
            self._in_parts = self._in_parts | {role} if in_parts else self._in_parts - {role}
            if not (loss := self._loss(role, messages)):
                return ""
            losses.setdefault(loss, "in typed parts it " if in_parts else "")
        return "; ".join(form + loss for loss, form in losses.items())

    def _loss(self, role: str, messages: Sequence[Message]) -> str:
        try:
            text = self._write(messages)
        except ValueError as error:
            return str(error)
        if not text.strip():
            return "writes nothing"
        if "'type': 'text'" in text and role in self._in_parts:
            return "writes them as Python does"
        lost = [message.role for message in messages if _MARKS[message.role] not in text]
        return f"loses what the {lost[0]} says" if lost else ""

    def _missing_header(self, asked: Sequence[Message], answered: Sequence[Message]) -> str:
        """What stands before an answer, where the template does not heed ``add_generation_prompt``."""
        try:
            text, without = self._write(asked), self._write(asked, add_generation_prompt=False)
            before_answer, mark, _ = self._write(answered).partition(_MARKS["assistant"])
        except ValueError:
            return ""
        if text != without or not mark or not before_answer.startswith(text):
            return ""
        header = before_answer.removeprefix(text)
        return header if header.strip() else ""

    def _write(self, messages: Sequence[Message], **names: Any) -> str:
        """One rendering. Raises ``ValueError``, whatever the template raises."""
        turns = [
            {"role": role, "content": [{"type": "text", "text": text}] if role in self._in_parts else text}
            for role, text in ((message.role, message.content) for message in messages)
        ]
        given = {**self._names, "add_generation_prompt": True, "_steps": count(1), **names}
        try:
            return str(self._template.render(given, messages=turns))
        except Exception as error:  # it may do anything that a program does
            reason = " ".join(str(error).split()) or type(error).__name__
            raise ValueError(f"refuses the messages ({reason:.200})") from None


def _compiled(source: str) -> Any:
    """The template, with what Hugging Face's transformers give to those they render.

    Each loop counts its steps. Raises ``ValueError``.
    """
    from jinja2 import TemplateSyntaxError, ext, nodes, pass_context, sandbox
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter as Peer

    @pass_context
    def counted(context: Any, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            if next(context["_steps"]) > _STEPS:
                raise ValueError(f"its loops do not end within {_STEPS:,} steps")
            yield item

    def refuse(message: str) -> None:
        raise ValueError(message)

    environment = sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[ext.loopcontrols, Peer.IgnoreGenerationTags]
    )
    environment.filters |= {"tojson": Peer.tojson, "_counted": counted}
    environment.globals |= {"raise_exception": refuse, "strftime_now": Peer.strftime_now}
    try:
        tree = environment.parse(source)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
        return environment.from_string(tree)
    except Exception as error:  # syntax, an unknown filter, more nesting than Python takes
        line = f"line {error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
        raise ValueError(f"is broken ({line}{' '.join(str(error).split()):.200})") from None


def _system_joined(messages: Sequence[Message]) -> Sequence[Message]:
    """By custom a system prompt opens the first question where there is no role for it."""
    if len(messages) < 2 or messages[0].role != "system":
        return messages
    system, first, *others = messages
    return [Message(first.role, f"{system.content}\n\n{first.content}"), *others]


def _neighbours_joined(messages: Sequence[Message]) -> Sequence[Message]:
    """Many templates take turns of one role only where another's stands between them."""
    return [
        Message(role, "\n\n".join(message.content for message in turns))
        for role, turns in groupby(messages, key=lambda message: message.role)
    ]
