"""Prompts and answers of the last requests, kept with ``--keep-texts`` alone: in memory, for the page."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

REQUESTS = 50  # the last ones
CHARACTERS = 10_000  # of a text: its end, where a dialogue has its last turn


@dataclass(frozen=True, slots=True)
class Texts:
    """What was said in one request, and by the name of which key."""

    caller: str
    prompt: str
    answer: str


class KeptTexts:
    """Texts by request. Who asks with one key never sees what was asked with another."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Texts] = OrderedDict()

    def keep(self, request_id: str, texts: Texts) -> None:
        """Keep the texts of a request, and forget those of the oldest one."""
        self._kept[request_id] = Texts(texts.caller, _end(texts.prompt), _end(texts.answer))
        self._kept.move_to_end(request_id)
        if len(self._kept) > REQUESTS:
            self._kept.popitem(last=False)

    def of(self, request_id: str, caller: str) -> Texts | None:
        """The texts of a request for who made it."""
        texts = self._kept.get(request_id)
        return texts if texts is not None and texts.caller == caller else None


def _end(text: str) -> str:
    return text if len(text) <= CHARACTERS else f"… {text[-CHARACTERS:]}"
