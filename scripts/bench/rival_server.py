"""``python -m scripts.bench.rival_server FILE CLIENTS FLASH``: llama.cpp's own server, as xllamacpp ships it.

Prints its address and serves until its input ends: a slot for each client, one thread, flash attention
-1 (as llama.cpp chooses), 0 or 1. Nothing else is changed: weights are repacked as it likes.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from scripts.bench.local_peers import CONTEXT


def main() -> None:
    """Serve one model."""
    xllamacpp: Any = import_module("xllamacpp")  # optional
    path, clients, flash = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_parallel = clients
    params.n_ctx = clients * CONTEXT
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.flash_attn_type = flash
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
