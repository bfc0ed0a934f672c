"""What must never be written down: keys that stand where the names of their variables belong.

A key is recognised by its shape, where providers give it one; where only a variable's name may stand, by
not looking like one. Neither is ever shown.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from harness.errors import ConfigError
from harness.files import read_text

MASK = "***"
_SHORT = 8  # characters: a shorter secret is part of ordinary text
_SHAPES = re.compile(
    r"""
    \b(?: (?:sk|csk|pk|rk|xai|nvapi|pplx|key|glpat)-(?=[\w-]*\d)[\w-]{16,}  # OpenAI, Anthropic, OpenRouter …
      | (?:sk|pk|rk)_(?:live|test|prod)_\w{10,}
      | (?:gsk|r8|fw|jina|tvly)_(?=\w*\d)\w{20,}                   # Groq, Replicate, Fireworks …
      | hf_[A-Za-z0-9]{30,}
      | tgp_v\d_[\w-]{20,}
      | (?:gh[pousr]|github_pat)_\w{20,}
      | AIza[\w-]{30,}                                            # Google
      | AKIA[0-9A-Z]{16}\b
      | ya29\.[\w-]{20,}
      | eyJ[\w-]{10,}\.eyJ[\w-]{10,}                              # a JSON web token
    )
    | \b[Bb]earer\s+[\w.~+/-]{8,}
    | \b[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@]+@                   # user:password@host
    """,
    re.VERBOSE,
)
_SECRET_KEYS = re.compile(
    r"(api|access|secret|private)[_-]?key|authori[sz]ation|password|secret|bearer|cookie"
    r"|(api|access|auth|bearer)[_-]?token|(extra|default|custom)?[_-]?headers|x-api-key",
    re.IGNORECASE,
)
_NAMED = re.compile(r"""["']?api_key_env["']?\s*:\s*["']?([^\s,}"'#]+)""")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_WORD = re.compile(r"[A-Z]{1,24}[0-9]{0,4}|[a-z]{1,24}[0-9]{0,4}|\w{0,12}")


def is_variable_name(text: str) -> bool:
    """Whether ``text`` looks like the name of a variable: words joined by underscores.

    Keys often have only letters and digits, too; their parts are longer than words, and mix the two.
    """
    return bool(_NAME.fullmatch(text)) and all(map(_WORD.fullmatch, text.split("_"))) and not holds_key(text)


def holds_key(text: str) -> bool:
    """Whether something in ``text`` has the shape of a key, a token or a password in an address."""
    return bool(_SHAPES.search(text))


def check_variable(value: object) -> str | None:
    """Why a value is not the name of a variable, in words that do not show it; ``None`` if it is."""
    if value is None or (isinstance(value, str) and is_variable_name(value)):
        return None
    return "must be the name of a variable such as OPENAI_API_KEY, and never a key (so it is not shown here)"


def check_address(value: object) -> str | None:
    """Why a text is not the address of an endpoint, in words that do not show it; ``None`` if it is."""
    return address_flaw(value) if isinstance(value, str) else None


def is_secret_by_name(key: str) -> bool:
    """Whether a key of a mapping says that its value is a secret, or holds some: ``api_key``, ``headers``."""
    return bool(_SECRET_KEYS.fullmatch(key))


def mask(text: str, secret: str | None) -> str:
    """``text`` without ``secret``."""
    return text.replace(secret, MASK) if secret and len(secret) >= _SHORT else text


def refuse_keys(path: Path) -> None:
    """Raise ``ConfigError`` for a line of a file of ours that holds a key, before anything can quote it."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        if holds_key(line):
            raise ConfigError(
                f"{path}:{number}: what looks like a key or a password stands here (it is not shown); "
                "put it into an environment variable, and name that in `api_key_env`"
            )
        for value in _NAMED.findall(line):  # tags and aliases, too, which YAML's own complaints quote
            name = value.lstrip("!&*|>-")
            if name and (flaw := check_variable(name)):
                raise ConfigError(f"{path}:{number}: 'api_key_env' {flaw}")


def address_flaw(url: str) -> str | None:
    """What is wrong with the address of an endpoint, in words that do not show it; ``None`` if nothing is."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return "is no address; write it like http://localhost:8000/v1"
    if parts.scheme not in ("http", "https") or not host:
        return "must begin with http:// or https:// and a host, as in http://localhost:8000/v1"
    if parts.username is not None or parts.password is not None:
        return "holds a user or a password; put the key into a variable and name it in `api_key_env`"
    if port == 0:
        return "has the port 0; ports are 1 to 65535"
    if not url.isprintable() or any(char in url for char in ' \\"<>^`{|}'):
        return "has a character that no address has"
    if parts.query or parts.fragment or url[-1:] in "?#":
        return "must end before ? and #"
    return None
