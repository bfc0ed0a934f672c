"""``make bench``: run the benchmarks (or those named) and print one JSON object."""

from __future__ import annotations

import json
import sys

from harness.errors import UnknownName
from harness.names import choose
from harness.plugins import load
from harness.runner.machine import describe_machine, git_sha, versions

BENCHES = {
    "startup": "scripts.bench.startup:measure",
    "throughput": "scripts.bench.throughput:measure",
    "local_engine": "scripts.bench.local_engine:measure",
    "grading": "scripts.bench.grading:measure",
    "router": "scripts.bench.router:measure",
    "runner": "scripts.bench.runner:measure",
    "workers": "scripts.bench.workers:measure",
    "reports": "scripts.bench.reports:measure",
    "storage": "scripts.bench.storage:measure",
    "gateway": "scripts.bench.gateway:measure",
    "planning": "scripts.bench.planning:measure",
}
LONG = {  # only when they are named: they take minutes
    "day": "scripts.bench.day:measure",
    "gateway --scenes": "scripts.bench.scenes:play_scenes",
    "gateway --memory": "scripts.bench.gateway:memory",
}


def main() -> None:
    """Print ``{machine, versions, commit, benches}``; what is being measured goes to stderr."""
    try:
        asked = ",".join(sys.argv[1:]).replace(",--", " --")
        names = choose(asked or "all", BENCHES | LONG, "bench", hidden=LONG)
    except UnknownName as error:
        sys.exit(str(error))
    benches = {}
    for name in names:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        benches[name] = load((BENCHES | LONG)[name])()
    head = {"machine": describe_machine(), "versions": versions(), "commit": git_sha()}
    print(json.dumps({**head, "benches": benches}, indent=2))


if __name__ == "__main__":
    main()
