"""``python -m scripts.bench.rival_server FILE``: llama.cpp's own server, as xllamacpp packs it.

Prints its address and serves until its input ends. Eight clients at once, one thread, and, like
the engine it is compared with where that must, weights in the layout of the file.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from harness.engines.local.native import may_repack


def main() -> None:
    """Serve one model."""
    xllamacpp: Any = import_module("xllamacpp")  # optional
    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.n_parallel = 8
    params.n_ctx = 8 * 1024
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.no_extra_bufts = not may_repack()
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
