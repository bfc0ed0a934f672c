"""The process a local model lives in: ``python -m harness.engines.local.worker``.

Frames are JSON, one a line. In come ``{"open": settings}`` first, then ``{"ask": id, "request": …}`` (with
``"stream": true`` where the text is wanted as it grows), ``{"cancel": id}`` and ``{"pulse": true}``; the end
of the input ends the process. Out go ``{"opened": …}`` or ``{"unavailable": reason}``, then ``{"part": id,
"text": …}``, ``{"done": id, "completion": …}`` and, for a pulse that was asked for, ``{"stalled": whether}``.
What llama.cpp prints goes to the standard error, of which the parent keeps the end.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from queue import SimpleQueue
from typing import Any, BinaryIO

from harness.engines.local.resident import Prepared, Resident, Settings
from harness.errors import ModelUnavailable
from harness.messages import Message
from harness.records import Completion, Failure, Request

Send = Callable[[Mapping[str, Any]], None]


def main() -> None:
    """Answer until the parent closes our input."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print would break a frame
    writing = threading.Lock()
    frames: SimpleQueue[Any] = SimpleQueue()
    copies: list[Copy] = []

    def send(frame: Mapping[str, Any]) -> None:
        with writing:
            out.write(json.dumps(frame).encode() + b"\n")
            out.flush()

    def pulse() -> None:
        send({"stalled": any(copy.resident.stalled for copy in copies)})

    threading.Thread(target=_read, args=(sys.stdin.buffer, frames, pulse), daemon=True).start()
    settings = Settings(**frames.get()["open"])
    try:
        copies += [Copy(Resident(settings))]
        copies += [Copy(Resident(replace(settings, try_slots=()))) for _ in range(1, settings.copies)]
    except ModelUnavailable as error:
        send({"unavailable": str(error)})
        return
    throughput = copies[0].resident.throughput
    load_s = sum(copy.resident.load_s for copy in copies)
    send({"opened": {"load_s": load_s, "throughput": throughput and asdict(throughput)}})
    desk = Desk(copies, send)
    failures: SimpleQueue[BaseException] = SimpleQueue()
    for task in (partial(_prepare, frames, desk), *(partial(_answer, copy, desk) for copy in copies)):
        threading.Thread(target=_watched, args=(task, failures), daemon=True).start()
    raise failures.get()


class Copy:
    """A model and what it is to do. Small models have several, each with a thread of its own."""

    def __init__(self, resident: Resident) -> None:
        self.resident = resident
        self.ready: SimpleQueue[Any] = SimpleQueue()


class Desk:
    """Gives each request to the copy with least to do, and knows which had company in other copies."""

    def __init__(self, copies: Sequence[Copy], send: Send) -> None:
        self.copies = copies
        self._send = send
        self._copy_of: dict[int, Copy] = {}  # of requests that are not answered yet
        self._beside: set[int] = set()
        self.streamed: set[int] = set()  # requests whose text is wanted as it grows
        self._lock = threading.Lock()

    def accept(self, key: int, asked: Request | Prepared) -> None:
        """Put a request into a copy's queue."""
        with self._lock:
            taken = Counter(map(id, self._copy_of.values()))
            copy = min(self.copies, key=lambda copy: taken[id(copy)])
            if others := [other for other, its in self._copy_of.items() if its is not copy]:
                self._beside.update(others, (key,))
            self._copy_of[key] = copy
        copy.ready.put((key, asked))

    def stream(self, key: int) -> None:
        """The text of a request is wanted as it grows."""
        with self._lock:
            self.streamed.add(key)

    def send_part(self, key: int, text: str) -> None:
        """Send what was added to an answer."""
        self._send({"part": key, "text": text})

    def cancel(self, key: int) -> None:
        """Forget a request, wherever it is. One that has been answered already is no error."""
        with self._lock:
            self.streamed.discard(key)
            copy = self._copy_of.pop(key, None)
            self._beside.discard(key)
        if copy is not None:
            copy.ready.put((key, None))

    def finish(self, key: int, completion: Completion) -> None:
        """Send an answer, unless nobody waits for it any more."""
        with self._lock:
            self.streamed.discard(key)
            if self._copy_of.pop(key, None) is None:
                return
            if key in self._beside:
                self._beside.remove(key)
                completion = replace(completion, timing="contended")
        self.reply(key, completion)

    def reply(self, key: int, completion: Completion) -> None:
        """Send an answer."""
        self._send({"done": key, "completion": asdict(completion)})


def _watched(task: Callable[[], None], failures: SimpleQueue[BaseException]) -> None:
    try:
        task()
    except BaseException as error:
        failures.put(error)


def _read(source: BinaryIO, frames: SimpleQueue[Any], pulse: Callable[[], None]) -> None:
    """Hand frames on. When the parent has gone, whatever is being decoded is for nobody."""
    for line in source:
        frame = json.loads(line)
        if "pulse" in frame:
            pulse()
        else:
            frames.put(frame)
    os._exit(0)


def _prepare(frames: SimpleQueue[Any], desk: Desk) -> None:
    """Make prompts while the models compute. Images are for the model's own thread."""
    resident = desk.copies[0].resident
    while True:
        frame = frames.get()
        if "cancel" in frame:
            desk.cancel(frame["cancel"])
            continue
        key, request = frame["ask"], read_request(frame["request"])
        if frame.get("stream"):
            desk.stream(key)
        asked = request if request.images else resident.prepare(request)
        if isinstance(asked, Completion):
            desk.reply(key, asked)
        else:
            desk.accept(key, asked)


def _answer(copy: Copy, desk: Desk) -> None:
    """Decode what the copy is given."""
    resident = copy.resident
    while True:
        while not (resident.busy and copy.ready.empty()):
            key, asked = copy.ready.get()
            if isinstance(asked, Request):
                asked = resident.prepare(asked)
            if asked is None:
                resident.cancel(key)
            elif isinstance(asked, Completion):
                desk.finish(key, asked)
            else:
                resident.submit(key, asked)
        for key, completion in resident.step():
            desk.finish(key, completion)
        if desk.streamed:
            for key, text in resident.added(desk.streamed):
                desk.send_part(key, text)


def read_request(data: Mapping[str, Any]) -> Request:
    """The request that ``asdict`` took apart."""
    lists = {name: tuple(data[name]) for name in ("stop", "choices", "images", "tools")}
    messages = tuple(Message(**message) for message in data["messages"])
    return Request(**{**data, "messages": messages, **lists})


def read_completion(data: Mapping[str, Any]) -> Completion:
    """The completion that ``asdict`` took apart."""
    failure = Failure(**data["failure"]) if data["failure"] else None
    return Completion(**{**data, "failure": failure, "scores": tuple(data["scores"])})


if __name__ == "__main__":
    main()
