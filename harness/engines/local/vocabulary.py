"""The text side of a GGUF model: its tokens and its chat template. No weights are needed for them."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.engines.local.templates import CHATML_MARKS, ChatTemplate, Template, chat_template
from harness.errors import ModelUnavailable
from harness.messages import Message


class Vocabulary:
    """Writes chats as a model reads them. Raises ``ModelUnavailable`` where its template cannot be used."""

    def __init__(self, lib: Any, model: Any, path: Path, template: Template | None = None) -> None:
        self._lib = lib
        self.handle = lib.llama_model_get_vocab(model)
        self.size = lib.llama_vocab_n_tokens(self.handle)
        self.bos = lib.llama_vocab_bos(self.handle)
        self.adds_bos = self.bos >= 0 and lib.llama_vocab_get_add_bos(self.handle)
        self.template = self._chat_template(model, path, template)

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """The tokens of a chat, up to where the assistant's answer begins.

        Raises ``ValueError`` when the model's template cannot write the messages.
        """
        tokens = self._tokenize(self.render(messages))
        return [self.bos, *tokens] if self.adds_bos and tokens[:1] != [self.bos] else tokens

    def render(self, messages: Sequence[Message]) -> str:
        """The text of a chat. Raises ``ValueError``."""
        try:
            return self.template.render(messages)
        except ValueError as error:
            raise ValueError(f"the model's chat template {error}") from None

    def text(self, text: str) -> list[int]:
        """The tokens of a text that is no chat. Raises ``ValueError`` for an empty one."""
        if not (tokens := self._tokenize(text, marks=False)):
            raise ValueError("an empty prompt has nothing to go on from")
        return [self.bos, *tokens] if self.adds_bos else tokens

    def answer(self, text: str) -> list[int]:
        """The tokens of what an assistant says, and the mark that ends it.

        Without the mark an answer that another one begins with would always be the likelier.
        Raises ``ValueError`` for an empty text.
        """
        tokens = self._tokenize(text, marks=False)
        if not tokens:
            raise ValueError("an empty answer has no likelihood")
        mark = self._lib.llama_vocab_eot(self.handle)
        if mark < 0:
            mark = self._lib.llama_vocab_eos(self.handle)
        return [*tokens, mark] if mark >= 0 else tokens

    def special(self, token: int) -> str:
        """The text of a mark; empty for a number below 0."""
        text: bytes = self._lib.llama_vocab_get_text(self.handle, token) if token >= 0 else b""
        return text.decode("utf-8", "replace")

    def _chat_template(self, model: Any, path: Path, wanted: Template | None) -> ChatTemplate:
        """The file's own template; without one ChatML's, if the vocabulary has its marks, or none at all."""
        source = self._lib.llama_model_chat_template(model, None) or b""
        knows_chatml = all(len(self._tokenize(mark)) == 1 for mark in CHATML_MARKS)
        kind: Template = "none"
        if source.strip() or knows_chatml:
            kind = "own" if source.strip() else "chatml"
        bos, eos = self.special(self.bos), self.special(self._lib.llama_vocab_eos(self.handle))
        try:
            return chat_template(wanted or kind, source.decode("utf-8", "replace"), bos, eos)
        except ValueError as error:
            raise ModelUnavailable(
                f"{path}: its chat template {error}; get a file with a better one, "
                "or say `template: chatml` or `template: none` in params"
            ) from None

    def _tokenize(self, text: str, *, marks: bool = True) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8  # no token is shorter than a byte, but for marks at both ends
        tokens = (ctypes.c_int32 * room)()
        count = self._lib.llama_tokenize(self.handle, data, len(data), tokens, room, False, marks)
        return tokens[:count]
