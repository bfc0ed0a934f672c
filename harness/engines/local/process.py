"""The parent's end of a worker: a process that may die without taking the run along."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from harness.engines.local.library import environment
from harness.engines.local.resident import Settings
from harness.engines.local.worker import read_completion
from harness.errors import ModelUnavailable
from harness.records import Completion, Failure, Request, Throughput

OnText = Callable[[str], None]
_LONGEST_FRAME = 2**28  # bytes
_FATAL = "Fatal Python error"
_PATIENCE_S = 10.0  # for a worker to end when it is told to
_PULSE_S, _PULSES = 30.0, 2  # a worker that leaves so many unanswered in a row stands still
_STALLED = "it stood still: no token came for 60 s of its turn"


class Worker:
    """One model in a process of its own. ``start`` makes it; ``alive`` says whether it can be asked."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.load_s = 0.0
        self.throughput: Throughput | None = None  # of one copy, where it was measured
        self._process = process
        self._stderr: deque[str] = deque(maxlen=20)  # the end of its standard error
        self._pending: dict[int, asyncio.Future[Completion]] = {}
        self._on_text: dict[int, OnText] = {}
        self._ids = itertools.count(1)
        self._draining = asyncio.create_task(self._drain_stderr())
        self._reading: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._unanswered = 0  # pulses
        self._stalled = False

    @classmethod
    async def start(cls, settings: Settings) -> Worker:
        """Load the model. Raises ``ModelUnavailable``, also when llama.cpp crashes meanwhile."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "harness.engines.local.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_FRAME,
            env=environment(),
            start_new_session=True,  # Ctrl-C is the parent's business
        )
        worker = cls(process)
        try:
            await worker._open(settings)
        except BaseException:
            await worker.stop()
            raise
        return worker

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still answers."""
        return self._reading is not None and not self._reading.done()

    async def ask(self, request: Request, on_text: OnText | None = None) -> Completion:
        """Answer one request. A worker that dies meanwhile is a failure, ``model_crashed``.

        ``on_text`` is given the answer's text as it grows; the end may be in the completion alone.
        """
        key = next(self._ids)
        if on_text is not None:
            self._on_text[key] = on_text
        future = self._pending[key] = asyncio.get_running_loop().create_future()
        self._send({"ask": key, "request": asdict(request), "stream": on_text is not None})
        try:
            done: Completion = await future
            return done
        except asyncio.CancelledError:
            self._send({"cancel": key})
            raise
        finally:
            del self._pending[key]
            self._on_text.pop(key, None)

    async def stop(self) -> None:
        """End it, by force if it does not end by itself."""
        if self._watching is not None:
            self._watching.cancel()
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _PATIENCE_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._draining
        if self._reading is not None:
            await self._reading

    def _send(self, frame: Mapping[str, Any]) -> None:
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(json.dumps(frame).encode() + b"\n")

    async def _open(self, settings: Settings) -> None:
        assert self._process.stdout is not None
        self._send({"open": asdict(settings)})
        line = await self._process.stdout.readline()
        if not line:
            raise ModelUnavailable(f"{settings.path}: {await self._exit_reason()} while it loaded the model")
        frame = json.loads(line)
        if "unavailable" in frame:
            raise ModelUnavailable(frame["unavailable"])
        self.load_s = frame["opened"]["load_s"]
        if measured := frame["opened"]["throughput"]:
            self.throughput = Throughput(**measured)
        self._reading = asyncio.create_task(self._read())
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        """End a worker that will not get on; that it is slow is no reason."""
        while not self._stalled:
            await asyncio.sleep(_PULSE_S)
            self._stalled = self._stalled or self._unanswered >= _PULSES
            if self._pending and not self._stalled:
                self._unanswered += 1
                self._send({"pulse": True})
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            frame = json.loads(line)
            if "stalled" in frame:
                self._unanswered, self._stalled = 0, frame["stalled"]
                continue
            if "part" in frame:
                if (on_text := self._on_text.get(frame["part"])) is not None:
                    on_text(frame["text"])
                continue
            future = self._pending.get(frame["done"])
            if future is not None and not future.done():
                future.set_result(read_completion(frame["completion"]))
        reason = await self._exit_reason()
        dead = Failure("stalled" if self._stalled else "model_crashed", reason) if self._pending else None
        for future in self._pending.values():
            if not future.done():
                future.set_result(Completion(failure=dead))

    async def _drain_stderr(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            words = line.decode("utf-8", "replace").strip()
            if words and not (self._stderr and self._stderr[-1].startswith(_FATAL)):
                self._stderr.append(words)

    async def _exit_reason(self) -> str:
        code = await self._process.wait()
        await self._draining
        if self._stalled:
            return _STALLED
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        reason = last_words(self._stderr)
        return f"the model's process ended ({how})" + (f": {reason:.200}" if reason else "")


def last_words(lines: Sequence[str]) -> str:
    """Why a process ended, of what it said on standard error up to that.

    Where a signal ended it, that is what the library said before Python took note of it; the stacks that
    follow tell a user nothing.
    """
    fatal = next((index for index, line in enumerate(lines) if line.startswith(_FATAL)), None)
    if fatal is None:
        return lines[-1] if lines else ""
    return "; ".join(lines[max(0, fatal - 1) : fatal + 1])
