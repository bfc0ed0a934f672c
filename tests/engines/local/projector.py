"""A multimodal projector with random weights: an image of 28 × 28 points becomes four tokens."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

_WIDTH, _WIDE, _IMAGE, _PATCH = 32, 64, 28, 14
_ALIGNMENT = 32


def write_projector(path: Path, model_width: int) -> None:
    """A CLIP of one layer and LLaVA's two matrices after it, in GGUF."""
    entries = {
        "general.architecture": "clip",
        "general.file_type": 0,
        "clip.has_vision_encoder": True,
        "clip.projector_type": "mlp",
        "clip.use_gelu": True,
        "clip.vision.image_size": _IMAGE,
        "clip.vision.patch_size": _PATCH,
        "clip.vision.embedding_length": _WIDTH,
        "clip.vision.feed_forward_length": _WIDE,
        "clip.vision.projection_dim": model_width,
        "clip.vision.block_count": 2,  # of which LLaVA leaves out the last
        "clip.vision.attention.head_count": 2,
        "clip.vision.attention.layer_norm_epsilon": 1e-5,
        "clip.vision.image_mean": [0.5, 0.5, 0.5],
        "clip.vision.image_std": [0.5, 0.5, 0.5],
    }
    tensors = _tensors(model_width)
    rng = np.random.default_rng(0)
    with path.open("wb") as file:
        file.write(struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(entries)))
        for key, value in entries.items():
            file.write(_text(key) + _value(value))
        offset = 0
        for name, shape in tensors.items():
            file.write(_text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, offset))
            offset += -(-int(np.prod(shape)) * 4 // _ALIGNMENT) * _ALIGNMENT
        for shape in tensors.values():
            file.write(bytes(-file.tell() % _ALIGNMENT))
            file.write(rng.normal(0, 0.3, int(np.prod(shape))).astype(np.float32).tobytes())
        file.write(bytes(-file.tell() % _ALIGNMENT))


def _tensors(model_width: int) -> dict[str, tuple[int, ...]]:
    """Names and dimensions, the innermost first."""
    found: dict[str, tuple[int, ...]] = {
        "v.class_embd": (_WIDTH,),
        "v.patch_embd.weight": (_PATCH, _PATCH, 3, _WIDTH),
        "v.position_embd.weight": (_WIDTH, (_IMAGE // _PATCH) ** 2 + 1),
        "v.pre_ln.weight": (_WIDTH,),
        "v.pre_ln.bias": (_WIDTH,),
        "mm.0.weight": (_WIDTH, model_width),
        "mm.0.bias": (model_width,),
        "mm.2.weight": (model_width, model_width),
        "mm.2.bias": (model_width,),
    }
    for block in range(2):
        square = (_WIDTH, _WIDTH)
        parts: dict[str, tuple[int, ...]] = {f"attn_{name}": square for name in ("q", "k", "v", "out")}
        parts |= {"ffn_up": (_WIDTH, _WIDE), "ffn_down": (_WIDE, _WIDTH)}
        for name, shape in parts.items():
            found[f"v.blk.{block}.{name}.weight"] = shape
            found[f"v.blk.{block}.{name}.bias"] = shape[1:]
        for name in ("ln1", "ln2"):
            found[f"v.blk.{block}.{name}.weight"] = found[f"v.blk.{block}.{name}.bias"] = (_WIDTH,)
    return found


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode()


def _value(value: object) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, list):
        return struct.pack(f"<IIQ{len(value)}f", 9, 6, len(value), *value)
    return struct.pack("<I", 8) + _text(str(value))
