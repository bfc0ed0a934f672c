"""Muon for the matrices, Adam for the rest.

Muon orthogonalises the momentum of every matrix by a Newton-Schulz iteration
(Jordan et al., 2024, https://kellerjordan.github.io/posts/muon/). It is written
here because matrices of one shape go through one batched product.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

MOMENTUM = 0.95


def orthogonal(matrices: Tensor) -> Tensor:
    """Near-orthogonal factor of each matrix in ``[n, rows, columns]``, rows >= columns."""
    x = matrices.transpose(-1, -2)
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        gram = x @ x.transpose(-1, -2)
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x.transpose(-1, -2)


class Muon:
    """Nesterov momentum, orthogonalised; each parameter is a stack of equal matrices."""

    def __init__(self, parameters: Sequence[Tensor], rate: float, decay: float) -> None:
        self.parameters = list(parameters)
        self.momenta = [torch.zeros_like(p) for p in self.parameters]
        self.rate, self.decay = rate, decay

    def step(self, factor: float) -> None:
        """One update at ``factor`` times the peak learning rate; clears the gradients."""
        with torch.no_grad():
            for parameter, momentum in zip(self.parameters, self.momenta, strict=True):
                self._update(parameter, momentum, factor)

    def _update(self, parameter: Tensor, momentum: Tensor, factor: float) -> None:
        gradient = parameter.grad
        momentum.lerp_(gradient, 1 - MOMENTUM)
        update = orthogonal(gradient.lerp(momentum, MOMENTUM).flatten(0, 1)).view_as(parameter)
        scale = max(1.0, parameter.shape[-2] / parameter.shape[-1]) ** 0.5
        parameter.mul_(1 - self.rate * factor * self.decay)
        parameter.add_(update, alpha=-self.rate * factor * scale)
        parameter.grad = None


class Optimiser:
    """Muon on the weight matrices, Adam on embedding and norms, one schedule for both."""

    def __init__(
        self, matrices: Sequence[Tensor], others: Sequence[Tensor], muon: float, adam: float
    ) -> None:
        self.muon = Muon(matrices, muon, decay=0.02)
        self.adam = torch.optim.Adam(others, lr=adam, betas=(0.9, 0.98), eps=1e-9)
        self.peak = adam

    def step(self, factor: float) -> None:
        """One update at ``factor`` times the peak learning rates."""
        self.muon.step(factor)
        for group in self.adam.param_groups:
            group["lr"] = self.peak * factor
        self.adam.step()
        self.adam.zero_grad()
