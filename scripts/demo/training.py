"""From lessons to a trained model: packing, the optimisation loop, an exam."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from .mixture import SKILLS, Turn, conversations, pieces
from .model import Llama, Shape
from .optimiser import Optimiser

ROW = 256  # tokens of a row; every eighth batch has rows of twice the length
BATCH = 4
WAITING = 48  # conversations among which the packer looks for one that fits
Row = tuple[list[int], list[float]]


@dataclass(frozen=True)
class TrainingPlan:
    """What to train and for how long."""

    name: str
    shape: Shape
    mixture: Mapping[str, float]
    tokens: int
    corpus: int  # distinct tokens; read several times
    muon_rate: float = 0.005
    adam_rate: float = 0.004
    quantized: bool = True  # Q8_0, else F16

    def steps(self) -> int:
        """Batches in the whole training."""
        return self.tokens // (ROW * BATCH)


def encoded(tokenizer: Tokenizer, lessons: list[list[Turn]]) -> Iterator[Row]:
    """Token ids and weights of each conversation."""
    parts = [pieces(turns) for turns in lessons]
    encodings = iter(tokenizer.encode_batch([text for part in parts for text, _ in part]))
    for part in parts:
        ids: list[int] = []
        weights: list[float] = []
        for (_, weight), encoding in zip(part, encodings, strict=False):
            ids += encoding.ids
            weights += [weight] * len(encoding.ids)
        yield ids, weights


def packed(conversation_rows: Iterator[Row], length: int) -> Iterator[Row]:
    """Rows of ``length + 1`` tokens from whole conversations, the longest fitting one first.

    A conversation that no row has room for is left out.
    """
    waiting: list[Row] = []
    ids: list[int] = []
    weights: list[float] = []
    for row in conversation_rows:
        if len(row[0]) <= length + 1:
            waiting.append(row)
        if len(waiting) < WAITING:
            continue
        room = length + 1 - len(ids)
        fitting = [other for other in waiting if len(other[0]) <= room]
        if not fitting:
            yield ids + [0] * room, weights + [0.0] * room
            ids, weights = [], []
            fitting = waiting[:1]  # an over-long one is cut
        chosen = max(fitting, key=lambda other: len(other[0]))
        waiting.remove(chosen)
        ids, weights = (ids + chosen[0])[: length + 1], (weights + chosen[1])[: length + 1]


def corpus(
    plan: TrainingPlan, tokenizer: Tokenizer, length: int, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Token ids and weights, ``[rows, length + 1]`` each."""
    source = conversations(plan.mixture, f"{plan.name}/{length}")

    def lessons() -> Iterator[Row]:
        while True:
            yield from encoded(tokenizer, [turns for _, turns in islice(source, 1000)])

    chosen = list(islice(packed(lessons(), length), rows))
    ids = np.array([row[0] for row in chosen], dtype=np.int64)
    return ids, np.array([row[1] for row in chosen], dtype=np.float32)


def batches(plan: TrainingPlan, tokenizer: Tokenizer) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches of ids and weights; each pass over the corpus has another order."""
    rng = np.random.default_rng(7)
    distinct = min(plan.corpus, plan.tokens)
    short = corpus(plan, tokenizer, ROW, distinct * 7 // 8 // ROW)
    long = corpus(plan, tokenizer, 2 * ROW, distinct // 8 // (2 * ROW))
    orders: dict[int, list[int]] = {0: [], 1: []}
    step = 0
    while True:
        kind = int(step % 8 == 7)
        ids, weights = (short, long)[kind]
        size = BATCH >> kind
        if len(orders[kind]) < size:
            orders[kind] = rng.permutation(len(ids)).tolist()
        rows = [orders[kind].pop() for _ in range(size)]
        yield torch.from_numpy(ids[rows]), torch.from_numpy(weights[rows])
        step += 1


def rate(step: int, steps: int) -> float:
    """Share of the peak learning rate: short warm-up, plateau, linear fall over the last 60 %."""
    return min(1.0, (step + 1) / 50, (steps - step) / (0.6 * steps))


def train(plan: TrainingPlan, tokenizer: Tokenizer) -> tuple[Llama, list[dict[str, float]]]:
    """The model and its loss curve (step, tokens, loss on answers and CPU seconds)."""
    torch.manual_seed(11)
    model = Llama(plan.shape)
    optimiser = Optimiser(model.matrices(), model.others(), plan.muon_rate, plan.adam_rate)
    steps = plan.steps()
    curve: list[dict[str, float]] = []
    seen: list[float] = []
    started = time.process_time()
    for step, (ids, weights) in enumerate(islice(batches(plan, tokenizer), steps)):
        logits = model(ids[:, :-1])
        losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        counted = weights[:, 1:].flatten()
        ((losses * counted).sum() / counted.sum()).backward()
        optimiser.step(rate(step, steps))
        answers = counted >= 1
        seen.append(float(losses.detach()[answers].mean()))
        if (step + 1) % max(1, steps // 60) == 0 or step + 1 == steps:
            point = {
                "step": step + 1,
                "tokens": (step + 1) * ROW * BATCH,
                "loss": round(sum(seen) / len(seen), 4),
            }
            curve.append({**point, "cpu_s": round(time.process_time() - started, 1)})
            print(plan.name, curve[-1], flush=True)
            seen = []
    return model, curve


def answer(model: Llama, tokenizer: Tokenizer, prompt: str, limit: int = 200) -> str:
    """The greedy answer to one user message."""
    text = f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n"
    ids = tokenizer.encode(text).ids
    end = tokenizer.token_to_id("<|im_end|>")
    start = len(ids)
    while len(ids) - start < limit:
        with torch.no_grad():
            token = int(model(torch.tensor([ids]))[0, -1].argmax())
        if token == end:
            break
        ids.append(token)
    return str(tokenizer.decode(ids[start:]))


def exam(model: Llama, tokenizer: Tokenizer, count: int) -> dict[str, float]:
    """Share of exactly right answers per skill, on drawings with another seed."""
    right: dict[str, float] = {}
    for name, skill in SKILLS.items():
        rng = Random(f"exam/{name}")
        turns = [skill.exam(rng) for _ in range(count)]
        right[name] = round(
            sum(answer(model, tokenizer, prompt) == wanted for prompt, wanted in turns) / count, 3
        )
    return right
