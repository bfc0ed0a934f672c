"""Images in prompts: a projector (``mmproj``) turns each into what the model reads as a run of tokens."""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ModelUnavailable


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An image at its place in a prompt. ``at`` and ``length`` are positions; the chunk is llama.cpp's."""

    at: int
    length: int
    chunk: Any
    lib: Any

    def __del__(self) -> None:
        """Give the image back, wherever the request ended."""
        self.lib.mtmd_input_chunk_free(self.chunk)


class Vision:
    """A projector in memory. Raises ``ModelUnavailable``; no other thread may use it."""

    def __init__(self, path: Path, model: Any, log: Any, n_threads: int) -> None:
        from llama_cpp import mtmd_cpp

        self.lib = mtmd_cpp
        mtmd_cpp.mtmd_log_set(log, None)
        mtmd_cpp.mtmd_helper_log_set(log, None)
        params = mtmd_cpp.mtmd_context_params_default()
        params.n_threads, params.print_timings = n_threads, False
        self._context: Any = mtmd_cpp.mtmd_init_from_file(os.fsencode(path), model, params)
        if not self._context:
            raise ModelUnavailable(f"{path} is no projector that fits the model; correct `mmproj`")
        self.marker = mtmd_cpp.mtmd_default_marker().decode()

    def close(self) -> None:
        """Give the memory back."""
        self.lib.mtmd_free(self._context)

    def prompt(
        self, text: str, images: Sequence[Path], add_special: bool
    ) -> tuple[list[int], tuple[Picture, ...]]:
        """The tokens of ``text``, in which every marker stands for an image.

        At an image's positions stands a negative number that is its own. Raises ``ValueError``
        when a file is no image.
        """
        data = [_read(path) for path in images]
        bitmaps = [self._bitmap(path, one) for path, one in zip(images, data, strict=True)]
        chunks = self.lib.mtmd_input_chunks_init()
        try:
            encoded = text.encode()
            asked = self.lib.mtmd_input_text(encoded, len(encoded), add_special, True)
            array = (ctypes.c_void_p * len(bitmaps))(*bitmaps)
            if self.lib.mtmd_tokenize(self._context, chunks, ctypes.byref(asked), array, len(bitmaps)):
                raise ValueError("the projector cannot take the images into the prompt")
            return self._take_apart(chunks, [_number(one) for one in data])
        finally:
            self.lib.mtmd_input_chunks_free(chunks)
            for bitmap in bitmaps:
                self.lib.mtmd_bitmap_free(bitmap)

    def evaluate(self, picture: Picture, context: Any, sequence: int, n_batch: int) -> None:
        """Let the model see an image, at its place in ``sequence``. Raises ``ValueError``."""
        after = ctypes.c_int32()
        if code := self.lib.mtmd_helper_eval_chunk_single(
            self._context, context, picture.chunk, picture.at, sequence, n_batch, False, ctypes.byref(after)
        ):
            raise ValueError(f"llama.cpp cannot take the image ({code})")

    def _bitmap(self, path: Path, data: bytes) -> Any:
        array = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        bitmap = self.lib.mtmd_helper_bitmap_init_from_buf(self._context, array, len(data), False)
        if not bitmap:
            raise ValueError(f"{path} is not an image")
        return bitmap

    def _take_apart(self, chunks: Any, numbers: list[int]) -> tuple[list[int], tuple[Picture, ...]]:
        lib = self.lib
        tokens: list[int] = []
        pictures: list[Picture] = []
        for at in range(lib.mtmd_input_chunks_size(chunks)):
            chunk = lib.mtmd_input_chunks_get(chunks, at)
            if lib.mtmd_input_chunk_get_type(chunk) == lib.MTMD_INPUT_CHUNK_TYPE_TEXT:
                count = ctypes.c_size_t()
                tokens += lib.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(count))[: count.value]
                continue
            length = lib.mtmd_input_chunk_get_n_pos(chunk)
            pictures.append(Picture(len(tokens), length, lib.mtmd_input_chunk_copy(chunk), lib))
            # one image may come in several chunks, so the last number serves the rest
            tokens += [numbers[min(len(pictures), len(numbers)) - 1]] * length
        return tokens, tuple(pictures)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot read the image {path}: {error.strerror}") from error


def _number(data: bytes) -> int:
    return -1 - int.from_bytes(hashlib.sha256(data).digest()[:7], "big")
