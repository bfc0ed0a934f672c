"""The process a local model lives in: ``python -m harness.engines.worker``.

Frames are JSON, one a line. In come ``{"open": settings}`` first, then
``{"ask": id, "request": …}`` and ``{"cancel": id}``; the end of the input ends the
process. Out go ``{"opened": …}`` or ``{"unavailable": reason}``, then ``{"done": id, "completion": …}``.
What llama.cpp prints goes to the standard error, of which the parent keeps the end.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from queue import SimpleQueue
from typing import Any, BinaryIO

from harness.engines.resident import Prepared, Resident, Settings
from harness.errors import ModelUnavailable
from harness.records import Completion, Failure, Message, Request

Send = Callable[[Mapping[str, Any]], None]


def main() -> None:
    """Answer until the parent closes our input."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print would break a frame
    frames: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, frames), daemon=True).start()

    def send(frame: Mapping[str, Any]) -> None:
        out.write(json.dumps(frame).encode() + b"\n")
        out.flush()

    try:
        resident = Resident(Settings(**frames.get()["open"]))
    except ModelUnavailable as error:
        send({"unavailable": str(error)})
        return
    send({"opened": {"load_s": resident.load_s, "n_slots": resident.model.n_slots}})
    ready: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_prepare, args=(frames, resident, ready), daemon=True).start()
    while True:
        while not (resident.busy and ready.empty()):
            _take(ready.get(), resident, send)
        for key, completion in resident.step():
            send({"done": key, "completion": asdict(completion)})


def _read(source: BinaryIO, frames: SimpleQueue[Any]) -> None:
    """Hand frames on. When the parent has gone, whatever is being decoded is for nobody."""
    for line in source:
        frames.put(json.loads(line))
    os._exit(0)


def _prepare(frames: SimpleQueue[Any], resident: Resident, ready: SimpleQueue[Any]) -> None:
    """Make prompts while the model computes. Images are for the model's own thread."""
    try:
        while True:
            frame = frames.get()
            if "ask" in frame:
                request = read_request(frame["request"])
                asked = request if request.images else resident.prepare(request)
                frame = {"ask": frame["ask"], "request": asked}
            ready.put(frame)
    except Exception as error:
        ready.put(error)


def _take(frame: Any, resident: Resident, send: Send) -> None:
    if isinstance(frame, Exception):
        raise frame
    if "cancel" in frame:
        resident.cancel(frame["cancel"])
        return
    asked = frame["request"]
    if isinstance(asked, Request):
        asked = resident.prepare(asked)
    if isinstance(asked, Prepared):
        resident.submit(frame["ask"], asked)
    else:
        send({"done": frame["ask"], "completion": asdict(asked)})


def read_request(data: Mapping[str, Any]) -> Request:
    """The request that ``asdict`` took apart."""
    lists = {name: tuple(data[name]) for name in ("stop", "choices", "images")}
    messages = tuple(Message(**message) for message in data["messages"])
    return Request(**{**data, "messages": messages, **lists})


def read_completion(data: Mapping[str, Any]) -> Completion:
    """The completion that ``asdict`` took apart."""
    failure = Failure(**data["failure"]) if data["failure"] else None
    return Completion(**{**data, "failure": failure, "scores": tuple(data["scores"])})


if __name__ == "__main__":
    main()
