"""Tokens as bytes."""

from __future__ import annotations

import ctypes
from typing import Any


class Pieces(dict[int, bytes | None]):
    """The bytes of each token, asked for once; ``None`` for tokens that end the answer."""

    def __init__(self, vocab: Any, lib: Any) -> None:
        super().__init__()
        self._vocab, self._lib = vocab, lib

    def __missing__(self, token: int) -> bytes | None:
        self[token] = piece = None if self._lib.llama_vocab_is_eog(self._vocab, token) else self._text(token)
        return piece

    def _text(self, token: int, room: int = 64) -> bytes:
        buffer = ctypes.create_string_buffer(room)
        length = self._lib.llama_token_to_piece(self._vocab, token, buffer, room, 0, False)
        return buffer.raw[:length] if length >= 0 else self._text(token, -length)
