"""A GGUF file of any size with random weights, to measure speed; what it says makes no sense."""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import BinaryIO

import numpy as np

from harness.engines.local.gguf_file import GgufReader
from harness.paths import BUILTIN_MODELS

_ALIGNMENT = 32
_F32, _Q8_0 = 0, 8
_BLOCK = 32  # weights that share a scale


@dataclass(frozen=True, slots=True)
class Shape:
    """A Llama. The default has 125 million parameters."""

    layers: int = 12
    width: int = 768
    heads: int = 12
    feed_forward: int = 3456
    context: int = 2048


def write_random_model(path: Path, shape: Shape | None = None) -> None:
    """Write Q8_0 weights under the tokenizer of the demo models."""
    shape = shape or Shape()
    vocabulary, tokenizer, n_tokenizer = _tokenizer(BUILTIN_MODELS / "demo-m.gguf")
    tensors = _tensors(shape, vocabulary)
    entries = [
        _entry("general.architecture", 8, _text("llama")),
        *(_entry(f"llama.{key}", 4, struct.pack("<I", value)) for key, value in _numbers(shape).items()),
        _entry("llama.attention.layer_norm_rms_epsilon", 6, struct.pack("<f", 1e-5)),
    ]
    with path.open("wb") as file:
        file.write(struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(entries) + n_tokenizer))
        file.write(b"".join(entries) + tokenizer)
        offset = 0
        for name, dimensions in tensors.items():
            kind = _kind(dimensions)
            packed = struct.pack(f"<I{len(dimensions)}QIQ", len(dimensions), *dimensions, kind, offset)
            file.write(_text(name) + packed)
            offset += _padded(_size(dimensions))
        _pad(file)
        rng = np.random.default_rng(0)
        for dimensions in tensors.values():
            file.write(_weights(dimensions, rng))
            _pad(file)


def _numbers(shape: Shape) -> dict[str, int]:
    return {
        "context_length": shape.context,
        "embedding_length": shape.width,
        "block_count": shape.layers,
        "feed_forward_length": shape.feed_forward,
        "attention.head_count": shape.heads,
        "rope.dimension_count": shape.width // shape.heads,
    }


def _tensors(shape: Shape, vocabulary: int) -> dict[str, tuple[int, ...]]:
    """Names and dimensions, the innermost first. Without an output matrix the embedding serves as one."""
    width, wide = shape.width, shape.feed_forward
    found: dict[str, tuple[int, ...]] = {"token_embd.weight": (width, vocabulary)}
    for layer in range(shape.layers):
        block: dict[str, tuple[int, ...]] = {"attn_norm": (width,), "ffn_norm": (width,)}
        block |= {f"attn_{part}": (width, width) for part in ("q", "k", "v", "output")}
        block |= {"ffn_gate": (width, wide), "ffn_up": (width, wide), "ffn_down": (wide, width)}
        found |= {f"blk.{layer}.{name}.weight": dimensions for name, dimensions in block.items()}
    return found | {"output_norm.weight": (width,)}


def _tokenizer(path: Path) -> tuple[int, bytes, int]:
    """Size of the vocabulary, and the entries about the tokenizer as they stand in the file, and how many."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        reader = GgufReader(data)
        _, _, n_entries = reader.take("<IQQ")
        kept, count, vocabulary = b"", 0, 0
        for _ in range(n_entries):
            start, key = reader.at, reader.text()
            value = reader.value(reader.take("<I")[0])
            if key.startswith("tokenizer."):
                kept, count = kept + data[start : reader.at], count + 1
            if key == "tokenizer.ggml.tokens":
                vocabulary = len(value)
    return vocabulary, kept, count


def _weights(dimensions: tuple[int, ...], rng: np.random.Generator) -> bytes:
    if _kind(dimensions) == _F32:
        return np.ones(dimensions, np.float32).tobytes()
    blocks = np.zeros(prod(dimensions) // _BLOCK, np.dtype([("scale", "<f2"), ("values", "i1", _BLOCK)]))
    blocks["scale"] = 1.7 / 127 / dimensions[0] ** 0.5
    blocks["values"] = rng.integers(-127, 128, blocks["values"].shape, np.int8)
    return blocks.tobytes()


def _kind(dimensions: tuple[int, ...]) -> int:
    return _F32 if len(dimensions) == 1 else _Q8_0


def _size(dimensions: tuple[int, ...]) -> int:
    count = prod(dimensions)
    return count * 4 if _kind(dimensions) == _F32 else count // _BLOCK * (_BLOCK + 2)


def _padded(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def _pad(file: BinaryIO) -> None:
    file.write(bytes(_padded(file.tell()) - file.tell()))


def _entry(key: str, kind: int, value: bytes) -> bytes:
    return _text(key) + struct.pack("<I", kind) + value


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()
