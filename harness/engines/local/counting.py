"""Tokens of prompts by a model's own tokenizer, before the model is loaded.

In a process of its own (``python -m harness.engines.local.counting``), which a broken file may take along. It
reads one JSON object from its standard input, and writes the numbers as a JSON list to its standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.engines.local.gguf_file import read_model_file
from harness.engines.local.library import environment
from harness.engines.local.native import quiet
from harness.engines.local.placing import context_of
from harness.engines.local.templates import Template
from harness.engines.local.vocabulary import Vocabulary
from harness.messages import Message
from harness.models.model_files import find_file
from harness.records import ModelSpec

Dialogue = tuple[Sequence[Message], str]  # what is asked, and an answer
_PATIENCE_S = 600.0


def window_of_file(spec: ModelSpec) -> tuple[int, Path | None]:
    """The tokens of a model's window, and its file, if it is here. Raises ``ModelUnavailable``."""
    path = find_file(spec, download=False)
    return context_of(spec, read_model_file(path) if path else None), path


def count_tokens(
    path: Path, template: Template | None, dialogues: Sequence[Dialogue]
) -> list[int | None] | None:
    """The tokens of each prompt with its answer, ``None`` where the template cannot write it.

    ``None`` instead of all where the file's tokenizer cannot be used.
    """
    asked = [([asdict(message) for message in messages], answer) for messages, answer in dialogues]
    given = json.dumps({"path": str(path), "template": template, "dialogues": asked})
    command = [sys.executable, "-m", "harness.engines.local.counting"]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=_PATIENCE_S, check=True,
            env=environment(),
        )  # fmt: skip
        counts: list[int | None] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
    return counts


def main() -> None:
    """Count what the standard input says."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # llama.cpp may print
    given = json.loads(sys.stdin.read())
    import llama_cpp

    quiet()
    params = llama_cpp.llama_model_default_params()
    params.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(os.fsencode(given["path"]), params)
    if not model:
        sys.exit(f"{given['path']}: no tokenizer")
    vocabulary = Vocabulary(llama_cpp, model, Path(given["path"]), given["template"])
    json.dump([_count(vocabulary, messages, answer) for messages, answer in given["dialogues"]], out)


def _count(vocabulary: Vocabulary, messages: Sequence[Any], answer: str) -> int | None:
    try:
        prompt = vocabulary.prompt([Message(**message) for message in messages])
        return len(prompt) + len(vocabulary.answer(answer))
    except ValueError:
        return None


if __name__ == "__main__":
    main()
