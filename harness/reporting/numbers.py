"""Numbers as people read them. Unknown is ``—``, never 0."""

from __future__ import annotations

import re

from harness.analysis import words
from harness.analysis.board import Standing

_ZEROS = re.compile(r"(\.\d\d\d*[1-9])0+(?!\d)|(\.[1-9])0(?= s)|\.0(?= s)")

UNKNOWN = "—"
CROSSED = "✗"


def percent(value: float | None) -> str:
    """A fraction as percent."""
    return UNKNOWN if value is None else words.share(value)


def interval(standing: Standing) -> str:
    """The 95 % interval of the quality: ``74–97 %``."""
    if standing.low is None or standing.high is None:
        return UNKNOWN
    return words.interval(standing.low, standing.high)


def quality(standing: Standing) -> str:
    """The pass rate, ``✗`` where the pair was crossed out."""
    return CROSSED if standing.crossed_out else percent(standing.quality)


def seconds(value: float | None) -> str:
    """``8 ms``, ``0.42 s``, ``3.1 s``, ``75 s``."""
    if value is None:
        return UNKNOWN
    if value < 0.0995:
        return f"{1000 * value:.2g} ms" if value < 0.00995 else f"{1000 * value:.0f} ms"
    return f"{value:.2f} s" if value < 0.995 else f"{value:.1f} s" if value < 9.95 else f"{value:,.0f} s"


def dollars(value: float | None) -> str:
    """Two digits that say something: ``$12``, ``$0.42``, ``$0.0000031``, and no smaller."""
    if value is None:
        return UNKNOWN
    if value == 0:
        return "$0"
    if value < 1e-6:
        return "<$0.000001"
    if value >= 10:
        return f"${value:,.0f}"
    digits = max(2, 1 - int(f"{value:.1e}".partition("e")[2]))
    return f"${value:.{digits}f}"


def signed(value: float, digits: int = 1) -> str:
    """A difference with its sign: ``+4.2``, ``−12``, ``0``."""
    return f"{value:+.{digits}f}".replace("-", "−") if round(value, digits) else "0"


def rate(value: float | None) -> str:
    """Tokens a second."""
    if value is None:
        return UNKNOWN
    return f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"


def whole(value: int | None) -> str:
    """A count."""
    return UNKNOWN if value is None else f"{value:,}"


def gap(value: float | None) -> str:
    """A difference of pass rates in percentage points."""
    return UNKNOWN if value is None else f"{100 * value:.1f}" if value < 0.0995 else f"{100 * value:.0f}"


def counted(count: int, what: str) -> str:
    """``1 suite``, ``20 suites``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def rough(value: int) -> str:
    """A count whose last digits tell nothing: ``523,168``, ``104 million``."""
    if value < 1_000_000:
        return f"{value:,}"
    return f"{value / 1e6:.1f} million" if value < 9_950_000 else f"{value / 1e6:,.0f} million"


def exact(text: str) -> str:
    """A number that is round without the zeros that say how well it is known: ``$0.000002``, ``2 s``."""
    return _ZEROS.sub(lambda found: found[1] or found[2] or "", text)
