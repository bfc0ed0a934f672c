from __future__ import annotations

import string

import pytest
from hypothesis import given, settings, strategies

from harness.credentials import address_flaw, holds_key, is_variable_name, mask

ALNUM = string.ascii_letters + string.digits


@pytest.mark.parametrize(
    "name",
    ["OPENAI_API_KEY", "_K", "KEY2", "AZURE_EUS2_KEY_V3", "my_key", "OpenAI_Key", "AUTHENTICATIONTOKEN", "A"],
)
def test_names_of_variables(name: str) -> None:
    assert is_variable_name(name)


@pytest.mark.parametrize(
    "text",
    ["", "1KEY", "A B", "A-B", "${KEY}", "$KEY", "os.environ/KEY", "KEY\n", "ÄKEY", "a" * 32,
     "gsk_" + "Ab1" * 15, "AKIAIOSFODNN7EXAMPLE", "hf_" + "abCdE" * 7, "X" * 101, "sk-proj-1"],
)  # fmt: skip
def test_no_names_of_variables(text: str) -> None:
    assert not is_variable_name(text)


@settings(max_examples=200)
@given(strategies.text(ALNUM, min_size=28, max_size=64))
def test_no_key_of_letters_and_digits_is_taken_for_a_name(key: str) -> None:
    assert not is_variable_name(key)
    assert not is_variable_name(f"gsk_{key}")


@pytest.mark.parametrize(
    "prefix",
    ["sk-", "sk-ant-api03-", "sk-or-v1-", "gsk_", "xai-", "nvapi-", "AIza", "ghp_", "hf_", "tgp_v1_"],
)
def test_keys_with_a_shape_are_recognised_anywhere(prefix: str) -> None:
    key = prefix + "A1b2C3d4" * 5
    assert holds_key(key) and holds_key(f"- model: x  # {key}") and holds_key(f"https://host/v1?key={key}")


@pytest.mark.parametrize("text", ["Bearer abcdefgh12345", "http://me:secret@host/v1", "x: bearer x.y/z+12"])
def test_tokens_and_passwords_are_recognised(text: str) -> None:
    assert holds_key(text)


@pytest.mark.parametrize(
    "text",
    ["deepseek/deepseek-chat", "sk-hynix-embedding-large-model",
     "http://localhost:8000/v1", "path/key-value-store.gguf",
     "snapshots/9f1c0e4d3b2a19f1c0e4d3b2a19f1c0e4d3b2a1/model.gguf",
     "hf_hub", "bearer of news", "a: {b: c}@d"],
)  # fmt: skip
def test_what_is_no_key(text: str) -> None:
    assert not holds_key(text)


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8000/v1", "https://api.x.ai", "http://[::1]:8080/v1", "http://10.0.0.1/", "https://a_b.c/d-e",
     "http://exämple.com/v1", "HTTPS://UPPER.example/v1"],
)  # fmt: skip
def test_addresses(url: str) -> None:
    assert address_flaw(url) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("localhost:8232/v1", "begin with http"),
        ("127.0.0.1:80", "begin with http"),
        ("host:abc", "begin with http"),
        ("", "begin with http"),
        ("http://", "begin with http"),
        ("http:/localhost", "begin with http"),
        ("ftp://host/v1", "begin with http"),
        ("http://[", "is no address"),
        ("http://[::1", "is no address"),
        ("http://host:abc/v1", "is no address"),
        ("http://host:70000/v1", "is no address"),
        ("http://host:0/v1", "port 0"),
        ("http://me:pw@host/v1", "a user or a password"),
        ("http://token@host/v1", "a user or a password"),
        ("http://host/v1?key=1", "before ?"),
        ("http://host/v1#x", "before ?"),
        ("http://host/v1?", "before ?"),
        ("http://ho st/v1", "a character"),
        ("http://host/v1 ", "a character"),
        ("http://host/\x1b[31mv1", "a character"),
        ("http://host/{name}", "a character"),
        ("http://host\\v1", "a character"),
    ],
)
def test_what_is_no_address_is_said_without_showing_it(url: str, words: str) -> None:
    flaw = address_flaw(url)
    assert flaw is not None and words in flaw
    assert "pw" not in flaw and "token" not in flaw


@given(strategies.text(max_size=30))
def test_any_text_is_an_address_or_is_not(text: str) -> None:
    for url in (text, f"http://{text}", f"http://host{text}"):
        flaw = address_flaw(url)
        assert flaw is None or "\n" not in flaw


def test_short_secrets_are_part_of_ordinary_text() -> None:
    assert mask("a none b", "none") == "a none b"
    assert mask("the long-secret-1 is", "long-secret-1") == "the *** is"
    assert mask("x", None) == "x"
