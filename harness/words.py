"""Counts and lists in words: the one place where singular, plural and "others" are made."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """``1 suite``, ``20 suites``, ``1,200 tasks``; a noun that takes no plain ``s`` brings its ``plural``."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def listed(names: Sequence[str], most: int | None = None) -> str:
    """``a``, ``a and b``, ``a, b and c``; beyond ``most`` the last are counted: ``a, b and 3 others``."""
    if most is not None and len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1:,} others"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]


def ends(text: str, most: int) -> str:
    """The first and last characters of a text, ``most`` in all, and between them how many are left out."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n[… {len(text) - 2 * half:,} characters left out …]\n{text[-half:]}"
