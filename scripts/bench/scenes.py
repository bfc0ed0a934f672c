"""The sixteen scenes of a misbehaving provider at their real pace, before our gateway and LiteLLM's proxy."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from scripts.bench.gateways import Start, gateways
from tests.loopback import Loopback
from tests.serve.scenes import SCENES, Pace, Scene, play_scene

PACE = Pace(retry_after_s=2, late_s=20, stall_s=30)
AT_ONCE = 4  # scenes wait more than they compute


def play_scenes() -> dict[str, dict[str, str]]:
    """The grade of each scene, by the gateway."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = {
            name: list(pool.map(partial(_played, start), SCENES.values()))
            for name, start in gateways().items()
        }
    return {
        f"{id_} {scene.title}": {name: played[name][at] for name in played}
        for at, (id_, scene) in enumerate(SCENES.items())
    }


def _played(start: Start, scene: Scene) -> str:
    with tempfile.TemporaryDirectory() as folder:

        @contextmanager
        def gateway(first: Loopback, second: Loopback) -> Iterator[str]:
            with start(Path(folder), first.url, second.url, windows=scene.windows) as started:
                yield started.url

        return play_scene(scene, PACE, gateway)[0]
