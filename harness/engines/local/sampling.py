"""How the next token is chosen: llama.cpp's chain of samplers, one chain a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ModelUnavailable

_LOOKS_BACK = 64  # tokens, for the penalty
JSON_GRAMMAR = r"""
root   ::= value
value  ::= object | array | string | number | "true" | "false" | "null"
object ::= "{" ws (member ("," ws member)*)? "}"
member ::= string ws ":" ws value ws
array  ::= "[" ws (value ws ("," ws value ws)*)? "]"
string ::= "\"" ([^"\\\x00-\x1f] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\""
number ::= "-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,3})?
ws     ::= [ \t\n]{0,8}
"""


@dataclass(frozen=True, slots=True)
class Sampling:
    """Temperature 0 takes the likeliest token. A penalty of 1 is none; it looks at the answer so far.

    The defaults of ``top_k`` and ``min_p`` are llama.cpp's own. ``grammar`` is GBNF, or empty.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 40
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    seed: int = 0
    grammar: str = ""

    @property
    def greedy(self) -> bool:
        """Whether the likeliest token is all that is wanted, for which no chain is needed."""
        return self.temperature <= 0 and self.repeat_penalty == 1.0 and not self.grammar


def read_grammar(name: str) -> str:
    """GBNF text: ``json`` is built in, anything else names a file. Raises ``ModelUnavailable``."""
    if name == "json":
        return JSON_GRAMMAR
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelUnavailable(
            f"params grammar: cannot read {name}: {error}; say json, or name a GBNF file"
        ) from error


def make_chain(lib: Any, vocab: Any, sampling: Sampling) -> Any:
    """A chain that the caller frees. Raises ``ValueError`` when llama.cpp does not take the grammar."""
    chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
    for part in _parts(lib, vocab, sampling):
        if not part:
            lib.llama_sampler_free(chain)
            raise ValueError("llama.cpp does not accept the grammar")
        lib.llama_sampler_chain_add(chain, part)
    return chain


def _parts(lib: Any, vocab: Any, sampling: Sampling) -> Iterator[Any]:
    """The chain's samplers, in the order in which ``llama_cpp.Llama`` adds them."""
    if sampling.repeat_penalty != 1.0:
        size = lib.llama_vocab_n_tokens(vocab)
        yield lib.llama_sampler_init_penalties(size, _LOOKS_BACK, sampling.repeat_penalty, 0.0, 0.0)
    if sampling.grammar:
        yield lib.llama_sampler_init_grammar(vocab, sampling.grammar.encode(), b"root")
    if sampling.temperature <= 0:
        yield lib.llama_sampler_init_greedy()
        return
    yield lib.llama_sampler_init_top_k(sampling.top_k)
    yield lib.llama_sampler_init_top_p(sampling.top_p, 1)
    yield lib.llama_sampler_init_min_p(sampling.min_p, 1)
    yield lib.llama_sampler_init_temp(sampling.temperature)
    yield lib.llama_sampler_init_dist(sampling.seed % lib.LLAMA_DEFAULT_SEED)  # which itself means "any"
