"""A llama-architecture language model, small enough to train on one core.

All weight matrices of one shape lie in one tensor, so that the optimiser
orthogonalises them in one batched product.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

NORM_EPS = 1e-5
ROPE_BASE = 10000.0


@dataclass(frozen=True)
class Shape:
    """Sizes of a model; ``width`` and ``hidden`` must be multiples of 32 for Q8_0."""

    width: int
    layers: int
    heads: int
    hidden: int
    vocabulary: int = 512
    context: int = 1024  # positions the file promises


class Llama:
    """Tokens ``[batch, length]`` to logits ``[batch, length, vocabulary]``."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        width, layers = shape.width, shape.layers
        self.embedding = trainable(torch.randn(shape.vocabulary, width) * 0.02)
        # q, k, v and output of every layer: [layers, 4, width, width]
        self.attention = trainable(torch.randn(layers, 4, width, width) * width**-0.5)
        # gate, up and transposed down of every layer: [layers, 3, hidden, width]
        self.mlp = trainable(torch.randn(layers, 3, shape.hidden, width) * width**-0.5)
        self.attention.data[:, 3] = 0  # every layer starts as the identity
        self.mlp.data[:, 2] = 0
        self.norms = trainable(torch.ones(layers, 2, width))
        self.last_norm = trainable(torch.ones(width))

    def matrices(self) -> list[Tensor]:
        """The stacks of weight matrices."""
        return [self.attention, self.mlp]

    def others(self) -> list[Tensor]:
        """Embedding and norms."""
        return [self.embedding, self.norms, self.last_norm]

    def __call__(self, tokens: Tensor) -> Tensor:
        batch, length = tokens.shape
        width, heads = self.shape.width, self.shape.heads
        turn = rotation(length, width // heads)
        x = F.embedding(tokens, self.embedding)
        for attention, mlp, norms in zip(self.attention.unbind(), self.mlp.unbind(), self.norms, strict=True):
            qkv = F.linear(normed(x, norms[0]), attention[:3].flatten(0, 1))
            q, k, v = qkv.view(batch, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
            y = F.scaled_dot_product_attention(rotated(q, turn), rotated(k, turn), v, is_causal=True)
            x = x + F.linear(y.transpose(1, 2).reshape(batch, length, width), attention[3])
            gate, up = F.linear(normed(x, norms[1]), mlp[:2].flatten(0, 1)).chunk(2, dim=-1)
            x = x + (F.silu(gate) * up) @ mlp[2]
        return F.linear(normed(x, self.last_norm), self.embedding)


def trainable(values: Tensor) -> Tensor:
    """A leaf of the graph."""
    return values.requires_grad_()


def normed(x: Tensor, weight: Tensor) -> Tensor:
    """Root-mean-square normalisation over the last axis."""
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + NORM_EPS) * weight


def rotation(length: int, head: int) -> Tensor:
    """Rotary angles as complex numbers of modulus 1, ``[length, head / 2]``."""
    frequency = ROPE_BASE ** (-torch.arange(0, head, 2) / head)
    angle = torch.arange(length)[:, None] * frequency
    return torch.polar(torch.ones_like(angle), angle)


def rotated(x: Tensor, turn: Tensor) -> Tensor:
    """Rotary positions on interleaved pairs, the order llama.cpp expects of this architecture."""
    pairs = torch.view_as_complex(x.unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs * turn).flatten(-2)
