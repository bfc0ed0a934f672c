"""What a model takes of memory: by its file's header, or by a table of models whose files are not here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from harness.engines.local.footprint import BITS, Footprint, ModelShape
from harness.engines.local.gguf_file import ModelFile
from harness.engines.local.measured import measured_bytes, standing
from harness.fieldtypes import Between

_Count = Annotated[int, Between(1, 1e9)]
DEVICE_BYTES = {"CPU": 60_000_000, "GPU": 600_000_000}  # that a server takes beside its model
GIB = 2**30
_PLAIN = re.compile(r"[^a-z0-9]+")
_QUANTIZATION = re.compile(
    rf"(?<![A-Za-z0-9])({'|'.join(sorted(BITS, key=len, reverse=True))})(?![A-Za-z0-9_])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ModelParameters:
    """What a model's own configuration says (``config.json`` on Hugging Face).

    ``billions`` are all its parameters, of a mixture those of every expert. ``head`` is the numbers of one
    head (default: ``width`` / ``heads``). ``window_layers`` of the layers look back only ``window`` tokens.
    """

    billions: Annotated[float, Between(0.0001, 100_000)]
    layers: _Count
    width: _Count
    heads: _Count
    kv_heads: _Count
    vocabulary: _Count
    context: _Count | None = None
    head: _Count | None = None
    window: Annotated[int, Between(0, 1e9)] = 0
    window_layers: Annotated[int, Between(0, 1e6)] = 0

    def shape(self, quantization: str) -> ModelShape:
        """What its memory depends on. ``KeyError`` where the quantisation is none of ``BITS``."""
        of_layer = self.kv_heads * (self.head or self.width // self.heads) * 2 * 2  # keys and values in F16
        return ModelShape(
            weights=int(self.billions * 1e9 * BITS[quantization] / 8),
            width=self.width,
            vocabulary=self.vocabulary,
            kv_per_token=of_layer * self.layers,
            heads=self.heads,
            window=self.window,
            kv_per_token_in_window=of_layer * self.window_layers,
        )


def _llama(
    billions: float, layers: int, width: int, heads: int, kv_heads: int, vocabulary: int, context: int
) -> ModelParameters:
    return ModelParameters(billions, layers, width, heads, kv_heads, vocabulary, context)


MODELS: Mapping[str, ModelParameters] = {
    "codellama-7b": _llama(6.738, 32, 4096, 32, 32, 32_016, 16_384),
    "codellama-13b": _llama(13.016, 40, 5120, 40, 40, 32_016, 16_384),
    "codellama-34b": _llama(33.744, 48, 8192, 64, 8, 32_000, 16_384),
    "codellama-70b": _llama(68.977, 80, 8192, 64, 8, 32_016, 4096),
    "deepseek-coder-1.3b": _llama(1.346, 24, 2048, 16, 16, 32_256, 16_384),
    "deepseek-coder-6.7b": _llama(6.740, 32, 4096, 32, 32, 32_256, 16_384),
    "deepseek-coder-33b": _llama(33.343, 62, 7168, 56, 8, 32_256, 16_384),
    "gemma-3-4b": ModelParameters(3.880, 34, 2560, 8, 4, 262_208, 131_072, 256, 1024, 29),
    "llama-3.1-8b": _llama(8.030, 32, 4096, 32, 8, 128_256, 131_072),
    "llama-3.1-70b": _llama(70.554, 80, 8192, 64, 8, 128_256, 131_072),
    "llama-3.3-70b": _llama(70.554, 80, 8192, 64, 8, 128_256, 131_072),
    "mistral-7b": _llama(7.242, 32, 4096, 32, 8, 32_000, 32_768),
    "mixtral-8x7b": _llama(46.703, 32, 4096, 32, 8, 32_000, 32_768),
    "mixtral-8x22b": _llama(140.62, 56, 6144, 48, 8, 32_000, 65_536),
    "phi-2": _llama(2.780, 32, 2560, 32, 32, 51_200, 2048),
    "qwen2.5-7b": _llama(7.616, 28, 3584, 28, 4, 152_064, 32_768),
    "qwen2.5-coder-7b": _llama(7.616, 28, 3584, 28, 4, 152_064, 32_768),
    "qwen2.5-coder-32b": _llama(32.764, 64, 5120, 40, 8, 152_064, 32_768),
    "refact-1.6b": _llama(1.586, 32, 2048, 32, 1, 49_216, 4096),
    "smollm2-135m": _llama(0.1345, 30, 576, 9, 3, 49_152, 8192),
    "starcoder2-3b": _llama(3.030, 30, 3072, 24, 2, 49_152, 16_384),
    "starcoder2-7b": _llama(7.174, 32, 4608, 36, 4, 49_152, 16_384),
    "starcoder2-15b": _llama(15.958, 40, 6144, 48, 4, 49_152, 16_384),
    "tinyllama-1.1b": _llama(1.100, 22, 2048, 32, 4, 32_000, 2048),
    "wizardcoder-33b": _llama(33.343, 62, 7168, 56, 8, 32_256, 16_384),
    "wizardlm-2-7b": _llama(7.242, 32, 4096, 32, 8, 32_000, 32_768),
    "wizardlm-2-8x22b": _llama(140.62, 56, 6144, 48, 8, 32_000, 65_536),
    "wizardmath-70b": _llama(68.977, 80, 8192, 64, 8, 32_002, 4096),
}
"""Of models that people name; what a quantised file weighs follows from ``BITS``."""


def find_parameters(name: str, models: Mapping[str, ModelParameters] = MODELS) -> ModelParameters | None:
    """Those of the longest name in ``models`` that ``name`` (an id, a path on a hub) has in it."""
    text = _plain(name)
    inside = [key for key in models if _plain(key) in text]
    return models[max(inside, key=len)] if inside else None


def quantization_in(name: str) -> str | None:
    """The quantisation that a file's name ends in, as llama.cpp spells it."""
    last = _QUANTIZATION.findall(name)
    return last[-1].upper() if last else None


def footprint(
    shape: ModelShape, context: int, slots: int, kv: str = "f16", on: str = "CPU"
) -> tuple[Footprint, int | None]:
    """What ``slots`` contexts of a model take on a device, and what they took when they were measured.

    The second is ``None`` unless ``harness models check --load`` or a run had the file so.
    """
    taken = shape.footprint(context, slots, kv=kv)
    estimated = Footprint(taken.weights, taken.kv, taken.compute, DEVICE_BYTES[on])
    if not isinstance(shape, ModelFile):
        return estimated, None
    return estimated, measured_bytes(shape.path, standing(context, slots, on, kv=kv))


def size(bytes_: float) -> str:
    """``85.5 GB``, ``660 MB``, ``0.6 MB``: decimal, as files and cards are sold."""
    if bytes_ < 0.9995e9:
        return f"{bytes_ / 1e6:.{0 if bytes_ >= 9.95e6 or not bytes_ else 1}f} MB"
    return f"{bytes_ / 1e9:,.1f} GB"


def both_sizes(bytes_: float) -> str:
    """The same with what drivers say: ``66.7 GB (62 GiB)``."""
    return f"{size(bytes_)} ({bytes_ / GIB:.{0 if bytes_ >= 10 * GIB else 1}f} GiB)"


def _plain(name: str) -> str:
    return _PLAIN.sub("", name.lower())
