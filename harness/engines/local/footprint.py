"""How much memory a model takes, by llama.cpp's own reckoning: weights, keys and values, work space."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Literal, get_args

# ggml's tensor types: name, weights a block, bytes a block
TENSOR_TYPES = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 36), 10: ("Q2_K", 256, 84),
    11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176), 14: ("Q6_K", 256, 210),
    15: ("Q8_K", 256, 292), 16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98),
    19: ("IQ1_S", 256, 50), 20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136), 24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4), 27: ("I64", 1, 8),
    28: ("F64", 1, 8), 29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2), 34: ("TQ1_0", 256, 54),
    35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17),
}  # fmt: skip
KvType = Literal["f16", "bf16", "f32", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl"]
"""What llama.cpp stores keys and values in."""

KV_TYPES: Mapping[str, int] = {  # their numbers in ggml
    name.lower(): number for number, (name, _, _) in TENSOR_TYPES.items() if name.lower() in get_args(KvType)
}
# Bits a weight of llama.cpp's quantisations, finest first: the mean of its figures for Llama 2 7B and
# Llama 3.1 8B, or those for one of them. A model with a large vocabulary takes more, a very large one less.
BITS: Mapping[str, float] = {
    "F32": 32.0, "F16": 16.0, "BF16": 16.0, "Q8_0": 8.5, "Q6_K": 6.56, "Q5_1": 6.06, "Q5_K_M": 5.69,
    "Q5_0": 5.6, "Q5_K_S": 5.545, "Q4_1": 5.13, "Q4_K_M": 4.865, "Q4_K_S": 4.625, "Q4_0": 4.66,
    "IQ4_NL": 4.68, "IQ4_XS": 4.46, "MXFP4": 4.25, "Q3_K_L": 4.285, "Q3_K_M": 3.955, "IQ3_M": 3.76,
    "Q3_K_S": 3.57, "IQ3_XXS": 3.25, "Q2_K": 3.255, "IQ2_M": 2.93, "IQ2_XXS": 2.38, "IQ1_M": 2.15,
    "IQ1_S": 2.0,
}  # fmt: skip
SMALLER = ("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")  # to be offered where memory lacks
USABLE = 0.9  # of the free memory: other programs breathe
UBATCH = 512  # tokens that llama.cpp computes at once


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes that a model takes, by what they are for; ``other`` are the process's and the device's own."""

    weights: int
    kv: int
    compute: int
    other: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.weights + self.kv + self.compute + self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelShape:
    """What a model's memory depends on. ``weights`` and ``kv_per_token`` are bytes."""

    weights: int
    width: int
    vocabulary: int
    kv_per_token: int  # keys and values of all layers in F16
    heads: int = 0
    window: int = 0  # tokens that some layers look back, 0 where all look at the whole context
    kv_per_token_in_window: int = 0  # the part of ``kv_per_token`` that is those layers'

    def footprint(
        self, context: int, slots: int, batch: int = UBATCH, unified: bool = False, kv: str = "f16"
    ) -> Footprint:
        """What weights, ``slots`` contexts and llama.cpp's work space take.

        ``unified`` is one cache for all slots, without flash attention.
        """
        cells = padded(context * slots) if unified else 0
        return Footprint(
            self.weights,
            self.kv_bytes(context, slots, batch, unified, kv),
            self.compute_bytes(batch, cells),
        )

    def kv_bytes(
        self, context: int, slots: int, batch: int = UBATCH, unified: bool = False, kv: str = "f16"
    ) -> int:
        """What keys and values take in ``slots`` contexts, as llama.cpp lays them out without ``swa_full``.

        Layers with a window keep it and one batch (llama-kv-cache-iswa.cpp).
        """
        streams, each = (1, context * slots) if unified else (slots, context)
        looking_back = self.window * (slots if unified else 1) + min(batch, UBATCH)
        cells, window_cells = padded(each), padded(min(each, looking_back))
        whole = (self.kv_per_token - self.kv_per_token_in_window) * cells
        _, block, block_bytes = TENSOR_TYPES[KV_TYPES[kv]]
        values = streams * (whole + self.kv_per_token_in_window * window_cells) // 2  # F16 has two bytes
        return values * block_bytes // block

    def compute_bytes(self, batch: int = UBATCH, cells: int = 0) -> int:
        """Work space; without flash attention each token of a batch has a score for each of ``cells``."""
        return min(batch, UBATCH) * 4 * (self.vocabulary + self.width + self.heads * cells)


def padded(cells: int) -> int:
    """Cells of a cache, of which llama.cpp makes 256 at a time."""
    return ceil(cells / 256) * 256
