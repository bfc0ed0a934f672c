"""A model writes what a commit asks for, from its difference; what quotes the solution is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import TracebackType

from harness.engines import build_engine
from harness.errors import ModelUnavailable
from harness.graders.reply import final_reply
from harness.messages import Message
from harness.records import ModelSpec, Request
from harness.runner.asking import Asker, OpenModel
from harness.suites.mining.quoting import quotes

_TRIES = 2
_CHARACTERS = 60_000  # of a difference that are shown
_ASK = """\
This is a change of a repository, file by file before and after, and what its author wrote about it.

{words}

{difference}

Write the task that this change solves, for a colleague who has not seen it: what is wrong or missing, what
must be true afterwards, which cases count. Three to ten sentences of prose. Name files, options and functions
where a user of the code must know them; quote no line of the code, and do not say how it is to be done."""
_AGAIN = "That gives the solution away: {flaw}. Write it again in words of your own, without code."


class Describer:
    """A model that is open for as long as the block lasts."""

    def __init__(self, spec: ModelSpec) -> None:
        self._spec, self._asker = spec, Asker()
        self._loop = asyncio.Runner()

    def __enter__(self) -> Describer:
        engine = build_engine(self._spec)
        load_s = self._loop.run(engine.open())
        self._model = OpenModel(self._spec, engine, self._asker.gate(self._spec, engine), load_s)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.run(self._model.engine.close())
        self._loop.close()

    def describe(self, words: str, difference: str, added: Sequence[str]) -> tuple[str | None, str]:
        """The description and nothing, or ``None`` and how the last one quotes the lines ``added``.

        Raises ``ModelUnavailable`` where the model does not answer.
        """
        messages = [Message("user", _ASK.format(words=words, difference=difference[:_CHARACTERS]))]
        flaw = ""
        for _ in range(_TRIES):
            request = Request("describe", "mining", "description", tuple(messages), max_tokens=1024)
            completion = self._loop.run(self._asker.ask(self._model, request))
            if completion.failure is not None:
                raise ModelUnavailable(f"{self._spec.id} does not describe: {completion.failure.message}")
            text = final_reply(completion.output).strip()
            quoted = quotes(text, added) if text else "it is empty"
            if quoted is None:
                return text, ""
            flaw = quoted
            messages += [Message("assistant", text or "…"), Message("user", _AGAIN.format(flaw=flaw))]
        return None, flaw
