"""``harness doctor``: what would run here, what would be skipped, and how to fix it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from harness.cli.options import config_option, folder_option
from harness.cli.terminal import echo
from harness.engines.local.library import KERNELS, compiler, installed, rebuild, unused
from harness.engines.local.native import default_threads
from harness.errors import SandboxUnavailable
from harness.graders import prepare
from harness.graders.languages import LANGUAGES
from harness.models.config import Config, find_config, load_config
from harness.runner.machine import describe_machine
from harness.sandbox import open_sandbox
from harness.sandbox.interpreter import OWN
from harness.sandbox.probes import probe
from harness.words import counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    ok: bool
    what: str
    detail: str


@click.command()
@config_option
@folder_option
def doctor(config: Path | None, results: Path) -> None:
    """Say what would run here, what not, and how to fix it."""
    loaded = load_config(find_config(config))
    for finding in _findings(loaded, results):
        mark, colour = ("ok     ", "green") if finding.ok else ("missing", "yellow")
        echo(f"{finding.what}: {finding.detail}", mark=mark, colour=colour)


def _findings(config: Config, results: Path) -> Iterator[Finding]:
    machine = describe_machine()
    yield Finding(
        True, "machine", f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB"
    )
    yield from _llama_cpp(machine["gpu"])
    yield _sandbox()
    yield from (_toolchain(language.name) for language in LANGUAGES.values() if language.toolchain)
    yield Finding(True, "python", f"answers run on harness's own, {OWN.version}; a suite may name another")
    yield from _keys(config)
    yield _disk(results)


def _llama_cpp(gpu: str | None) -> Iterator[Finding]:
    library = installed()
    if not library.runs:
        yield Finding(False, "llama.cpp", f"{library.failure}; compile it here: {rebuild()}")
        return
    kernels = ", ".join(name for name in library.features if name in KERNELS) or "no special instructions"
    threads = counted(default_threads(), "thread")
    yield Finding(True, "llama.cpp", f"built by {compiler()}; computes with {kernels}, {threads} a model")
    if library.failure:
        yield Finding(False, "repacking", f"off, which is slower: {library.failure}; {rebuild()}")
    elif library.repacked:
        weights = ", ".join(library.repacked)
        yield Finding(True, "repacking", f"{weights} weights are repacked for faster kernels")
    if lacking := unused(library):
        fix = f"compile it for this processor: {rebuild()}"
        yield Finding(False, "llama.cpp", f"does not use {', '.join(lacking)}, which would be faster; {fix}")
    yield _gpu(gpu)


def _gpu(name: str | None) -> Finding:
    import llama_cpp

    if llama_cpp.llama_supports_gpu_offload():
        return Finding(name is not None, "GPU", name or "llama.cpp is built for one, but none is visible")
    if name is None:
        return Finding(True, "GPU", "none; local models run on the CPU")
    fix = 'CMAKE_ARGS="-DGGML_CUDA=on" pip install --force-reinstall --no-cache-dir llama-cpp-python'
    return Finding(False, "GPU", f"{name} is here, but llama.cpp is built without CUDA: {fix}")


def _sandbox() -> Finding:
    try:
        sandbox = open_sandbox("auto")
    except SandboxUnavailable as error:
        return Finding(False, "sandbox", f"suites that run code are skipped: {error}")
    stopped = probe(sandbox).stopped
    held = [name for name, ok in stopped.items() if ok]
    leaks = [name for name, ok in stopped.items() if not ok]
    detail = f"{sandbox.level}: {len(held)} of {len(stopped)} hostile probes stopped"
    return Finding(not leaks, "sandbox", detail + (f"; not stopped: {', '.join(leaks)}" if leaks else ""))


def _toolchain(grader: str) -> Finding:
    try:
        prepare(grader)
    except SandboxUnavailable as error:
        return Finding(False, grader, f"its suites are skipped: {error}")
    return Finding(True, grader, "compiler found and ready")


def _keys(config: Config) -> Iterator[Finding]:
    needed: dict[str, list[str]] = {}
    for spec in config.models.values():
        if spec.api_key_env:
            needed.setdefault(spec.api_key_env, []).append(spec.id)
    for variable, ids in needed.items():
        present = bool(os.environ.get(variable))
        detail = "set" if present else f"not set: {', '.join(ids)} would be skipped; export {variable}=…"
        yield Finding(present, variable, detail)


def _disk(results: Path) -> Finding:
    folder = next(p for p in (results.absolute(), *results.absolute().parents) if p.exists())
    free = shutil.disk_usage(folder).free / 2**30
    writable = os.access(folder, os.W_OK)
    detail = f"{free:.0f} GB free in {folder}" + (
        "" if writable else ", but it is not writable: use --results"
    )
    return Finding(writable and free > 1, "results", detail)
