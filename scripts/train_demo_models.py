"""Train the embedded demo models and write them as GGUF.

Needs three packages that harness itself does not need:

    pip install torch gguf tokenizers numpy

    python -m scripts.train_demo_models                 # all three, about an hour on one core
    python -m scripts.train_demo_models --model demo-xs --share 0.05 --out /tmp/models
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer

from scripts.demo.export import write_gguf
from scripts.demo.mixture import MIXTURES, SKILLS, conversations
from scripts.demo.model import Shape
from scripts.demo.tokenizer import trained
from scripts.demo.training import TrainingPlan, answer, exam, train

MODELS = Path(__file__).parent.parent / "harness" / "data" / "models"
XS, S, M = Shape(32, 3, 1, 96), Shape(64, 5, 1, 192), Shape(128, 5, 1, 352)
PLANS = {
    "demo-xs": TrainingPlan("demo-xs", XS, MIXTURES["demo-xs"], tokens=16_000_000, corpus=8_000_000),
    "demo-s": TrainingPlan(
        "demo-s", S, MIXTURES["demo-s"], tokens=16_000_000, corpus=8_000_000, quantized=False
    ),
    "demo-m": TrainingPlan("demo-m", M, MIXTURES["demo-m"], tokens=14_000_000, corpus=8_000_000),
}


def shared_tokenizer() -> Tokenizer:
    """One tokenizer for all models, from equal shares of the skills."""
    lessons = islice(conversations(dict.fromkeys(SKILLS, 1.0), "tokenizer"), 20_000)
    return trained(text for _, turns in lessons for turn in turns for text in (*turn, "user\nassistant\n"))


def main() -> None:
    """Train the named models, one after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", choices=PLANS, action="append", help="default: all of them")
    parser.add_argument("--share", type=float, default=1.0, help="of the planned training, for a quick try")
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokenizer = shared_tokenizer()
    for name in arguments.model or PLANS:
        plan = PLANS[name]
        make(replace(plan, tokens=int(plan.tokens * arguments.share)), tokenizer, arguments.out)


def make(plan: TrainingPlan, tokenizer: Tokenizer, out: Path) -> None:
    """Train one model; write the GGUF and the training log beside it."""
    model, curve = train(plan, tokenizer)
    write_gguf(out / f"{plan.name}.gguf", plan.name, model, tokenizer, plan.quantized)
    rng = Random("echo")
    prompts = [skill.exam(rng)[0] for skill in SKILLS.values() for _ in range(4)]
    log = {
        "model": plan.name,
        "parameters": sum(parameter.numel() for parameter in (*model.matrices(), *model.others())),
        "shape": vars(plan.shape),
        "mixture": plan.mixture,
        "tokens": plan.tokens,
        "corpus_tokens": plan.corpus,
        "exam": exam(model, tokenizer, 100),
        "curve": curve,
        "greedy": [{"prompt": prompt, "answer": answer(model, tokenizer, prompt)} for prompt in prompts],
    }
    (out / f"{plan.name}.training.json").write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")
    print(plan.name, log["exam"], flush=True)


if __name__ == "__main__":
    main()
