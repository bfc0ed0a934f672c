"""A GGUF model in memory, through llama.cpp's own functions: weights, context, tokens, chat template.

``llama_cpp.Llama`` is not used to load: while it does, it points the process's standard
output at ``/dev/null``, and with it the progress bar and the JSON lines of everybody else.
"""

from __future__ import annotations

import ctypes
import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from harness.engines.local.footprint import KV_TYPES, KvType
from harness.engines.local.library import may_repack
from harness.engines.local.pieces import Pieces
from harness.engines.local.slots import shared
from harness.engines.local.templates import Template
from harness.engines.local.vision import Picture, Vision
from harness.engines.local.vocabulary import Vocabulary
from harness.errors import ModelUnavailable
from harness.messages import Message
from harness.processors import usable_cores

_ERROR = 4  # GGML_LOG_LEVEL_ERROR
BATCH = 512  # tokens a step, where nobody says
CONTEXT = 4096  # tokens, where nobody says
SLOTS, SLOTS_SMALL = 8, 4  # prompts side by side; of a small model: in each of its copies
SMALL_MODEL = 16 * 2**20  # bytes; below, threads cost more in meeting than they save in work
STALL_S = 60.0  # without an end, for each token of a batch
LONGEST_TURN_S = 3600.0  # for a batch, however many tokens it has
FLASH_HEAD = 128  # numbers; on smaller heads flash attention slows small models down


@dataclass(frozen=True, slots=True)
class Placement:
    """How a model is put into memory. ``None`` lets the model and the machine decide."""

    n_ctx: int = CONTEXT  # at most; a model trained for less gets what it was trained for
    n_gpu_layers: int | None = None
    n_threads: int | None = None
    n_batch: int = BATCH
    n_slots: int | None = None  # prompts decoded side by side, each with ``n_ctx`` tokens
    template: Template | None = None  # how chats are written; by default as the model's own says
    kv: KvType = "f16"  # what keys and values are stored in


def uses_flash(small: bool, head: int, kv: str) -> bool:
    """Whether flash attention is used: where it is quicker, or needed for values that are quantised."""
    return not small or head >= FLASH_HEAD or kv not in ("f16", "bf16", "f32")


Prompt = tuple[list[int], tuple[Picture, ...]]  # tokens, and the images among them


class NativeModel:
    """Weights and one context, ready to decode. ``close`` frees both; no other thread may use it.

    Raises ``ModelUnavailable`` with the reason and the remedy.
    """

    def __init__(self, path: Path, placement: Placement, mmproj: Path | None = None) -> None:
        import llama_cpp

        self.lib = llama_cpp
        self.vision: Vision | None = None
        self._log = quiet()
        self._log.lines.clear()
        self.model = self._load(path, placement.n_gpu_layers)
        trained = llama_cpp.llama_model_n_ctx_train(self.model)
        self.n_ctx = min(placement.n_ctx, trained) if trained > 0 else placement.n_ctx
        self.on_gpu = placement.n_gpu_layers != 0 and llama_cpp.llama_supports_gpu_offload()
        self.small = llama_cpp.llama_model_size(self.model) < SMALL_MODEL
        head = llama_cpp.llama_model_n_embd(self.model) // max(1, llama_cpp.llama_model_n_head(self.model))
        self._kv = placement.kv
        self._flash = uses_flash(self.small, head, placement.kv)
        self.n_slots = placement.n_slots or (SLOTS_SMALL if self.small else SLOTS)
        self.n_batch = max(placement.n_batch, self.n_slots)
        recurrent = llama_cpp.llama_model_is_recurrent(self.model) or llama_cpp.llama_model_is_hybrid(
            self.model
        )
        self.can_share = not recurrent  # whose state cannot be cut
        self.window = llama_cpp.llama_model_n_swa(self.model)  # of some layers; 0 where all see everything
        self.context = self._make_context(path, placement.n_threads, self.n_slots)
        self.prompts = None  # where prompts are computed, if not where they are continued
        if self.small and self.n_slots > 1:  # a state fits only where there are as many streams
            self.prompts = self._make_context(path, placement.n_threads, self.n_slots if self._flash else 1)
        self.memory = llama_cpp.llama_get_memory(self.context)
        if not self.memory or llama_cpp.llama_model_has_encoder(self.model):
            self.close()
            raise ModelUnavailable(f"{path}: not a model that continues text (an embedding model?)")
        self._turn: tuple[float, int] | None = None  # since when a batch is computed, and its tokens
        self._logits: Any = None
        self._logits_at = 0
        self.vocabulary = self._read_vocabulary(path, placement.template)
        self.vocab, self._n_vocab = self.vocabulary.handle, self.vocabulary.size
        self.pieces = Pieces(self.vocab, llama_cpp)
        if mmproj is not None:
            self.vision = self._open_eyes(mmproj, placement.n_threads or default_threads())

    def close(self) -> None:
        """Give the memory back."""
        if self.vision is not None:
            self.vision.close()
        self.lib.llama_free(self.context)
        if self.prompts:
            self.lib.llama_free(self.prompts)
        self.lib.llama_model_free(self.model)

    def reusable(self, head: list[int], kept: list[int]) -> int:
        """How many tokens of ``head`` need not be computed where a sequence holds ``kept``.

        A window that has moved on no longer sees what stood before the last token that both have.
        """
        count = shared(head, kept) if self.can_share else 0
        return 0 if self.window and self.window < len(kept) != count else count

    def see(self, messages: Sequence[Message], images: Sequence[Path]) -> Prompt:
        """The tokens of a chat with images before the text of its first question.

        Only of a model with ``vision``. Raises ``ValueError`` when a file is no image.
        """
        assert self.vision is not None
        at = next((i for i, message in enumerate(messages) if message.role == "user"), 0)
        shown = f"{self.vision.marker}\n" * len(images) + messages[at].content
        words = self.vocabulary
        text = words.render([*messages[:at], Message("user", shown), *messages[at + 1 :]])
        lacks_bos = words.adds_bos and not text.startswith(words.special(words.bos))
        return self.vision.prompt(text, images, add_special=lacks_bos)

    def _load(self, path: Path, n_gpu_layers: int | None) -> Any:
        lib = self.lib
        params = lib.llama_model_default_params()
        if n_gpu_layers is None:
            n_gpu_layers = -1 if lib.llama_supports_gpu_offload() else 0
        params.n_gpu_layers = n_gpu_layers if n_gpu_layers >= 0 else 2**31 - 1
        params.use_extra_bufts = may_repack()
        model = lib.llama_model_load_from_file(os.fsencode(path), params)
        if not model:
            raise ModelUnavailable(_why_not(path, self._log.lines))
        return model

    def logits(self, rows: int) -> Any:
        """The logits of the last batch, ``rows`` x vocabulary: those asked for, in its order.

        They are llama.cpp's own and last until the next batch.
        """
        pointer = self.lib.llama_get_logits(self.context)
        address = ctypes.addressof(pointer.contents)
        if address != self._logits_at:  # to wrap an array takes as long as to choose a token from it
            import numpy as np

            self._logits_at = address
            self._logits = np.ctypeslib.as_array(pointer, (self.n_batch, self._n_vocab))
        return self._logits[:rows]

    def use_threads(self, count: int) -> None:
        """Compute with so many threads from now on."""
        for context in filter(None, (self.context, self.prompts)):
            self.lib.llama_set_n_threads(context, count, count)

    def clear(self) -> None:
        """Forget every sequence."""
        for context in filter(None, (self.context, self.prompts)):
            self.lib.llama_memory_clear(self.lib.llama_get_memory(context), False)

    def decode(self, context: Any, batch: Any) -> int:
        """Compute a batch. Returns llama.cpp's code, which is 0 when all went well."""
        self._turn = perf_counter(), batch.n_tokens
        code: int = self.lib.llama_decode(context, batch)
        self._turn = None
        return code

    @property
    def stalled(self) -> bool:
        """Whether the batch that is being computed takes so long that nothing will come of it.

        Any thread may ask. A slow machine is given time: see ``STALL_S``.
        """
        turn = self._turn
        return turn is not None and perf_counter() - turn[0] > min(STALL_S * turn[1], LONGEST_TURN_S)

    def _make_context(self, path: Path, n_threads: int | None, n_slots: int) -> Any:
        lib = self.lib
        params = lib.llama_context_default_params()
        params.n_ctx = self.n_ctx * n_slots
        params.n_batch = self.n_batch
        params.n_seq_max = n_slots
        # In one cache each sequence looks at all cells and masks those of others: without flash attention
        # that is faster all the same, as long as no prompt is computed there.
        params.kv_unified = not self._flash
        if n_threads is None:
            n_threads = 1 if self.small else default_threads()
        params.n_threads = params.n_threads_batch = n_threads
        if not self._flash:
            params.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.type_k = params.type_v = KV_TYPES[self._kv]
        params.swa_full = False  # layers with a window keep only that
        params.no_perf = True
        context = lib.llama_init_from_model(self.model, params)
        if not context:
            lib.llama_model_free(self.model)
            raise ModelUnavailable(
                f"{path}: no memory for {n_slots} contexts of {self.n_ctx} tokens; "
                "set a smaller n_ctx or n_slots in params"
            )
        return context

    def _read_vocabulary(self, path: Path, template: Template | None) -> Vocabulary:
        try:
            return Vocabulary(self.lib, self.model, path, template)
        except ModelUnavailable:
            self.close()
            raise

    def _open_eyes(self, mmproj: Path, n_threads: int) -> Vision:
        try:
            return Vision(mmproj, self.model, self._log.callbacks[0], n_threads)
        except ModelUnavailable:
            self.close()
            raise


@dataclass(frozen=True, slots=True)
class _Log:
    """llama.cpp's last complaints. The callback lives here because C keeps a bare pointer to it."""

    lines: deque[str] = field(default_factory=lambda: deque(maxlen=20))
    callbacks: list[Any] = field(default_factory=list)


@cache
def quiet() -> _Log:
    """Keep llama.cpp's log (some 500 lines a model) off the terminal; its errors are remembered."""
    import llama_cpp

    log = _Log()

    def keep(level: int, text: bytes, _: object) -> None:
        if level == _ERROR:
            log.lines.append(text.decode("utf-8", "replace").strip())

    log.callbacks.append(llama_cpp.llama_log_callback(keep))
    llama_cpp.llama_log_set(log.callbacks[0], None)
    llama_cpp.llama_backend_init()
    return log


def _why_not(path: Path, complaints: Sequence[str]) -> str:
    complaint = " ".join(complaints)
    if "invalid magic" in complaint or "failed to read magic" in complaint:
        return f"{path} is not a GGUF file; name one in `path`"
    if "unknown model architecture" in complaint:
        name = complaint.partition("unknown model architecture: ")[2].split(" ")[0]
        return f"{path}: llama.cpp does not know the architecture {name}; update llama-cpp-python"
    if "not within the file bounds" in complaint or "failed to read" in complaint:
        return f"{path} is cut short or damaged ({path.stat().st_size:,} bytes); download it again"
    reason = next((line for line in complaints if "error loading" in line), "no reason given")
    return f"{path}: llama.cpp cannot load it ({reason.rpartition('error loading model: ')[2]})"


def default_threads() -> int:
    """Physical cores this process may use, less one.

    llama.cpp's threads wait for each other after every operation; when the rest of the
    program needs one of their cores, all of them stand still.
    """
    return max(1, usable_cores() - 1)
