"""What hostile input is made of: declared once, for the property tests and for ``scripts.fuzz``.

``damaged`` and ``damaged_text`` start from something right and break it in a few places, which goes deeper
than input that is random throughout.
"""

from __future__ import annotations

import copy
import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from harness.graders import GRADERS
from harness.plugins import load
from harness.records import GraderSpec

_NUMBERS = [0, -1, 1, 2**31, 2**63, 2**64, 10**25, 10**400, -(10**19), 1e308, 1e-320]
_NUMBERS += [float("nan"), float("inf"), float("-inf")]
_TEXTS = ["", " ", "\0", "\x1b[31m", "\ud800", "\u202e", "{", "{a}", "1e3", "null", "~", "x" * 5000]
_TEXTS += ["../x", "/etc/passwd", "/dev/zero", "http://[", "2026-13-45", "12:30", "def f(", "\n", "\ufeff"]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from([*_NUMBERS, *_TEXTS])
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_TOKENS = ["{", "}", "[", "]", ":", ",", '"', "'", "\n", "\t", " ", "-", "- ", "? ", "<<: ", "&a ", "*a"]
_TOKENS += ["!file ", "!!x ", "---\n", "...", "#", "|", ">", "\\", "\\u0000", "\\ud800", "\0", "\x1b", "\x85"]
_TOKENS += [
    "\u2028",
    "~",
    "null",
    "true",
    "NaN",
    "Infinity",
    "-1",
    "1e999",
    "9" * 400,
    "0x",
    "[" * 200,
    "../",
]
_TOKENS += ["{a: " * 120, "é"]
_BYTES = [b"\xff" * 8, b"\0" * 8, b"\n", b"}", b"\x7f\xff\xff\xff", b"\x1f\x8b", b"PK"]


@st.composite
def damaged(draw: st.DrawFn, value: Any) -> Any:
    """A value of mappings and lists in which up to three parts are others, gone, or there twice."""
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(value))
        if not places:
            break
        whole, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["other", "other", "gone", "again", "wrapped"])):
            case "gone":
                del whole[key]
            case "again" if isinstance(whole, list):
                whole.append(copy.deepcopy(whole[key]))
            case "wrapped":
                whole[key] = [whole[key]]
            case _:
                whole[key] = draw(JSON)
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys: Sequence[Any] = list(value) if isinstance(value, dict) else []
    if isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield value, key
        yield from _places(value[key])


@st.composite
def damaged_text(draw: st.DrawFn, text: str) -> str:
    """A text in which up to four stretches are gone, or are something else."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        put = draw(st.sampled_from(_TOKENS) | st.text(max_size=3))
        text = text[:at] + put + text[at + length :]
    return text


@st.composite
def damaged_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes that are cut, or of which up to four stretches are others."""
    if draw(st.integers(0, 4)) == 0:
        return data[: draw(st.integers(0, len(data)))]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        put = draw(st.binary(max_size=4) | st.sampled_from(_BYTES))
        data = data[:at] + put + data[at + draw(st.sampled_from([0, len(put), len(put), 9])) :]
    return data


def file_of(value: Any) -> st.SearchStrategy[bytes]:
    """The file of a value as JSON, of which parts, text or bytes are damaged."""
    right = json.dumps(value)
    texts = damaged(value).map(lambda one: json.dumps(one, default=str)) | damaged_text(right)
    return texts.map(as_bytes) | damaged_bytes(right.encode())


def as_bytes(text: str) -> bytes:
    """UTF-8, and what half a character would be in it."""
    return text.encode("utf-8", "surrogatepass")


# --- names -----------------------------------------------------------------

# Texts that some reader of YAML takes for something else.
NAMES = ["1e3", "1E3", "0x10", "0o17", "017", "0b1", "1_000", "1,000", "null", "Null", "~", "", " x ", "x: y"]
NAMES += ["12:30", "12:30:45.5", "2026-01-01", "2026-01-01T10:00:00Z", "2026-1-1 10:00:00 +1", "yes", "No"]
NAMES += ["ON", "y", "N", "true", ".inf", "-.INF", ".NaN", "=", "<<", "#", "# x", "a #b", "a:b", "-", "- a"]
NAMES += [
    "?",
    "!x",
    "&a",
    "*a",
    "%d",
    "@x",
    "`x`",
    "'",
    '"',
    "[a]",
    "{a}",
    "a\tb",
    "a\nb",
    "\ufeffa",
    "é",
    "😀",
]
NAMES += [
    "\x85",
    "\u2028",
    "1.2.3",
    "0b2",
    "1e",
    "-1_0.5e+3",
    "+12:30",
    "12:3x",
    "\x1b[31m",
    "\u202eabc",
    "+1",
]
NAMES += [
    "1.",
    ".5",
    "-0",
    "0.0",
    "1e-6",
    "+.5e3",
    "0x",
    "08",
    "1__0",
    "٣",
    "NULL",
    "$HOME",
    "${x}",
    "a'b",
    "\\",
]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NEARLY_NUMBERS = st.from_regex(r"[-+.]?[0-9][0-9eExo_.:,-]*", fullmatch=True)


# --- graders -----------------------------------------------------------------

OPTIONS: Mapping[str, Sequence[str]] = {
    name: [field.name for field in fields(load(path))] for name, path in GRADERS.items()
}
_WORDS = st.sampled_from(
    [
        *("", "x", "def f(x: int) -> int", "fn f(x: i64) -> i64", "func F(x int) int", "f", "emit(1)"),
        *("args", "returns", "raises", "name", "tolerance", "ok", "err", "ValueError", "panic"),
    ]
)
_OPTION_VALUES = st.recursive(
    SCALARS | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_CASE_KEYS: dict[str, st.SearchStrategy[Any]] = {"args": _OPTION_VALUES, "returns": _OPTION_VALUES}
_CASE_KEYS |= {"raises": _WORDS, "name": SCALARS, "x": _WORDS}
_CASES = st.lists(st.fixed_dictionaries({}, optional=_CASE_KEYS), max_size=3)


@st.composite
def grader_specs(draw: st.DrawFn) -> GraderSpec:
    """A grader with any options."""
    name = draw(st.sampled_from([*GRADERS]))
    chosen = draw(st.sets(st.sampled_from([*OPTIONS[name], "other"]), max_size=4))
    values = {key: _CASES | _OPTION_VALUES if key == "cases" else _OPTION_VALUES for key in sorted(chosen)}
    return GraderSpec(name, {key: draw(strategy) for key, strategy in values.items()})


# --- GGUF --------------------------------------------------------------------

GGUF_ENTRIES = st.dictionaries(
    st.sampled_from(
        [
            *("general.name", "general.architecture", "general.alignment", "general.file_type"),
            *("x.block_count", "x.embedding_length", "x.attention.head_count", "x.attention.head_count_kv"),
            *("x.attention.key_length", "x.context_length", "x.feed_forward_length", "tokenizer.ggml.tokens"),
        ]
    ),
    st.recursive(
        st.integers(-(2**63), 2**64 - 1) | st.floats() | st.booleans() | st.just("x") | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4),
    ),
)
GGUF_TENSORS = st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=5).map(tuple), max_size=3)


def gguf_value(value: object) -> bytes:
    """A value as GGUF has it, with its type in front: text, number, truth, list of one kind, raw bytes."""
    match value:
        case bytes():
            return value
        case bool():
            return struct.pack("<I?", 7, value)
        case str():
            data = value.encode("utf-8", "replace")
            return struct.pack("<IQ", 8, len(data)) + data
        case int():
            return struct.pack("<IQ", 10, value) if value >= 0 else struct.pack("<Iq", 11, value)
        case float():
            return struct.pack("<Id", 12, value)
        case list():
            items = [gguf_value(item) for item in value]
            kind = items[0][:4] if items else struct.pack("<I", 4)
            same = [item[4:] for item in items if item[:4] == kind]
            return struct.pack("<I", 9) + kind + struct.pack("<Q", len(same)) + b"".join(same)
    raise TypeError


def gguf(entries: Mapping[str, object], tensors: Sequence[tuple[int, ...]] = ((4, 4),)) -> bytes:
    """A GGUF file with these entries, and tensors of these shapes in bytes."""
    out = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries))
    for key, value in entries.items():
        out += gguf_value(key)[4:] + gguf_value(value)
    for shape in tensors:
        out += gguf_value("t")[4:] + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 24, 0)
    return out + bytes(64)
