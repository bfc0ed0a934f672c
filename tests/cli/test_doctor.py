"""What ``harness doctor`` says of llama.cpp: what it uses, what it could use, and the command for that."""

from __future__ import annotations

import pytest

from harness.cli import doctor
from harness.engines.local import library
from harness.engines.local.library import Library

SLOW = Library("k", True, ("AVX2", "FMA", "REPACK"), ("Q4_0", "Q4_K"))


def findings(patch: pytest.MonkeyPatch, seen: Library, has: str = "avx2 fma") -> dict[tuple[str, bool], str]:
    """Details by what was looked at and whether it is well."""
    patch.setattr(doctor, "installed", lambda: seen)
    patch.setattr(library, "_processor", lambda: f"flags : {has}")
    return {(one.what, one.ok): one.detail for one in doctor._llama_cpp(None)}


def test_what_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = findings(monkeypatch, SLOW)
    assert all(ok for _, ok in seen)
    assert "computes with AVX2, FMA, " in seen["llama.cpp", True]
    assert seen["repacking", True].startswith("Q4_0, Q4_K weights ")


def test_what_could_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    detail = findings(monkeypatch, SLOW, "avx2 fma avx512f amx_int8")["llama.cpp", False]
    assert detail.startswith("does not use AVX512, AMX_INT8, ") and detail.endswith(library.rebuild())


def test_why_weights_are_not_repacked(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = findings(monkeypatch, Library("k", True, ("AVX2", "FMA"), failure="it died"))
    assert seen["repacking", False] == f"off, which is slower: it died; {library.rebuild()}"


def test_a_library_that_does_not_run_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_gpu", None)  # which would load it
    seen = findings(monkeypatch, Library("k", False, failure="llama.cpp does not run"))
    assert seen == {("llama.cpp", False): f"llama.cpp does not run; compile it here: {library.rebuild()}"}
