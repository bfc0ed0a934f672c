"""How large a log may become."""

from typing import NamedTuple

UNITS = {"k": 1024, "M": 1024**2, "G": 1024**3}


class Settings(NamedTuple):
    """Sizes are bytes; a total of 0 is no limit."""

    size: int
    keep: int = 5
    daily: bool = False
    total: int = 0


def read_settings(text):
    """Settings such as ``size=10k keep=7 daily``; raises ``ValueError`` for others."""
    values = {}
    for word in text.split():
        name, equals, value = word.partition("=")
        if name == "daily" and not equals:
            values[name] = True
        elif name in ("size", "total") and equals:
            values[name] = _bytes(value)
        elif name == "keep" and value.isdecimal():
            values[name] = int(value)
        else:
            raise ValueError(f"unknown setting: {word}")
    if "size" not in values:
        raise ValueError("size is missing")
    return Settings(**values)


def _bytes(text):
    number, unit = (text[:-1], UNITS[text[-1]]) if text[-1:] in UNITS else (text, 1)
    if not number.isdecimal():
        raise ValueError(f"not a size: {text}")
    return int(number) * unit
