"""Amounts are whole cents."""

import re

_AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?")


def read_amount(text):
    """The cents in a text such as ``12``, ``12.5`` or ``-0.50``; raises ``ValueError`` for others."""
    match = _AMOUNT.fullmatch(text.strip())
    if not match:
        raise ValueError(f"not an amount: {text}")
    sign, whole, cents = match.groups()
    amount = int(whole) * 100 + int((cents or "0").ljust(2, "0"))
    return -amount if sign else amount


def write_amount(cents):
    """Cents as text."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"
