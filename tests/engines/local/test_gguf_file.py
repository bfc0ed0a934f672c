"""The header of a GGUF file against what llama.cpp itself reads from it, and memory against what it takes."""

from __future__ import annotations

import asyncio
import resource
import struct
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import llama_cpp
import pytest
from hypothesis import given, settings

from harness.engines.local import placing
from harness.engines.local.gguf_file import ModelFile, read_model_file
from harness.engines.local.llama_cpp import LlamaCpp
from harness.engines.local.native import NativeModel, Placement
from harness.engines.local.placing import MemoryPlan, checked, held_together, may_share_device, plan
from harness.errors import ModelUnavailable, NoRoom
from harness.records import ModelSpec
from tests.engines.local.asking import patched, spec
from tests.strategies import GGUF_ENTRIES, GGUF_TENSORS, gguf

GB, MIB = 10**9, 2**20
BIG = ModelFile(
    path=Path("big.Q8_0.gguf"),
    size=8_540_000_000,
    architecture="llama",
    name="big",
    quantization="Q8_0",
    parameters=8_030_000_000,
    weights=8_530_000_000,
    layers=32,
    width=4096,
    feed_forward=14336,
    vocabulary=128_256,
    context=131_072,
    kv_per_token=131_072,
    heads=32,
)


def test_the_header_says_what_llama_cpp_says(demo_models: list[Path]) -> None:
    for path in demo_models:
        file = read_model_file(path)
        native = NativeModel(path, Placement(n_slots=1))
        lib, model = native.lib, native.model
        assert file.parameters == lib.llama_model_n_params(model)
        assert file.weights == lib.llama_model_size(model)
        assert file.layers == lib.llama_model_n_layer(model)
        assert file.context == lib.llama_model_n_ctx_train(model)
        assert file.vocabulary == lib.llama_vocab_n_tokens(native.vocab)
        head = lib.llama_model_n_embd(model) // lib.llama_model_n_head(model)
        assert file.kv_per_token == 2 * 2 * file.layers * lib.llama_model_n_head_kv(model) * head
        native.close()
        assert file.quantization == ("F16" if path.stem == "demo-s" else "Q8_0")
        assert file.architecture == "llama"
        assert file.footprint(1024, 4).total > file.weights + 4 * 1024 * file.kv_per_token


def layers(count: int, kv_heads: int, head: int, **changes: Any) -> ModelFile:
    return replace(BIG, layers=count, kv_per_token=count * kv_heads * head * 2 * 2, **changes)


GEMMA = layers(34, 4, 256, vocabulary=262_208, width=2560, window=1024, kv_per_token_in_window=29 * 4096)


@pytest.mark.parametrize(
    ("file", "context", "cell", "expected"),
    [
        (layers(32, 8, 128), 8192, "f16", 1024 * MIB),  # Llama 3.1 8B
        (layers(32, 8, 128), 8192, "q8_0", 544 * MIB),
        (layers(32, 8, 128), 8192, "q4_0", 288 * MIB),
        (layers(28, 4, 128), 32_768, "f16", 1792 * MIB),  # Qwen 2.5 7B
        (layers(80, 8, 128), 131_072, "f16", 40 * 1024 * MIB),  # Llama 3.3 70B
        (GEMMA, 32_768, "f16", (640 + 174) * MIB),  # as llama.cpp's own tool prints it, llama.cpp#22171
        (replace(GEMMA, window=0, kv_per_token_in_window=0), 32_768, "f16", 4352 * MIB),  # with swa_full
        (GEMMA, 1000, "f16", 34 * 4096 * 1024),  # a context that is shorter than window and batch
    ],
)
def test_keys_and_values_take_what_llama_cpp_takes(
    file: ModelFile, context: int, cell: str, expected: int
) -> None:
    assert file.kv_bytes(context, 1, kv=cell) == expected
    assert file.kv_bytes(context, 4, kv=cell) == 4 * expected
    assert GEMMA.compute_bytes() // MIB == 517


def test_in_one_cache_the_windows_of_all_slots_lie_beside_each_other() -> None:
    whole, windows = 5 * 4096 * 4 * 8192, 29 * 4096 * (4 * 1024 + 512)
    assert GEMMA.kv_bytes(8192, 4, unified=True) == whole + windows
    scores = 512 * 4 * BIG.heads * 4096
    assert BIG.footprint(1024, 4, unified=True).total - BIG.footprint(1024, 4).total == scores


@pytest.mark.parametrize(
    ("architecture", "entries", "in_window"),
    [
        ("gemma3", {"sliding_window": 512}, 15),
        ("gemma2", {"sliding_window": 4096}, 9),
        ("cohere2moe", {"sliding_window": 4096}, 13),  # whose first of four sees everything
        ("llama4", {}, 14),
        ("gemma3", {"sliding_window": 512, "sliding_window_pattern": 3}, 12),
        ("gemma4", {"sliding_window": 512, "sliding_window_pattern": [True] * 10 + [False] * 8}, 10),
        ("gemma3", {}, 0),
        ("llama", {"sliding_window": 4096}, 0),  # Mistral's, which llama.cpp does not heed
        ("phi3", {"sliding_window": 2048, "sliding_window_pattern": 2}, 0),
    ],
)
def test_the_layers_with_a_window_are_those_of_llama_cpp(
    architecture: str, entries: dict[str, object], in_window: int, tmp_path: Path
) -> None:
    measures = {"block_count": 18, "embedding_length": 640, "attention.head_count": 4}
    measures |= {"attention.head_count_kv": 1, "attention.key_length": 256, "attention.value_length": 256}
    keys: dict[str, object] = {f"{architecture}.{key}": value for key, value in measures.items()}
    keys |= {f"{architecture}.attention.{key}": value for key, value in entries.items()}
    (tmp_path / "m.gguf").write_bytes(gguf({"general.architecture": architecture, **keys}))
    file = read_model_file(tmp_path / "m.gguf")
    assert (file.kv_per_token, file.kv_per_token_in_window) == (18 * 1024, in_window * 1024)
    assert bool(file.window) == bool(in_window)


def test_a_split_file_is_sized_over_all_its_parts_and_a_missing_one_is_named(
    demo: Path, tmp_path: Path
) -> None:
    whole = read_model_file(demo)
    parts = [tmp_path / f"m-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    for part in parts:
        part.write_bytes(demo.read_bytes())
    split = read_model_file(parts[0])
    assert (split.size, split.weights) == (3 * whole.size, 3 * whole.weights)
    assert (split.parameters, split.quantization) == (3 * whole.parameters, whole.quantization)
    assert split.kv_per_token == whole.kv_per_token
    with pytest.raises(ModelUnavailable, match=r"one of 3 files; name the first: m-00001-of-00003\.gguf"):
        read_model_file(parts[1])
    parts[1].unlink()
    with pytest.raises(ModelUnavailable, match=r"m-00002-of-00003\.gguf is missing: it is file 2 of 3"):
        asyncio.run(LlamaCpp(spec(parts[0])).check())


def test_wherever_a_file_is_cut_it_is_noticed(demo: Path, tmp_path: Path) -> None:
    data = demo.read_bytes()
    cut = tmp_path / "cut.gguf"
    for length in (4, 5, 23, 24, 30, 100, 1000, 5000, len(data) // 2, len(data) - 1):
        cut.write_bytes(data[:length])
        with pytest.raises(ModelUnavailable, match="cut short or damaged") as caught:
            read_model_file(cut)
        assert "\n" not in str(caught.value)


def test_damaged_headers_are_refused_and_never_crash(demo: Path, tmp_path: Path) -> None:
    data = bytearray(demo.read_bytes())
    broken = tmp_path / "broken.gguf"
    for at in range(4, 600, 7):
        copy = bytearray(data)
        copy[at] ^= 0xFF
        broken.write_bytes(copy)
        try:
            read_model_file(broken)
        except ModelUnavailable as error:
            assert "\n" not in str(error)


def test_what_is_no_model_is_said(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<html>404</html>")
    with pytest.raises(ModelUnavailable, match="not a GGUF file"):
        read_model_file(tmp_path / "page.gguf")
    old = patched(demo, tmp_path / "old.gguf", b"GGUF\x03", b"GGUF\x01")
    with pytest.raises(ModelUnavailable, match="version 1 is not known"):
        read_model_file(old)


NESTED = struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 5000
BOMBS: dict[str, dict[str, object]] = {
    "text times layers": {"x.attention.head_count_kv": "x" * 1_000_000, "x.block_count": 2900},
    "arrays in arrays": {"x.y": NESTED},
    "a longer array than the file": {"x.y": struct.pack("<IIQ", 9, 8, 2**62)},
    "a longer text than the file": {"x.y": struct.pack("<IQ", 8, 2**63)},
    "numbers without end": {"x.y": struct.pack("<IIQ", 9, 10, 2**61)},
    "many arrays of nothing": {"x.y": struct.pack("<IIQ", 9, 9, 80_000) + struct.pack("<IQ", 4, 0) * 80_000},
    "aligned to nothing": {"general.alignment": 0},
    "aligned to a word": {"general.alignment": "x"},
    "a negative count": {"x.block_count": -5},
    "no number": {"x.block_count": float("nan")},
    "a list of words": {"x.embedding_length": ["a", "b"]},
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_header_that_claims_anything_is_refused_without_work(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.gguf"
    path.write_bytes(gguf({"general.architecture": "x", **BOMBS[name]}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if name == "many arrays of nothing":
        assert read_model_file(path).layers == 0
    else:
        with pytest.raises(ModelUnavailable, match="cut short or damaged"):
            read_model_file(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10


def test_tensors_of_thousands_of_dimensions_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gguf"
    path.write_bytes(gguf({}, [(2**63,) * 100_000]))
    with pytest.raises(ModelUnavailable, match="cut short or damaged"):
        read_model_file(path)


@settings(max_examples=40)
@given(GGUF_ENTRIES, GGUF_TENSORS)
def test_any_header_is_read_or_refused(entries: dict[str, object], tensors: list[tuple[int, ...]]) -> None:
    with tempfile.NamedTemporaryFile(suffix=".gguf") as file:
        file.write(gguf(entries, tensors))
        file.flush()
        try:
            file_read = read_model_file(Path(file.name))
        except ModelUnavailable as error:
            assert "\n" not in str(error)
        else:
            assert file_read.footprint(1024, 1).total >= 0


def standing(free: int, slots: int = 1, context: int = 8192, file: ModelFile = BIG) -> MemoryPlan:
    return MemoryPlan(file, context, slots, file.footprint(context, slots), free, "CPU")


def test_what_cannot_fit_is_refused_with_the_quantisation_that_would() -> None:
    assert standing(12 * GB).fits and not standing(9 * GB).fits
    assert "8.0 GB are free: Q5_K_M would fit (about 7.1 GB)" in standing(8 * GB).refusal()
    assert "Q6_K would fit" in standing(10 * GB, slots=1).refusal()
    assert "no quantisation of it would fit" in standing(2 * GB).refusal()
    assert "\n" not in standing(2 * GB).refusal()


def test_slots_are_as_many_as_there_is_memory_for(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "read_model_file", lambda path: replace(BIG, path=path))
    for free, slots in ((64, 8), (15, 4), (12.5, 2), (11, 1), (5.5, 1)):
        monkeypatch.setattr(placing, "free_memory", lambda free=free: int(free * GB))
        planned = plan(spec(demo, context=8192), demo)
        assert (planned.slots, planned.context) == (slots, 8192)
    with pytest.raises(ModelUnavailable, match=r"model demo: .* needs about .* Q2_K would fit"):
        checked(spec(demo, context=8192), demo)
    assert plan(spec(demo, params={"n_slots": 3, "n_ctx": 99}), demo).slots == 3


def test_on_a_gpu_a_model_is_held_against_what_the_device_says_is_free(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = 15.5
    monkeypatch.setattr(placing, "read_model_file", lambda path: replace(BIG, path=path))
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(placing, "free_gpu_memory", lambda: int(free * GB))
    model = spec(demo, context=8192)
    assert (plan(model, demo).on, plan(model, demo).slots) == ("GPU", 4)
    with pytest.raises(NoRoom):
        checked(model, demo, beside=1)  # rather than with fewer slots, it waits
    free = 48
    both = {name: plan(model, demo, beside=1) for name in ("first", "second", "third", "fourth")}
    assert [each.slots for each in both.values()] == [8] * 4 and held_together(both) == ["first", "second"]
    free = 5
    with pytest.raises(NoRoom, match=r"no quantisation .* or leave n_gpu_layers out"):
        checked(replace(model, params={"n_gpu_layers": -1}), demo)
    assert may_share_device(model) and not may_share_device(ModelSpec("m", "openai", "p"))
    for layers in (0, 10):
        assert not may_share_device(replace(model, params={"n_gpu_layers": layers}))
    some = plan(replace(model, params={"n_gpu_layers": 10}), demo)
    assert some.on == "GPU and CPU" and some.fits, "llama.cpp will say"
    monkeypatch.setattr(placing, "free_gpu_memory", lambda: None)
    assert not may_share_device(model) and plan(model, demo).fits


def test_a_gpu_that_is_too_small_gets_as_many_layers_as_it_holds(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = {"gpu": 0.0, "main": 64.0}
    monkeypatch.setattr(placing, "read_model_file", lambda path: replace(BIG, path=path))
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(placing, "free_gpu_memory", lambda: int(free["gpu"] * GB))
    monkeypatch.setattr(placing, "free_memory", lambda: int(free["main"] * GB))
    model = spec(demo, context=8192)
    layers: list[int] = []
    for free["gpu"] in (0.5, 2, 5, 9, 10):
        found = checked(model, demo)
        assert found.gpu_layers is not None
        layers.append(found.gpu_layers)
        of_a_layer = (BIG.weights + BIG.kv_per_token * 8192 * found.slots) / BIG.layers
        taken = of_a_layer * found.gpu_layers
        assert taken <= free["gpu"] * GB and found.on == ("GPU and CPU" if taken else "CPU")
    assert layers == sorted(layers) and layers[0] == 0 < layers[2] < layers[3] < 32
    free["gpu"] = 12
    assert (plan(model, demo).on, plan(model, demo).gpu_layers) == ("GPU", None)
    free |= {"gpu": 5, "main": 4}
    with pytest.raises(NoRoom, match=r"needs about .* 9\.0 GB are free"):
        checked(model, demo)
    assert plan(replace(model, params={"n_gpu_layers": 7}), demo).gpu_layers is None, "who says it, has it"


def test_the_context_is_at_most_what_the_model_was_trained_for(demo: Path) -> None:
    assert plan(spec(demo), demo).context == 1024
    assert plan(spec(demo, context=300), demo).context == 300
