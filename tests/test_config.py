from __future__ import annotations

from pathlib import Path

import pytest

from harness.config import Config, load_config
from harness.errors import ConfigError, UnknownName
from harness.paths import BUILTIN_MODELS, builtin_models_yaml


def load(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "models.yaml"
    path.write_text(text)
    return load_config(path)


def test_the_shipped_file_has_the_demo_models_and_the_baselines() -> None:
    config = load_config(builtin_models_yaml())
    assert [spec.id for spec in config.choose_models("demo")] == ["demo-xs", "demo-s", "demo-m"]
    assert {spec.id for spec in config.models.values() if spec.baseline} == {"oracle", "nop", "random"}
    assert config.models["demo-xs"].path == str(BUILTIN_MODELS / "demo-xs.gguf")


def test_the_examples_in_the_shipped_file_are_valid_when_uncommented(tmp_path: Path) -> None:
    text = builtin_models_yaml().read_text("utf-8")
    examples = [
        line[4:] for line in text.splitlines() if line.startswith("  # ") and line[4:6] in ("- ", "  ")
    ]
    config = load(
        tmp_path, "models:\n" + "\n".join(line for line in examples if "suites:" not in line) + "\n"
    )
    assert {"my-coder", "hub-coder", "ollama-llama", "openrouter-deepseek", "deepinfra-coder"} <= set(
        config.models
    )


def test_presets_fill_in_address_and_key_variable(tmp_path: Path) -> None:
    config = load(tmp_path, "models: [{id: r, engine: openai, provider: openrouter, model: x/y}]")
    assert config.models["r"].base_url == "https://openrouter.ai/api/v1"
    assert config.models["r"].api_key_env == "OPENROUTER_API_KEY"


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load(tmp_path, "models: [{id: l, engine: llama_cpp, path: weights/a.gguf}]")
    assert config.models["l"].path == str(tmp_path / "weights" / "a.gguf")


def test_models_are_chosen_by_id_glob_tag_group_and_provider(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "models:\n"
        "- {id: a1, engine: openai, provider: groq, model: x, tags: [quick]}\n"
        "- {id: a2, engine: openai, provider: groq, model: y}\n"
        "- {id: b1, engine: openai, provider: ollama, model: z}\n"
        "groups: {favourites: [b1, a1]}\n",
    )

    def chosen(wanted: str) -> list[str]:
        return [spec.id for spec in config.choose_models(wanted)]

    assert chosen("a*") == ["a1", "a2"]
    assert chosen("quick,oracle") == ["a1", "oracle"]
    assert chosen("favourites") == ["a1", "b1"]
    assert chosen("groq,!a1") == ["a2"]
    assert chosen("all") == ["a1", "a2", "b1", "oracle", "nop", "random"]
    with pytest.raises(UnknownName, match="no model 'a3'; did you mean"):
        chosen("a3")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("modles: []\n", 1, "unknown key 'modles' in models.yaml; did you mean models?"),
        ("models:\n- {id: a, engine: gguf}\n", 2, "unknown engine 'gguf'"),
        ("models:\n- id: a\n  engine: openai\n  provider: nowhere\n", 4, "has no preset"),
        ("models:\n- {id: oracle, engine: openai, provider: groq}\n", 2, "the id 'oracle' is taken"),
        ("models:\n- id: a\n  engine: llama_cpp\n  api_key: sk-1\n", 4, "unknown key 'api_key'"),
        ("models:\n- id: a\n  engine: llama_cpp\n  price: {inptu: 3}\n", 4, "did you mean input?"),
        ("models: []\ngroups: {x: [y]}\n", 2, "group 'x' names 'y'"),
        ("models: []\nmatrix: {exclude: [{model: a}]}\n", 2, "did you mean models?"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'models.yaml'}:{line}: ")
    assert words in str(error.value)
