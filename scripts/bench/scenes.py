"""The sixteen scenes of a misbehaving provider at their real pace, before our gateway and LiteLLM's proxy."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

from scripts.bench.gateways import Place, Start, gateways
from tests.external.tools import free_port
from tests.serve.scenes import SCENES, Pace, play_scene

PACE = Pace(retry_after_s=2, late_s=20, stall_s=30)


def play_scenes() -> dict[str, dict[str, str]]:
    """The grade of each scene, by the gateway."""
    grades = {name: _grades(start) for name, start in gateways().items()}
    return {
        f"{id_} {scene.title}": {name: by_scene[id_] for name, by_scene in grades.items()}
        for id_, scene in SCENES.items()
    }


def _grades(start: Start) -> dict[str, str]:
    """All scenes at once before one gateway, each with two providers of its own: they wait, mostly."""
    ports = {id_: (free_port(), free_port()) for id_ in SCENES}
    chains = {
        id_: [
            Place(f"http://127.0.0.1:{port}/v1", window)
            for port, window in zip(ports[id_], scene.windows, strict=True)
        ]
        for id_, scene in SCENES.items()
    }
    with tempfile.TemporaryDirectory() as folder, start(Path(folder), chains) as started:

        def grade(id_: str) -> str:
            url = nullcontext(started.url)
            return play_scene(SCENES[id_], PACE, lambda first, second: url, id_, ports[id_])[0]

        with ThreadPoolExecutor(len(SCENES)) as pool:
            return dict(zip(SCENES, pool.map(grade, SCENES), strict=True))
