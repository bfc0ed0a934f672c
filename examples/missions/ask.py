"""Do a mission with a model behind an OpenAI-compatible address: ask it, and write its answer to a file.

ask.py MODEL PROMPT.md ANSWER.md
ask.py --ready MODEL
"""

import os
import sys
from pathlib import Path

from openai import OpenAI, OpenAIError

ADDRESS = os.environ.get("HARNESS_GATEWAY", "http://127.0.0.1:8080/v1")  # `harness serve`, or any other
client = OpenAI(base_url=ADDRESS, api_key=os.environ.get("HARNESS_GATEWAY_KEY", "any"), max_retries=0)


def ready(model: str) -> None:
    """Exit with 1 unless the model is served."""
    if model not in {served.id for served in client.models.list()}:
        sys.exit(f"{ADDRESS} does not serve {model}")


def do(model: str, prompt: str, answer: str) -> None:
    """Ask, and write the answer down."""
    question = {"role": "user", "content": Path(prompt).read_text("utf-8")}
    reply = client.chat.completions.create(model=model, messages=[question], max_tokens=200, temperature=0)
    text = reply.choices[0].message.content or ""
    Path(answer).parent.mkdir(parents=True, exist_ok=True)
    Path(answer).write_text(text + "\n", "utf-8")
    print(text)
    print(f"asked: {model}, answered: {reply.model}")
    if reply.usage is not None:
        print(f"tokens: {reply.usage.total_tokens}")


if __name__ == "__main__":
    try:
        ready(sys.argv[2]) if sys.argv[1] == "--ready" else do(*sys.argv[1:4])
    except OpenAIError as error:
        sys.exit(f"{ADDRESS}: {error}")
