"""Which models are in memory while missions run: loaded when needed, freed when others need the room."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from harness.engines.local.free_memory import free_gpu_memory
from harness.errors import HarnessError, ModelUnavailable
from harness.missions.asking import Engines
from harness.missions.commands import CommandRunner, failure
from harness.missions.definition import Template
from harness.missions.order import Held, Memory, evicted
from harness.missions.placeholders import filled
from harness.missions.plan import held_spec, is_asked, model_of, size_of
from harness.missions.setup import Setup
from harness.missions.sizes import takes_memory

_OUTPUT_MB = 16
WATCH_S = 1.0  # between two looks at a GPU's memory


@dataclass(frozen=True, slots=True)
class Loading:
    """Whether a model had to be loaded, and the seconds of that, where they are known."""

    loaded: bool
    seconds: float | None = None


class Loader:
    """Holds models: those that harness asks by their engines, those of commands by ``load`` and ``unload``.

    A command without ``load`` loads its model itself; it is then remembered which one came last.
    """

    def __init__(self, setup: Setup, memory: Memory, engines: Engines, runner: CommandRunner) -> None:
        self._setup, self._memory, self._engines, self._runner = setup, memory, engines, runner
        self._sizes = dict(memory.sizes)
        self._held: Held = frozenset()  # residents apart
        self._free: dict[str, Callable[[], object]] = {}

    def make_ready(self, name: str, template: Template | None, upcoming: Sequence[str]) -> Loading:
        """Load what a mission needs, if it is not there, freeing what the ``upcoming`` ones need the latest.

        Raises ``HarnessError`` where it cannot be loaded.
        """
        if self.has(name):
            return Loading(loaded=False)
        if not takes_memory(self._setup, model_of(name)):
            self._load(name, template)
            return Loading(loaded=False)
        memory = self._with_size(name)
        if name not in memory.residents:
            self._evict(evicted(self._held, name, upcoming, memory))
        began = perf_counter()
        self._load(name, template)
        by_itself = template is not None and not template.load  # the command loads it, within its own time
        if name not in memory.residents:
            self._held |= {name}
        return Loading(True, None if by_itself else perf_counter() - began)

    def has(self, name: str) -> bool:
        """Whether a model is in memory."""
        return name in self._free

    def read_ahead(self, name: str) -> None:
        """Have the system read a model's file, so that it is in main memory when it is loaded."""
        path = None if self.has(name) else self._setup.path_of(model_of(name))
        if path is not None:
            _will_need(path)

    def close(self) -> None:
        """Free every model."""
        self._evict(tuple(self._free))

    def _with_size(self, name: str) -> Memory:
        """The memory, with the size of a stand-in that the plan did not foresee."""
        if name not in self._sizes:
            self._sizes[name] = size_of(self._setup, name)
        return Memory(self._memory.room, self._sizes, self._memory.residents)

    def _load(self, name: str, template: Template | None) -> None:
        model = model_of(name)
        if is_asked(name):
            self._engines.open(name, held_spec(self._setup, name))
            self._free[name] = lambda: self._engines.close(name)
        else:
            assert template is not None
            self._run(template.load, model, template)
            self._free[name] = lambda: self._run(template.unload, model, template)

    def _evict(self, names: Sequence[str]) -> None:
        for name in names:
            with suppress(HarnessError):  # what cannot be freed shows when the next one finds no room
                self._free.pop(name)()
        self._held = self._held.difference(names)

    def _run(self, arguments: Sequence[str], model: str, template: Template) -> None:
        if not arguments:
            return
        path = self._setup.path_of(model)
        try:
            argv = filled(arguments, {"model": model, "model_path": None if path is None else str(path)})
        except ValueError as error:
            raise ModelUnavailable(str(error)) from None
        done = self._runner.run(argv, wall_s=template.timeout_s, output_mb=_OUTPUT_MB)
        if (flaw := failure(done, template.timeout_s, _OUTPUT_MB)) is not None:
            raise ModelUnavailable(f"{argv[0]} {flaw[1]}")


def _will_need(path: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)
        finally:
            os.close(descriptor)


class GpuWatch:
    """While it is open it looks at what is free of the GPU's memory, where a driver says."""

    def __init__(self) -> None:
        self.lowest = free_gpu_memory()
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True) if self.lowest is not None else None

    def __enter__(self) -> GpuWatch:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(WATCH_S):
            free = free_gpu_memory()
            if free is not None and self.lowest is not None:
                self.lowest = min(self.lowest, free)
