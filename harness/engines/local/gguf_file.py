"""What a GGUF file says about itself, read without loading it.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Only the header is
read: metadata, then the name, shape, type and place of each tensor.
"""

from __future__ import annotations

import mmap
import struct
from collections import Counter
from dataclasses import dataclass, replace
from math import ceil, prod
from pathlib import Path
from typing import Any

from harness.engines.local.footprint import TENSOR_TYPES, ModelShape
from harness.errors import ModelUnavailable
from harness.models.shards import shard_names

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_LONGEST_KEPT = 4096  # entries; longer arrays are vocabularies, of which only the length matters
# Bounds far above what any model has: a small or sparse file may claim to hold anything.
_MOST_BYTES, _MOST_VALUES, _MOST_KEPT, _DEEPEST, _DIMENSIONS = 256 << 20, 5_000_000, 100_000, 4, 8
_MOST_LAYERS = 10_000

# llama.cpp's mixtures of them, by `general.file_type`, where the name says more than the commonest type
_MIXTURES = {
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M",
    21: "Q2_K_S", 22: "IQ3_XS", 27: "IQ3_M", 29: "IQ2_M",
}  # fmt: skip


# Layers with a window, of architectures whose files need not say which (llama.cpp's models/*.cpp): all but
# one in so many, which is the first of them where ``True`` stands.
_WINDOWED = {
    "afmoe": (4, False), "cohere2": (4, False), "cohere2moe": (4, True), "exaone-moe": (4, False),
    "exaone4": (4, False), "gemma2": (2, False), "gemma3": (6, False), "gemma3n": (5, False),
    "gpt-oss": (2, False), "laguna": (4, True), "llama4": (4, False), "mellum": (4, False),
    "muse-glimmer": (4, False), "olmo2": (4, False), "plamo3": (8, False), "smallthinker": (4, True),
}  # fmt: skip
_WINDOW = {"llama4": 8192}  # whatever the file says
_WITHOUT_WINDOW = ("phi3",)  # llama.cpp does not heed it


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile(ModelShape):
    """What a file says of its model. ``size`` is bytes; ``context`` is tokens."""

    path: Path
    size: int
    architecture: str
    name: str | None
    quantization: str
    parameters: int
    layers: int
    feed_forward: int
    context: int | None


def read_model_file(path: Path) -> ModelFile:
    """Read the header, and those of the other files where the model is split.

    Raises ``ModelUnavailable`` when it is no GGUF, cut short, or a file is missing.
    """
    paths = [path.with_name(name) for name in shard_names(path.name)]
    for number, part in enumerate(paths, 1):
        if not part.is_file():
            raise ModelUnavailable(f"{part} is missing: it is file {number} of {len(paths)}; get it, too")
    if path != paths[0]:
        raise ModelUnavailable(f"{path} is one of {len(paths)} files; name the first: {paths[0].name}")
    first, *others = map(_read_header, paths)
    if not any(part.parameters for part in (first, *others)):
        raise _cut_short(path, first.size)
    return replace(
        first,
        size=first.size + sum(part.size for part in others),
        parameters=first.parameters + sum(part.parameters for part in others),
        weights=first.weights + sum(part.weights for part in others),
        quantization=first.quantization or others[0].quantization,
    )


def _read_header(path: Path) -> ModelFile:
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ModelUnavailable(f"{path} is not a GGUF file; name one in `path`")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                return _read(path, size, data)
            except (struct.error, ArithmeticError, LookupError, ValueError, TypeError, MemoryError):
                raise _cut_short(path, size) from None


def _read(path: Path, size: int, data: mmap.mmap) -> ModelFile:
    reader = GgufReader(data)
    version, n_tensors, n_entries = reader.take("<IQQ")
    if version not in (2, 3):
        raise ModelUnavailable(f"{path}: GGUF version {version} is not known here; convert it to version 3")
    entries = {reader.text(): reader.value(reader.take("<I")[0]) for _ in range(n_entries)}
    parameters, weights, types = 0, 0, Counter[str]()
    end = 0
    for _ in range(n_tensors):
        reader.text()
        (dimensions,) = reader.take("<I")
        if dimensions > _DIMENSIONS:
            raise ValueError(f"a tensor of {dimensions} dimensions")
        *shape, kind, offset = reader.take(f"<{dimensions}QIQ")
        name, block, block_bytes = TENSOR_TYPES.get(kind, (f"type {kind}", 1, 0))
        count = prod(shape)
        bytes_ = ceil(count / block) * block_bytes
        parameters, weights = parameters + count, weights + bytes_
        types[name] += count
        end = max(end, offset + bytes_)
    alignment = _count(entries.get("general.alignment", 32))
    if ceil(reader.at / alignment) * alignment + end > size:
        raise _cut_short(path, size)
    called = entries.get("general.name")
    mixture = _MIXTURES.get(entries.get("general.file_type", -1))
    return ModelFile(
        path=path,
        size=size,
        name=called if isinstance(called, str) else None,
        quantization=mixture or (types.most_common(1)[0][0] if types else ""),
        parameters=parameters,
        weights=weights,
        **_measures(entries),
    )


def _measures(entries: dict[str, Any]) -> dict[str, Any]:
    """What the architecture's own keys say; a model that leaves some out is no reason to fail.

    Raises ``ValueError`` for what is no number.
    """
    kind = entries.get("general.architecture", "unknown")

    def number(key: str, default: int = 0) -> int:
        value = entries.get(f"{kind}.{key}", default)
        return max(map(_count, value), default=default) if isinstance(value, list) else _count(value)

    layers, width, heads = (
        number("block_count"),
        number("embedding_length"),
        number("attention.head_count", 1),
    )
    if layers > _MOST_LAYERS:
        raise ValueError(f"{layers} layers")
    each = width // max(heads, 1)
    of_kv = entries.get(f"{kind}.attention.head_count_kv", heads)
    kv_heads = [*map(_count, of_kv)] if isinstance(of_kv, list) else [_count(of_kv)] * layers
    lengths = (number("attention.key_length", each), number("attention.value_length", each))
    in_window = number("attention.key_length_swa", lengths[0]) + number(
        "attention.value_length_swa", lengths[1]
    )
    window = _WINDOW.get(kind, number("attention.sliding_window"))
    windowed = _windowed(kind, entries.get(f"{kind}.attention.sliding_window_pattern"), layers)
    window_heads = sum(count for count, has in zip(kv_heads, windowed, strict=False) if has and window)
    kv_in_window = window_heads * in_window * 2
    vocabulary = entries.get("tokenizer.ggml.tokens", 0)
    return {
        "architecture": str(kind),
        "layers": layers,
        "width": width,
        "feed_forward": number("feed_forward_length"),
        "vocabulary": len(vocabulary) if isinstance(vocabulary, list) else _count(vocabulary),
        "context": number("context_length") or None,
        "kv_per_token": (sum(kv_heads) - window_heads) * sum(lengths) * 2 + kv_in_window,
        "heads": heads,
        "window": window if window_heads else 0,
        "kv_per_token_in_window": kv_in_window,
    }


def _windowed(kind: str, pattern: Any, layers: int) -> list[bool]:
    """Which layers look back only so far, by the file's own list or number, or by the architecture."""
    if kind in _WITHOUT_WINDOW or (pattern is None and kind not in _WINDOWED):
        return [False] * layers
    if isinstance(pattern, list):
        return [bool(has) for has in pattern]
    every, first_is_whole = _WINDOWED.get(kind, (1, False))
    every = _count(pattern) if pattern is not None else every
    whole = 0 if first_is_whole else every - 1
    return [every == 0 or layer % every != whole for layer in range(layers)]


def _count(value: Any) -> int:
    if not isinstance(value, (int, float)) or not 0 <= value < 2**53:
        raise ValueError(f"{value!r:.40} is no count")
    return int(value)


class GgufReader:
    """Values one after the other. An array longer than anyone needs comes as its length."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._end = min(len(data), _MOST_BYTES)
        self._values = self._kept = 0
        self.at = 4

    def take(self, format_: str) -> tuple[Any, ...]:
        values = struct.unpack_from(format_, self._data, self.at)
        self._skip(struct.calcsize(format_))
        return values

    def text(self) -> str:
        """A string; its bytes are counted as far as they are in the file."""
        (length,) = self.take("<Q")
        self._skip(length)
        return self._data[self.at - length : self.at].decode("utf-8", "replace")

    def value(self, kind: int, depth: int = 0) -> Any:
        self._values += 1
        if self._values > _MOST_VALUES or depth > _DEEPEST:
            raise ValueError("more values than any model has")
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            items, count = self.take("<IQ")
            return self._array(items, count, depth + 1)
        return self.take("<" + _scalar(kind))[0]

    def _array(self, kind: int, count: int, depth: int) -> Any:
        keep = count <= _LONGEST_KEPT and self._kept + count <= _MOST_KEPT
        if keep:
            self._kept += count
        if kind in (_STRING, _ARRAY):
            values = (self.value(kind, depth) for _ in range(count))
            return [*values] if keep else sum(1 for _ in values)
        if keep:
            return [*self.take(f"<{count}{_scalar(kind)}")]
        self._skip(count * struct.calcsize(_scalar(kind)))
        return count

    def _skip(self, length: int) -> None:
        if self.at + length > self._end:
            raise ValueError("beyond the end")
        self.at += length


def _scalar(kind: int) -> str:
    if kind not in _SCALARS:
        raise ValueError(f"no type {kind}")
    return _SCALARS[kind]


def _cut_short(path: Path, size: int) -> ModelUnavailable:
    return ModelUnavailable(f"{path} is cut short or damaged ({size:,} bytes); download it again")
