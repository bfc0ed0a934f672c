"""Workers as actors of a Ray cluster: one for each model that goes into memory, and some for all the others.

Ray places them and starts them anew where a node is lost. What is done, and what is left, is in the results,
which every node must see: no sample and no row goes through Ray.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harness.engines.local.placing import plan as memory_plan
from harness.errors import HarnessError, ModelUnavailable
from harness.models.enginekinds import kind_of
from harness.models.model_files import find_file
from harness.records import ModelSpec
from harness.results.locations import location_of
from harness.runner.progress import Progress
from harness.workers.joining import join
from harness.workers.launchers.base import Launch, follow
from harness.workers.options import WorkerOptions
from harness.workers.start import expect

_RESTARTS, _PAUSE_S = 3, 1.0
_STORE = 150_000_000  # bytes of the object store of a cluster of our own: nothing goes through it
_GB = 1e9


def on_ray(launch: Launch, progress: Progress) -> Counter[str]:
    """Start actors on this process's cluster, else on that of ``RAY_ADDRESS``, else on this machine."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError:
        raise HarnessError("--on ray needs Ray: pip install 'harness-tournament[ray]'") from None
    ours = not ray.is_initialized()
    if ours:
        own = {} if os.environ.get("RAY_ADDRESS") else {"object_store_memory": _STORE}
        ray.init(logging_level="warning", log_to_driver=False, **own)
    try:
        return follow(launch, Actors(ray, launch), progress, "--on ray")
    finally:
        if ours:
            ray.shutdown()


class Work:
    """What an actor does, in the folder in which the run was started."""

    def __init__(self, folder: str, results: str, run_id: str, options: WorkerOptions) -> None:
        os.chdir(folder)
        self._results, self._run_id, self._options = results, run_id, options

    def work(self) -> None:
        """Take items until nothing is left for it."""
        join(location_of(self._results), self._run_id, Progress(), self._options)


class Actors:
    """The actors of a run: a ``Crew``."""

    def __init__(self, ray: Any, launch: Launch) -> None:
        """Have Ray place them. Those for which there is no room wait until there is."""
        self._ray = ray
        self._failures: list[str] = []
        results = launch.results.resolve() if isinstance(launch.results, Path) else launch.results
        cluster = ray.cluster_resources()
        loads = [spec for spec in launch.plan.models if kind_of(spec.engine).loads]
        crew: list[tuple[WorkerOptions, Mapping[str, Any]]] = [
            (launch.options.of_model(spec.id), resources(spec, cluster)) for spec in loads
        ]
        crew += [(launch.options.without_models(), {"num_cpus": 1})] * launch.workers
        expect(launch.prepared.objects, len(crew))
        made = ray.remote(Work)
        self._starting: list[tuple[float, Any, int]] = []  # when to ask again those that were lost
        self._at_work: dict[Any, tuple[Any, int]] = {}  # actor, and how often it was lost, by what it does
        for options, wanted in crew:
            placed = made.options(max_restarts=_RESTARTS, max_task_retries=0, **wanted)
            actor = placed.remote(str(Path.cwd()), str(results), launch.run_id, options)
            self._at_work[actor.work.remote()] = actor, 0

    @property
    def running(self) -> bool:
        """Whether any is. One that was lost is asked again once Ray has started it anew."""
        if self._at_work:
            done, _ = self._ray.wait(list(self._at_work), num_returns=len(self._at_work), timeout=0)
            for one in done:
                self._look_at(one, *self._at_work.pop(one))
        while self._starting and self._starting[0][0] <= time.monotonic():
            _, actor, lost = self._starting.pop(0)
            self._at_work[actor.work.remote()] = actor, lost
        return bool(self._at_work or self._starting)

    def _look_at(self, one: Any, actor: Any, lost: int) -> None:
        from ray.exceptions import ActorUnavailableError, RayActorError, RayError

        try:
            self._ray.get(one)
        except RayActorError as error:
            waits = isinstance(error, ActorUnavailableError)  # Ray is about to start it anew
            if waits or lost < _RESTARTS:
                self._starting.append((time.monotonic() + _PAUSE_S, actor, lost + (not waits)))
            else:
                self._failures.append(f"an actor was lost: {_line(error)}")
            return
        except RayError as error:
            self._failures.append(_line(getattr(error, "cause", None) or error))
        self._ray.kill(actor)  # what it had reserved is for others that wait

    def warnings(self) -> Iterator[str]:
        """What actors warn of stands in Ray's logs."""
        return iter(())

    def failures(self) -> list[str]:
        """As in ``Crew``."""
        return self._failures

    def stop(self) -> None:
        """End them. What they had answered and not written is done again, by the next resume."""
        for actor in [actor for actor, _ in self._at_work.values()] + [one[1] for one in self._starting]:
            self._ray.kill(actor)
        self._at_work.clear()
        self._starting.clear()


def resources(spec: ModelSpec, cluster: Mapping[str, float]) -> dict[str, Any]:
    """What a model's actor reserves: memory, if its file is seen from here, and a GPU where there are some.

    A cluster whose nodes say how much ``vram_gb`` they have is asked for that much.
    """
    try:
        path = find_file(spec, download=False) if not kind_of(spec.engine).routes else None
        needed = memory_plan(spec, path).needed if path else 0
    except ModelUnavailable:
        needed = 0
    wanted: dict[str, Any] = {"num_cpus": 1}
    if cluster.get("GPU") and spec.params.get("n_gpu_layers") != 0:
        wanted["num_gpus"] = 1
        if "vram_gb" in cluster and needed:
            wanted["resources"] = {"vram_gb": round(needed / _GB, 3)}
    elif needed:
        wanted["memory"] = needed
    return wanted


def _line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]
