from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.errors import ConfigError, UnknownName
from harness.models.config import Config, load_config
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
        ("models:\n- {id: a, engine: llama_cpp, package: x==0.1}\n", 2, "without a version"),
        ("models:\n- {id: a, engine: llama_cpp, package: ../x}\n", 2, "'package' must be the name"),
        ("models:\n- {id: a, engine: llama_cpp, package: x/y.bin}\n", 2, "NAME/FILE.gguf"),
        ("models:\n- {id: a, engine: llama_cpp, path: m,\n   package: x}\n", 3, "path and package name"),
        ("models: []\ngroups: {x: [y]}\n", 2, "group 'x' names 'y'"),
        ("models: []\nmatrix: {exclude: [{model: a}]}\n", 2, "did you mean models?"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'models.yaml'}:{line}: ")
    assert words in str(error.value)


MODEL = "models:\n- id: a\n  engine: openai\n  provider: openrouter\n  model: m\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("limits: {rpm: 0}", "'rpm' must be from 1 to 1,000,000,000, not 0"),
        ("limits: {tpm: -5}", "'tpm' must be from 1"),
        ("limits: {rpm: 1.5}", "'rpm' must be a whole number, not the number 1.5"),
        ("limits: {rpm: many}", "'rpm' must be a whole number, not the text 'many'"),
        ("limits: {concurrency: -1}", "'concurrency' must be from 1 to 1,024, not -1"),
        ("limits: {concurrency: 1e9}", "'concurrency' must be from 1 to 1,024, not 1000000000.0"),
        ("limits: {concurrency: 1000000000}", "'concurrency' must be from 1 to 1,024"),
        ("limits: {concurrency: true}", "'concurrency' must be a whole number, not true"),
        ("limits: 5", "'limits' must be a mapping"),
        ("params: {temperature: hot}", "'temperature' must be a number, not the text 'hot'"),
        ("params: {temperature: -0.1}", "'temperature' must be from 0 to 5, not -0.1"),
        ("params: {temperature: .nan}", "'temperature' must be a number, not nan"),
        ("params: {top_p: 1.1}", "'top_p' must be from 0 to 1"),
        ("params: {max_tokens: 0}", "'max_tokens' must be from 1"),
        ("params: {max_tokens: null}", "'max_tokens' must be a whole number, not empty"),
        ("params: {timeout_s: -1}", "'timeout_s' must be from 0.1 to 86,400, not -1"),
        ("params: {timeout_s: .inf}", "'timeout_s' must be a number, not inf"),
        ("params: {logit: {bias: [.nan]}}", "'bias' must be a number, not nan"),
        ("params: []", "'params' must be a mapping"),
        ("price: {input: -1}", "'input' must be from 0"),
        ("price: {output: .nan}", "'output' must be a number, not nan"),
        ("price: {cached_input: .inf}", "'cached_input' must be a number, not inf"),
        ("price: {request: 1e10}", "'request' must be from 0"),
        ("price: {watts: -1}", "'watts' must be from 0"),
        ("price: {usd_per_kwh: cheap}", "'usd_per_kwh' must be a number"),
        ("price: {utilisation: 0}", "'utilisation' must be from 0.001 to 1, not 0"),
        ("price: {utilisation: 80}", "'utilisation' must be from 0.001 to 1, not 80"),
        ("price: {life_years: 0}", "'life_years' must be from 0.01 to 100"),
        ("context: 0", "'context' must be from 1"),
        ("base_url: localhost:8232/v1", "'base_url' must begin with http:// or https://"),
        ("base_url: 'http://['", "'base_url' is no address"),
        ("base_url: http://host:abc/v1", "'base_url' is no address"),
        ("base_url: http://key@host/v1", "'base_url' holds a user or a password"),
        ("base_url: http://host/v1?key=1", "'base_url' must end before ? and #"),
        ("base_url: ${URL}/v1", "${URL} in 'base_url' is not replaced"),
        ("family: $FAMILY", "$FAMILY in 'family' is not replaced"),
        ("tags: [a, '${TAG}']", "${TAG} in 'tags' is not replaced"),
        ("params: {a: {b: os.environ/KEY}}", "os.environ in 'b' is not replaced"),
        ("params: {extra_headers: {X: y}}", "'extra_headers' would be stored with every run"),
        ("params: {provider: {api_key: y}}", "'api_key' would be stored with every run"),
    ],
)
def test_a_value_out_of_range_is_named_with_line_key_and_range(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, f"{MODEL}  {line}\n")
    assert str(error.value).startswith(f"{tmp_path / 'models.yaml'}:6: {words}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("models: 5", "'models' must be a list"),
        ("models: {a: 1}", "'models' must be a list"),
        ("models: [5]", "a model must be a mapping"),
        ("models: [{id: a, engine: [x]}]", "unknown engine"),
        ("models: [{id: '', engine: llama_cpp}]", "'id' must be a name"),
        ('models: [{id: "a\\nb", engine: llama_cpp}]', "'id' must be a name"),
        ('models: [{id: "a\\e[31m", engine: llama_cpp}]', "'id' must be a name"),
        ("models: []\nmatrix: {exclude: 5}", "'exclude' must be a list"),
        ("models: []\nbudgets: {x: -1}", "'x' must be from 0"),
        ("models: []\nbudgets: {x: .inf}", "'x' must be a number"),
        ("models: []\nbudgets: []", "'budgets' must be a mapping"),
        ("models: []\ngroups: {a: {b: c}}", "'a' must be a list"),
    ],
)
def test_a_value_of_another_shape_is_one_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(words)):
        load(tmp_path, text)


def test_what_models_share_is_merged_and_keeps_its_lines(tmp_path: Path) -> None:
    text = (
        "x-hosted: &hosted\n"
        "  engine: openai\n"
        "  provider: openrouter\n"
        "  limits: {rpm: 60}\n"
        "models:\n"
        "- {<<: *hosted, id: a, model: x}\n"
        "- {<<: *hosted, id: b, model: y, limits: {concurrency: 4}}\n"
    )
    config = load(tmp_path, text)
    assert config.models["a"].limits.rpm == 60 and config.models["a"].model == "x"
    assert config.models["b"].limits.rpm is None and config.models["b"].limits.concurrency == 4
    with pytest.raises(ConfigError, match=r"models.yaml:4: 'rpm' must be from 1"):
        load(tmp_path, text.replace("60", "0"))


SECRETS = [
    "gsk_" + "A1b2C3d4" * 5, "sk-proj-" + "x9Y8z7W6" * 4, "0123456789abcdef" * 2, "abcdef0123456789" * 2,
    "1234567890123456", "top secret", "a: b", "!tag-secret-value", "*alias-secret-value", "@secret-value",
    "&anchor-secret-value x", "[secret-list-value]", "{secret-map-value: 1}", "Bearer secret-value-12",
    "'quoted-secret-value",
]  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
def test_a_key_in_place_of_its_name_is_refused_and_never_shown(tmp_path: Path, secret: str) -> None:
    for text in (
        MODEL + f"  api_key_env: {secret}\n",
        f"models: [{{id: a, engine: openai, provider: x, base_url: 'http://h/v1', api_key_env: {secret}}}]\n",
    ):
        with pytest.raises(ConfigError) as error:
            load(tmp_path, text)
        message = str(error.value).removeprefix(str(tmp_path))
        assert re.match(r"/models\.yaml:\d: ", message)
        for part in re.findall(r"[\w-]{6,}", secret):
            assert part not in message


@pytest.mark.parametrize(
    "key", ["id", "base_url", "model", "limits", "price", "tags", "params", "api_kee", "path"]
)
def test_a_key_with_a_shape_is_refused_wherever_it_stands(tmp_path: Path, key: str) -> None:
    secret = "sk-or-v1-" + "0a1b2c3d" * 6
    for text in (
        f"{MODEL}  {key}: {secret}\n",
        f"{MODEL}  {secret}: {key}\n",
        f"{MODEL}  {key}: [\n{secret}",
    ):
        with pytest.raises(ConfigError) as error:
            load(tmp_path, text)
        assert secret[:12] not in str(error.value)
        assert "not shown" in str(error.value)
    load(tmp_path, f"{MODEL}# {key}: {secret}\n")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ("n_ctx: 0", "'n_ctx' must be from 1 to"),
        ("n_ctx: big", "'n_ctx' must be a whole number, not the text 'big'"),
        ("n_threads: 1000000000", "'n_threads' must be from 1 to 1,024"),
        ("n_gpu_layers: -2", "'n_gpu_layers' must be from -1"),
        ("min_p: .nan", "'min_p' must be a number, not nan"),
        ("repeat_penalty: -1", "'repeat_penalty' must be from 0 to 10"),
        ("grammar: 5", "'grammar' must be text"),
        ("n_ctxx: 5", "unknown key 'n_ctxx' in 'params'; did you mean n_ctx"),
        ("temperature: 9", "'temperature' must be from 0 to 5"),
    ],
)
def test_parameters_of_a_local_model_are_checked_with_their_lines(
    tmp_path: Path, params: str, words: str
) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, f"models:\n- id: a\n  engine: llama_cpp\n  path: a.gguf\n  params:\n    {params}\n")
    assert str(error.value).startswith(f"{tmp_path / 'models.yaml'}:6: {words}")
