"""A stand-in for a program that carries out missions with a model: it pretends to, and says so.

Put your own program in its place. It opens the model's file as a real one would, writes a file for the mission,
and prints what it took. Whether it succeeds hangs on the mission and on the size of the model, and on nothing
that the model can do.

    rustchain.py run --model NAME [--model-path FILE] [--device cpu] --only ID MISSIONS
    rustchain.py model validate NAME [--model-path FILE]
    rustchain.py mission validate --only ID MISSIONS
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

OUT = Path(__file__).with_name("out")


def main() -> int:
    arguments = parsed()
    if arguments.model_path is not None and not is_model(arguments.model_path):
        print(f"{arguments.model_path} is no GGUF file", file=sys.stderr)
        return 2
    if arguments.what == "model":
        print(f"{arguments.name}: ready")
        return 0
    brief = brief_of(arguments.only, arguments.missions)
    if brief is None:
        print(f"{arguments.missions} has no mission {arguments.only}", file=sys.stderr)
        return 2
    return 0 if arguments.what == "mission" else carry_out(arguments, brief)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="what", required=True)
    run, model, mission = (commands.add_parser(name) for name in ("run", "model", "mission"))
    for each in (model, mission):
        each.add_argument("validate", choices=["validate"])
    model.add_argument("name")
    run.add_argument("--model", required=True)
    run.add_argument("--device", default="gpu")
    for each in (run, mission):
        each.add_argument("--only", required=True)
        each.add_argument("missions", type=Path)
    for each in (run, model, mission):
        each.add_argument("--model-path", type=Path)
    return parser.parse_args()


def is_model(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"GGUF"


def brief_of(number: str, path: Path) -> str | None:
    """The lines of a mission in a file of several, each below its number."""
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        head, _, text = part.partition("\n")
        if head.split()[0] == number:
            return text.strip()
    return None


def carry_out(arguments: argparse.Namespace, brief: str) -> int:
    size = arguments.model_path.stat().st_size if arguments.model_path else 1 << 30
    luck = int(hashlib.sha256(f"{arguments.model} {arguments.only}".encode()).hexdigest()[:4], 16) / 0xFFFF
    print(f"tokens: {len(brief) // 4 + 200}")
    if luck > min(0.95, size.bit_length() / 30):
        print(f"error: {arguments.model} could not do mission {arguments.only}", file=sys.stderr)
        return 1
    OUT.mkdir(exist_ok=True)
    (OUT / f"{arguments.only}.md").write_text(f"{brief}\n\nDone by {arguments.model}.\n", "utf-8")
    print("mission accomplished")
    return 0


if __name__ == "__main__":
    sys.exit(main())
